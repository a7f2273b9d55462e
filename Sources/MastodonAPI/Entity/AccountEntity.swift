import Foundation
import JSONTree
import Mentoring
import Social
import Store
import UseCases
import Wire

/// An account (docs.joinmastodon.org/entities/Account). No field that a client holds for given is ever null.
struct AccountEntity {
    let person: Person
    /// What a person of ours shows; nil for people of other servers.
    let shown: PublicProfile?
    /// The new account, where the person has moved.
    let movedTo: JSON?
    let community: Community

    var json: JSON {
        let actor = person.actor
        let icon = person.profile.icon?.url.string ?? defaultImage("avatars")
        let header = person.profile.header?.url.string ?? defaultImage("headers")
        var object: JSON.Object = [
            "id": .string(String(actor.id.rawValue)),
            "username": .string(actor.handle.name),
            "acct": .string(Self.handle(of: actor)),
            "display_name": .string(actor.isLocal ? actor.displayName : actor.name),
            "locked": .bool(actor.isLocked),
            "bot": .bool(actor.kind == .service || actor.kind == .application),
            "group": .bool(actor.kind == .group),
            "discoverable": .bool(actor.isDiscoverable || person.isMentor),
            "indexable": .bool(person.profile.isIndexable),
            "noindex": .bool(!person.profile.isIndexable),
            "created_at": .string(ClientTime.midnight(actor.createdAt)),
            "note": .string(shown?.summary ?? actor.summary),
            "url": .string((actor.url ?? actor.uri).string),
            "uri": .string(actor.uri.string),
            "avatar": .string(icon), "avatar_static": .string(icon),
            "header": .string(header), "header_static": .string(header),
            "followers_count": .int(person.followers),
            "following_count": .int(person.following),
            "statuses_count": .int(person.posts),
            "last_status_at": person.lastPostAt.map { .string(ClientTime.day($0)) } ?? .null,
            "hide_collections": .bool(person.hidesCollections),
            "emojis": [],
            "fields": .array(Self.fields(shown?.fields ?? person.profile.fields)),
            "roles": .array(roles),
        ]
        if actor.goneAt != nil || actor.suspendedAt != nil { object["suspended"] = true }
        if person.isLimited { object["limited"] = true }
        if person.profile.isMemorial { object["memorial"] = true }
        object["moved"] = movedTo
        return .object(object)
    }

    /// Bare for people of ours, with the host for others.
    static func handle(of actor: Actor) -> String { actor.isLocal ? actor.handle.name : actor.handle.description }

    static func fields(_ fields: [ProfileField]) -> [JSON] {
        fields.map { ["name": .string($0.name), "value": .string($0.value), "verified_at": .null] }
    }

    private var roles: [JSON] {
        var roles: [JSON] = []
        if person.isMentor { roles.append(["id": "1", "name": "Mentor", "color": "#0b6b5d"]) }
        switch person.role {
        case .administrator: roles.append(["id": "3", "name": "Administrator", "color": ""])
        case .moderator: roles.append(["id": "2", "name": "Moderator", "color": ""])
        case .member, nil: break
        }
        return roles
    }

    /// Clients take the name `missing.png` for "none".
    private func defaultImage(_ kind: String) -> String { "\(community.origin)/\(kind)/original/missing.png" }
}
