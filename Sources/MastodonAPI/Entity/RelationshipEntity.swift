import JSONTree
import Social
import Store
import Wire

/// What the reader and somebody else are to each other (docs.joinmastodon.org/entities/Relationship).
struct RelationshipEntity {
    let relationship: Relationship

    var json: JSON {
        // What a follower wishes counts from the moment of asking.
        let isAsked = relationship.follows != nil
        return [
            "id": .string(String(relationship.other.rawValue)),
            "following": .bool(relationship.follows == .accepted),
            "showing_reblogs": .bool(isAsked && relationship.showsBoosts),
            "notifying": .bool(isAsked && relationship.notifies),
            "languages": relationship.languages.isEmpty ? .null : .strings(relationship.languages),
            "followed_by": .bool(relationship.followedBy == .accepted),
            "blocking": .bool(relationship.blocks),
            "blocked_by": .bool(relationship.isBlockedBy),
            "muting": .bool(relationship.mutes),
            "muting_notifications": .bool(relationship.mutesNotifications),
            "muting_expires_at": relationship.muteEndsAt.map { .string(ClientTime.text($0)) } ?? .null,
            "requested": .bool(relationship.follows == .pending),
            "requested_by": .bool(relationship.followedBy == .pending),
            "domain_blocking": .bool(relationship.mutesDomain),
            "endorsed": .bool(relationship.endorses),
            "note": .string(relationship.note),
        ]
    }
}
