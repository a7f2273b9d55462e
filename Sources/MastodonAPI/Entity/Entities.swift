import Foundation
package import JSONTree
package import PostgreSQL
package import Social
package import Store
import UseCases
package import Wire

/// Makes what clients get out of what is stored: a whole page with the same few queries, however long it is.
package struct Entities: Sendable {
    let database: Pool
    let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    /// In the order of the numbers; who is not known is left out.
    package func accounts(_ ids: [ActorID]) async throws -> [JSON] {
        let found = try await accountsByID(Set(ids))
        return ids.compactMap { found.accounts[$0] }
    }

    package func account(_ id: ActorID) async throws -> JSON? { try await accounts([id]).first }

    /// - Parameter reader: whose marks and votes are shown.
    package func statuses(_ entries: [FeedEntry], for reader: ActorID?) async throws -> [JSON] {
        try await statuses(entries, forEach: [reader])[reader] ?? []
    }

    /// The same for several readers at once, with no more queries than for one.
    func statuses(_ entries: [FeedEntry], forEach readers: Set<ActorID?>) async throws -> [ActorID?: [JSON]] {
        guard !entries.isEmpty, !readers.isEmpty else { return [:] }
        let posts = entries.map(\.post.id)
        let figures = try await database.figures(of: posts)
        let marks = try await database.marks(of: readers.compactMap(\.self), on: posts)
        let shown = Set(entries.map(\.post.author) + entries.compactMap(\.boost?.actor))
        let (accounts, people) = try await accountsByID(shown)
        let named = Set(entries.flatMap(\.post.content.mentions)).subtracting(shown)
        let actors = people.mapValues(\.actor).merging(try await database.actors(ids: named)) { known, _ in known }
        let now = Date()
        let filters = try await database.activeFilters(of: readers.compactMap(\.self), at: now)
        var statuses: [ActorID?: [JSON]] = [:]
        for reader in readers {
            let marks = reader.map { marks[$0] ?? [:] }
            statuses[reader] = entries.compactMap { entry in
                StatusEntity(
                    entry: entry, accounts: accounts, actors: actors, figures: figures[entry.post.id] ?? PostFigures(),
                    marks: marks.map { $0[entry.post.id] ?? PostMarks() }, reader: reader,
                    filters: reader.flatMap { filters[$0] } ?? [], addresses: community.addresses, now: now
                ).json
            }
        }
        return statuses
    }

    package func status(_ post: Post, for reader: ActorID?) async throws -> JSON? {
        try await statuses([FeedEntry(post: post)], for: reader).first
    }

    package func relationships(of account: ActorID, to others: [ActorID]) async throws -> [JSON] {
        try await database.relationships(of: account, to: others).map { RelationshipEntity(relationship: $0).json }
    }

    func accountsByID(_ ids: Set<ActorID>) async throws -> (
        accounts: [ActorID: JSON], people: [ActorID: Person]
    ) {
        var people = try await database.people(ids)
        let targets = Set(people.values.compactMap(\.actor.movedTo)).subtracting(people.keys)
        people.merge(try await database.people(targets)) { known, _ in known }
        let mentors = try await database.publishedProfiles(
            of: people.values.filter { $0.actor.isLocal && $0.isMentor }.map(\.actor.id))
        let catalogue = try await database.catalogue()
        func entity(_ person: Person, movedTo: JSON?) -> JSON {
            let shown = person.actor.isLocal
                ? PublicProfile(
                    person.actor, person.profile, mentor: mentors[person.actor.id], catalogue: catalogue) : nil
            return AccountEntity(person: person, shown: shown, movedTo: movedTo, community: community).json
        }
        let accounts = people.mapValues { person in
            entity(person, movedTo: person.actor.movedTo.flatMap { people[$0] }.map { entity($0, movedTo: nil) })
        }
        return (accounts, people)
    }
}
