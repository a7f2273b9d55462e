import Foundation
import Social
import Testing

struct PollTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func poll(isMultiple: Bool, endsAt: Date? = nil, closedAt: Date? = nil) -> Poll {
        Poll(
            options: ["A", "B", "C"].map { Poll.Option(title: $0) }, isMultiple: isMultiple, endsAt: endsAt,
            closedAt: closedAt)
    }

    struct Case: Sendable {
        let choices: Set<Int>
        var before: Set<Int> = []
        var isMultiple = false
        var arrivesSingly = false
        let refusal: Poll.VoteRefusal?
    }

    static let cases = [
        Case(choices: [0], refusal: nil), Case(choices: [2], refusal: nil), Case(choices: [], refusal: .wrongNumber),
        Case(choices: [0, 1], refusal: .wrongNumber), Case(choices: [3], refusal: .noSuchOption),
        Case(choices: [-1], refusal: .noSuchOption), Case(choices: [.max], refusal: .noSuchOption),
        Case(choices: [0], before: [0], refusal: .alreadyVoted),
        Case(choices: [1], before: [0], refusal: .alreadyVoted),
        Case(choices: [1], before: [0], arrivesSingly: true, refusal: .alreadyVoted),
        Case(choices: [0, 1, 2], isMultiple: true, refusal: nil),
        Case(choices: [], isMultiple: true, refusal: .wrongNumber),
        Case(choices: [0, 3], isMultiple: true, refusal: .noSuchOption),
        Case(choices: [1], before: [0], isMultiple: true, refusal: .alreadyVoted),
        Case(choices: [1], before: [0], isMultiple: true, arrivesSingly: true, refusal: nil),
        Case(choices: [0], before: [0], isMultiple: true, arrivesSingly: true, refusal: .alreadyVoted),
        Case(choices: [0, 1], before: [1], isMultiple: true, arrivesSingly: true, refusal: .alreadyVoted),
    ]

    @Test(
        "A vote is for options that are there, once, and for one alone unless the poll says otherwise",
        arguments: cases)
    func judges(_ vote: Case) {
        var refusal: Poll.VoteRefusal?
        do {
            try Self.poll(isMultiple: vote.isMultiple).judge(
                vote.choices, before: vote.before, arrivesSingly: vote.arrivesSingly, at: Self.now)
        } catch {
            refusal = error
        }
        #expect(refusal == vote.refusal)
    }

    static let times: [(Date?, Date?, Bool)] = [
        (nil, nil, true), (now.addingTimeInterval(0.001), nil, true), (now, nil, false),
        (now.addingTimeInterval(-1), nil, false), (nil, now.addingTimeInterval(-1), false),
        (nil, .distantFuture, false),
        (now.addingTimeInterval(60), now, false),
    ]

    @Test("A poll is open until its end, or until its author closes it", arguments: times)
    func ends(endsAt: Date?, closedAt: Date?, isOpen: Bool) {
        let poll = Self.poll(isMultiple: false, endsAt: endsAt, closedAt: closedAt)
        #expect(poll.isOpen(at: Self.now) == isOpen)
        if !isOpen {
            #expect(throws: Poll.VoteRefusal.closed) { try poll.judge([7], before: [0], at: Self.now) }
        }
    }
}
