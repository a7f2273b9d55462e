import ActivityStreams
package import Foundation
package import JSONTree
import Mentoring
package import PostgreSQL
package import Social
import Store
import Wire

/// Private objects for those whom they address, and for nobody else.
package struct SessionReader: Sendable {
    private let database: Pool
    private let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    package enum Result: Sendable {
        case document(JSON)
        /// It was withdrawn; the document is its Tombstone.
        case gone(JSON)
        /// Nothing, or nothing for this reader.
        case nothing
    }

    /// The Event of a session that this community owns, for its two parties.
    package func event(_ id: UUID, for reader: Actor) async throws -> Result {
        guard let session = try await database.session(.id(id)), session.custody != .mirror,
            let mentee = try await database.actor(id: session.mentee),
            let mentor = try await database.actor(id: session.mentor),
            Self.mayRead([mentee.uri.string, mentor.uri.string], reader)
        else { return .nothing }
        if session.status == .cancelled || session.status == .expired {
            return .gone([
                "@context": .string(Vocabulary.activityStreams), "id": .string(session.uri.string),
                "type": "Tombstone", "formerType": "Event",
                "deleted": .string(DateTime.format(session.ending?.at ?? session.updatedAt)),
            ])
        }
        var document = SessionDocument(session, mentee: mentee, mentor: mentor).json.object ?? JSON.Object()
        document["@context"] = Vocabulary.sessionContext
        return .document(.object(document))
    }

    /// An activity of ours, byte for byte as it was sent.
    package func activity(_ id: UUID, for reader: Actor?) async throws -> Result {
        guard let stored = try await database.activity(uri: community.addresses.activity(id)) else { return .nothing }
        guard stored.isPublic || reader.map({ Self.mayRead(stored.audience, $0) }) == true else { return .nothing }
        return .document(try JSON.parse(Array(stored.body.utf8)))
    }

    /// An addressee may read, and so may the instance actor of an addressee's server, which fetches for its people and
    /// bears its host's name.
    private static func mayRead(_ audience: [String], _ reader: Actor) -> Bool {
        if audience.contains(reader.uri.string) { return true }
        guard reader.kind == .application || reader.kind == .service, reader.handle.name == reader.uri.host else {
            return false
        }
        return audience.contains { URI($0)?.origin == reader.uri.origin }
    }
}
