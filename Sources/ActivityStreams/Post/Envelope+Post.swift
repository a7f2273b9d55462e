package import JSONTree
package import Wire

/// What is done with posts (ActivityPub sections 7.2 to 7.4, 7.8 to 7.11).
extension Envelope {
    package func create(_ post: PostDocument) -> JSON {
        activity("Create", object: post.json, context: Vocabulary.postContext)
    }

    /// - Parameter post: with `updated`, by which others tell the newer version.
    package func update(_ post: PostDocument) -> JSON {
        activity("Update", object: post.json, context: Vocabulary.postContext)
    }

    package func delete(_ tombstone: TombstoneDocument) -> JSON {
        activity("Delete", object: tombstone.json)
    }

    package func like(_ post: URI) -> JSON {
        activity("Like", object: .string(post.string))
    }

    package func announce(_ post: URI) -> JSON {
        activity("Announce", object: .string(post.string))
    }

    /// Pins a post: adds it to the actor's featured collection.
    package func add(_ post: URI, to collection: URI) -> JSON {
        activity("Add", object: .string(post.string), ["target": .string(collection.string)])
    }

    package func remove(_ post: URI, from collection: URI) -> JSON {
        activity("Remove", object: .string(post.string), ["target": .string(collection.string)])
    }

    /// A vote for one option of a poll; several options take several votes. Addressed to the author of the poll alone.
    ///
    /// - Parameter id: of the Note that is the vote.
    package func vote(_ id: URI, for option: String, in poll: URI) -> JSON {
        let vote = PostDocument(id: id, author: actor, name: option, inReplyTo: poll, addressing: addressing)
        return activity("Create", object: vote.json)
    }
}
