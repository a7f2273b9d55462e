import JSONTree
import PostgreSQL
import Social
import Store
import WebServer
import Wire

/// The community of each mentor of a list: where they are, and what it calls itself.
struct CommunityEntity {
    private let own: Community
    private let names: [String: String]

    init(of people: [Actor], own: Community, on database: Pool) async throws {
        self.own = own
        names = try await database.communityNames(
            of: Set(people.lazy.filter { !$0.isLocal }.map(\.uri.authority)))
    }

    /// The name is `null` where the community is not one with which mentors are exchanged.
    func json(_ person: Actor) -> JSON {
        let name = person.isLocal ? own.name : names[person.uri.authority]
        return [
            "host": .string(person.handle.domain), "name": name.map { .string($0) } ?? .null,
            "is_here": .bool(person.isLocal),
        ]
    }

    /// `community` of an address: `here`, `elsewhere` or the host of one.
    static func home(_ exchange: Exchange, own: Community) throws(FieldError) -> MentorSearch.Home? {
        switch exchange.query("community") {
        case nil: return nil
        case "here": return .here
        case "elsewhere": return .elsewhere
        case let name?:
            // A word alone is a mistake, not a host.
            guard name.contains(where: { $0 == "." || $0 == ":" }),
                let host = Origin(scheme: own.origin.scheme, authority: name)?.authority
            else {
                throw FieldError(field: "community", message: "Use here, elsewhere or a host such as b.example.")
            }
            return own.isOwn(domain: host) ? .here : .at(host)
        }
    }
}
