package import JSONTree
package import Wire

/// What actors say of themselves.
extension Envelope {
    package func update(_ document: ActorDocument) -> JSON {
        activity("Update", object: document.embedded, context: Vocabulary.actorContext)
    }

    /// The end of the actor and of everything that it published. The object is its bare id, as Mastodon knows it.
    package func deleteActor() -> JSON {
        activity("Delete", object: .string(actor.string))
    }

    /// Sends the followers to another actor, which must name this one in `alsoKnownAs`.
    package func move(to target: URI) -> JSON {
        activity("Move", object: .string(actor.string), ["target": .string(target.string)])
    }
}
