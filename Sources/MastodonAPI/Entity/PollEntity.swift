import Foundation
import JSONTree
import Social
import Wire

/// A poll (docs.joinmastodon.org/entities/Poll), called by the number of its post.
struct PollEntity {
    let post: PostID
    let poll: Poll
    /// Positions that the reader chose.
    let choices: [Int]
    let isOwn: Bool
    let now: Date

    var json: JSON {
        [
            "id": .string(String(post.rawValue)),
            "expires_at": (poll.endsAt ?? poll.closedAt).map { .string(ClientTime.text($0)) } ?? .null,
            "expired": .bool(!poll.isOpen(at: now)),
            "multiple": .bool(poll.isMultiple),
            "votes_count": .int(poll.options.reduce(0) { $0.addingReportingOverflow($1.votes).partialValue }),
            "voters_count": .int(poll.voters),
            "options": .array(
                poll.options.map { ["title": .string($0.title), "votes_count": .int($0.votes)] }),
            "emojis": [],
            "voted": .bool(isOwn || !choices.isEmpty),
            "own_votes": .array(choices.map(JSON.int)),
        ]
    }
}
