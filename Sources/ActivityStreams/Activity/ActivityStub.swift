package import Foundation
package import JSONTree
package import Wire

/// An activity as another one names it: enough to find it, without what it says. A bare id would make some servers
/// fetch it, and others guess (federation profile, rule 9). GoToSocial takes an Undo{Announce} only with the addressees
/// and the time of the Announce.
package struct ActivityStub: Equatable, Sendable {
    package var type: String
    package var id: URI
    package var actor: URI
    package var object: URI
    package var target: URI?
    package var addressing: Addressing?
    package var published: Date?

    package init(
        type: String, id: URI, actor: URI, object: URI, target: URI? = nil, addressing: Addressing? = nil,
        published: Date? = nil
    ) {
        self.type = type
        self.id = id
        self.actor = actor
        self.object = object
        self.target = target
        self.addressing = addressing
        self.published = published
    }

    /// The stub of what arrived, to be answered; nil where its object has no id.
    package init?(_ activity: ReceivedActivity) {
        guard let object = activity.object.uri else { return nil }
        self.init(
            type: activity.type, id: activity.id, actor: activity.actor, object: object,
            target: activity.document.uri("target"))
    }

    package var json: JSON {
        var stub: JSON.Object = ["id": .string(id.string), "type": .string(type), "actor": .string(actor.string)]
        addressing?.write(to: &stub)
        stub["published"] = published.map { .string(DateTime.format($0)) }
        stub["target"] = target.map { .string($0.string) }
        stub["object"] = .string(object.string)
        return .object(stub)
    }
}
