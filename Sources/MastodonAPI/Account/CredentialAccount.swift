import JSONTree
import Mentoring
import Social
import Store

/// Somebody's own account, with what only they see (docs.joinmastodon.org/entities/Account#CredentialAccount).
struct CredentialAccount {
    private let services: ClientServices
    private let account: Account

    init(_ services: ClientServices, _ account: Account) {
        self.services = services
        self.account = account
    }

    func json() async throws -> JSON {
        let actor = account.actor
        guard let entity = try await services.entities.account(actor.id), var object = entity.object,
            let person = try await services.database.person(actor.id)
        else { throw StoreError.nothingReturned }
        let mentor = try await services.database.publishedProfiles(of: [actor.id])[actor.id]
        let posting = try await services.database.postingDefaults(of: actor.id)
        object["source"] = [
            "note": .string(mentor?.bio ?? actor.summary),
            "fields": .array(AccountEntity.fields(person.profile.fields)),
            "privacy": .string(posting.visibility.clientName),
            "sensitive": .bool(posting.isSensitive),
            "language": posting.language.map(JSON.string) ?? .null,
            "follow_requests_count": .int(try await services.database.pendingFollowCount(of: actor.id)),
            "hide_collections": .bool(person.hidesCollections),
            "discoverable": .bool(actor.isDiscoverable),
            "indexable": .bool(person.profile.isIndexable),
        ]
        object["role"] = [
            "id": .string(String(account.role.number)), "name": .string(account.role.label), "color": "",
            "permissions": "0", "highlighted": .bool(account.role != .member),
        ]
        return .object(object)
    }
}

extension Account.Role {
    fileprivate var number: Int {
        switch self {
        case .member: -99
        case .moderator: 2
        case .administrator: 3
        }
    }

    fileprivate var label: String { self == .member ? "" : rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
