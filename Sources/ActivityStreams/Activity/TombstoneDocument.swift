package import Foundation
package import JSONTree
package import Wire

/// What stands where something was (ActivityPub section 6.4).
package struct TombstoneDocument: Equatable, Sendable {
    package var id: URI
    /// The type of what was there.
    package var formerType: String
    package var deleted: Date

    package init(id: URI, formerType: String, deleted: Date) {
        self.id = id
        self.formerType = formerType
        self.deleted = deleted
    }

    /// With its context, as an address answers where something was.
    package var document: JSON {
        var object = json.object ?? JSON.Object()
        object["@context"] = .string(Vocabulary.activityStreams)
        return .object(object)
    }

    package var json: JSON {
        [
            "id": .string(id.string), "type": "Tombstone", "formerType": .string(formerType),
            "deleted": .string(DateTime.format(deleted)),
        ]
    }
}
