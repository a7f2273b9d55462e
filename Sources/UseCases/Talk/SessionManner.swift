import Mentoring
import PostgreSQL
import Social
import Store
import Wire

/// How the two of a session are reached.
enum SessionManner: Hashable, Sendable {
    /// Both are people of this community.
    case here
    /// The mentor's community is asked by activities.
    case owner
    /// All is said in direct posts to that party, whose server knows no sessions.
    case posts(Role)

    var custody: Custody { self == .owner ? .owner : .here }

    var inPosts: Role? {
        if case .posts(let role) = self { role } else { nil }
    }
}

extension SessionDesk {
    /// - Throws: why a mentor elsewhere cannot be asked at all, in `mentor`. Nobody gets unasked mail from here: whose
    ///   server knows no sessions has wanted it by a word or deed of their own (federation profile 6.9, "Consent").
    func manner(
        of mentor: Actor, askedBy mentee: Actor, in transaction: Transaction
    ) async throws -> SessionManner {
        guard mentee.isLocal else { return .posts(.mentee) }
        if mentor.isLocal { return .here }
        if mentor.speaksMentoring { return .owner }
        switch TalkForm(software: try await transaction.software(of: mentor.uri.origin.authority)) {
        case .events: return .owner
        case .none:
            throw InvalidFields([
                FieldError(
                    field: "mentor",
                    message: """
                        \(mentor.handle) is on a server that knows no mentoring sessions and takes no direct \
                        posts: they cannot be asked.
                        """)
            ])
        case .poll, .note:
            guard try await wantsPosts(mentor, from: mentee, in: transaction) else {
                throw InvalidFields([
                    FieldError(
                        field: "mentor",
                        message: """
                            \(mentor.handle) is on a server that knows no mentoring sessions. They can be asked in a \
                            direct post once they follow you or have written to you.
                            """)
                ])
            }
            return .posts(.mentor)
        }
    }

    private func wantsPosts(_ mentor: Actor, from mentee: Actor, in transaction: Transaction) async throws -> Bool {
        if try await transaction.follow(by: mentor.id, of: mentee.id)?.state == .accepted { return true }
        if try await transaction.haveSharedSession(mentee.id, mentor.id) { return true }
        if try await transaction.profile(of: mentor.id)?.isShown == true { return true }
        return try await transaction.hasWritten(mentor.id, to: mentee.id)
    }
}
