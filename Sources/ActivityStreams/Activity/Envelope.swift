package import Foundation
package import JSONTree
package import Wire

/// Who says something to whom, when, under which id: what every activity of ours carries. What is said is a method of
/// its own, such as ``follow(_:)`` and ``create(_:)``, which gives the activity as it is sent.
package struct Envelope: Equatable, Sendable {
    package var id: URI
    package var actor: URI
    package var addressing: Addressing
    package var published: Date

    package init(id: URI, actor: URI, addressing: Addressing, published: Date) {
        self.id = id
        self.actor = actor
        self.addressing = addressing
        self.published = published
    }

    /// To these actors alone.
    package init(id: URI, actor: URI, to recipients: [URI], published: Date) {
        self.init(id: id, actor: actor, addressing: Addressing(to: recipients.map(\.string)), published: published)
    }

    /// Any activity.
    ///
    /// - Parameters:
    ///   - context: what the terms of the object need.
    ///   - members: what stands before the object; those that are nil are left out.
    package func activity(
        _ type: String, object: JSON, context: JSON = .string(Vocabulary.activityStreams),
        _ members: KeyValuePairs<String, JSON?> = [:]
    ) -> JSON {
        var activity = JSON.Object()
        activity["@context"] = context
        activity["id"] = .string(id.string)
        activity["type"] = .string(type)
        activity["actor"] = .string(actor.string)
        addressing.write(to: &activity)
        activity["published"] = .string(DateTime.format(published))
        for (name, value) in members { activity[name] = value }
        activity["object"] = object
        return .object(activity)
    }
}
