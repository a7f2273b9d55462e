/// How a session can be spoken of to somebody whose server knows no sessions, by the software of that server
/// (federation profile 6.9).
package enum TalkForm: Hashable, Sendable {
    /// As a direct post with a poll: a vote answers it.
    case poll
    /// As a direct post.
    case note
    /// By the activities of events, which it has of its own (federation profile 5.3).
    case events
    /// Not at all: it takes no direct posts.
    case none

    /// - Parameter software: as NodeInfo names it; nil where nobody knows.
    package init(software: String?) {
        switch software?.lowercased() {
        case "friendica", "hubzilla", "streams", "forte": self = .events
        case "mastodon", "hometown", "fedibird", "kmyblue", "gotosocial", "takahe", "misskey", "firefish", "sharkey",
            "iceshrimp", "iceshrimp.net", "calckey", "foundkey", "cherrypick", "pleroma", "akkoma", "rebased":
            self = .poll
        case "gancio", "bookwyrm", "activityrelay", "activity-relay", "aoderelay", "buzzrelay", "pub-relay":
            self = .none
        default: self = .note
        }
    }
}
