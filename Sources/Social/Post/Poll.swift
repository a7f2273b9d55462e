package import Foundation

/// A question with answers to choose from. Its author's server counts; others hold what it told last.
package struct Poll: Hashable, Sendable {
    package struct Option: Hashable, Sendable {
        package var title: String
        package var votes: Int

        package init(title: String, votes: Int = 0) {
            self.title = title
            self.votes = votes
        }
    }

    package var options: [Option]
    package var isMultiple: Bool
    /// nil for a poll that stays open.
    package var endsAt: Date?
    package var closedAt: Date?
    /// How many people voted.
    package var voters: Int

    package init(options: [Option], isMultiple: Bool, endsAt: Date?, closedAt: Date? = nil, voters: Int = 0) {
        self.options = options
        self.isMultiple = isMultiple
        self.endsAt = endsAt
        self.closedAt = closedAt
        self.voters = voters
    }

    package func isOpen(at now: Date) -> Bool { closedAt == nil && endsAt.map { now < $0 } ?? true }

    package enum VoteRefusal: Error, Equatable, Sendable {
        case closed, ownPoll, alreadyVoted, noSuchOption
        /// None at all, or several where one is allowed.
        case wrongNumber
    }

    /// Judges a vote of somebody who is not the poll's author and has voted for `before`.
    ///
    /// People vote once, with all their choices. Other servers send each choice by itself, so that a vote for one more
    /// option of a multiple poll is welcome from them (`arrivesSingly`).
    package func judge(
        _ choices: Set<Int>, before: Set<Int>, arrivesSingly: Bool = false, at now: Date
    ) throws(VoteRefusal) {
        guard isOpen(at: now) else { throw .closed }
        guard !choices.isEmpty, choices.count == 1 || isMultiple else { throw .wrongNumber }
        guard choices.allSatisfy(options.indices.contains) else { throw .noSuchOption }
        guard before.isEmpty || (arrivesSingly && isMultiple && before.isDisjoint(with: choices)) else {
            throw .alreadyVoted
        }
    }
}
