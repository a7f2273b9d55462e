import ActivityStreams
package import Foundation
import JSONTree
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

    /// The Event of a session that this community owns, for its two parties.
    package func event(_ id: UUID, for reader: Actor) async throws -> Reading {
        guard let session = try await database.session(.id(id)), session.custody != .mirror,
            let mentee = try await database.actor(id: session.mentee),
            let mentor = try await database.actor(id: session.mentor),
            reader.mayRead(what: [mentee.uri.string, mentor.uri.string])
        else { return .nothing }
        if session.status == .cancelled || session.status == .expired {
            return .gone(
                TombstoneDocument(
                    id: session.uri, formerType: "Event", deleted: session.ending?.at ?? session.updatedAt
                ).document)
        }
        var event = SessionDocument(session, mentee: mentee, mentor: mentor)
        event.series = try await database.seriesPlaces(of: [id])[id].map { SeriesDocument($0) }
        var document = event.json.object ?? JSON.Object()
        document["@context"] = Vocabulary.sessionContext
        return .document(.object(document))
    }
}
