import Foundation
import JSONTree
import Testing

@testable import Jobs

/// Who is next, without a database.
struct LaneBookTests {
    static let now = ContinuousClock.now

    static func queue(
        _ lane: String, _ priority: Int = 100, failures: Int = 0, proven: Bool = true, wait: Duration = .zero,
        closedFor: Duration? = nil, recoveredFor: Duration? = nil
    ) -> WaitingQueue {
        WaitingQueue(
            name: QueueName(lane: lane, priority: priority), wait: wait,
            health: LaneHealth(
                failures: failures, isProven: proven, closedFor: closedFor, recoveredFor: recoveredFor))
    }

    static func book(_ capacity: Int, lanes: Int = 4, _ queues: [WaitingQueue]) -> LaneBook {
        var book = LaneBook(capacity: capacity, laneCapacity: lanes)
        book.replace(with: queues, begunAt: now, now: now)
        return book
    }

    static func job(_ lane: String, _ priority: Int = 100) -> Job {
        Job(
            id: 1, kind: "work", payload: [:], lane: lane, priority: priority, attempts: 1, createdAt: .distantPast,
            laneFailures: 0, isProbe: false, sequence: nil, deaths: 0, lease: .init())
    }

    /// Takes all that is asked for, until nothing more is; gives how many of each lane are in flight then.
    static func fill(_ book: inout LaneBook) -> [String: Int] {
        var taken: [String: Int] = [:]
        while true {
            let requests = book.requests(now: now)
            guard !requests.isEmpty else { return taken }
            var claimed = Claimed()
            for request in requests {
                claimed.touched[request.queue] = request.count
                claimed.jobs += Array(
                    repeating: job(request.queue.lane, request.queue.priority), count: request.count)
                taken["\(request.queue.lane) \(request.queue.priority)", default: 0] += request.count
            }
            book.took(claimed, for: requests, at: now)
        }
    }

    @Test("Lanes take turns, however much waits in one")
    func turns() {
        var book = Self.book(4, (1...10).map { Self.queue("\($0).example") })
        var seen: [String] = []
        for _ in 1...5 {
            let requests = book.requests(now: Self.now)
            #expect(requests.count == 4)
            seen += requests.map(\.queue.lane)
        }
        #expect(Dictionary(grouping: seen) { $0 }.values.map(\.count) == Array(repeating: 2, count: 10))
    }

    @Test("Urgent work goes first and finds a place in a lane and altogether that other work left free")
    func urgentFirst() {
        var book = Self.book(16, lanes: 4, (1...20).map { Self.queue("\($0).example") })
        let ordinary = Self.fill(&book)
        #expect(ordinary.values.reduce(0, +) == 14)
        book.note(QueueName(lane: "1.example", priority: 10), now: Self.now)
        #expect(book.requests(now: Self.now).first?.queue == QueueName(lane: "1.example", priority: 10))

        var crowded = Self.book(64, lanes: 4, [Self.queue("b.example", 100), Self.queue("b.example", 10)])
        #expect(Self.fill(&crowded) == ["b.example 10": 4])
        var later = Self.book(64, lanes: 4, [Self.queue("b.example", 100)])
        #expect(Self.fill(&later) == ["b.example 100": 3])
        later.note(QueueName(lane: "b.example", priority: 10), now: Self.now)
        #expect(Self.fill(&later) == ["b.example 10": 1])
    }

    @Test("Hosts that fail or never answered leave half of the places to those that answer")
    func doubtfulShare() {
        let dead = (1...500).map { Self.queue("dead\($0).example", proven: false) }
        var book = Self.book(64, dead + [Self.queue("good.example")])
        let taken = Self.fill(&book)
        #expect(taken["good.example 100"] == 3)
        #expect(taken.filter { $0.key.hasPrefix("dead") }.values.reduce(0, +) == 32)
    }

    @Test(
        "A lane has as much room as its host bears",
        arguments: [
            (LaneHealth(isProven: true), 3), (LaneHealth(failures: 1, isProven: true), 1),
            (LaneHealth(isProven: true, closedFor: .seconds(5)), 0),
            (LaneHealth(failures: 5, isProven: true, closedFor: .seconds(-1)), 1),
            (LaneHealth(isProven: true, recoveredFor: .seconds(1)), 1),
            (LaneHealth(isProven: true, recoveredFor: .seconds(11)), 2),
            (LaneHealth(isProven: true, recoveredFor: .seconds(31)), 3), (LaneHealth(), 3),
        ])
    func room(health: LaneHealth, expected: Int) {
        let queue = WaitingQueue(name: QueueName(lane: "b.example", priority: 100), wait: .zero, health: health)
        var book = Self.book(16, lanes: 4, [queue])
        #expect(Self.fill(&book)["b.example 100", default: 0] == expected)
    }

    @Test("What is in flight takes its place until it ends")
    func countsWhatIsInFlight() {
        var book = Self.book(16, lanes: 3, [Self.queue("b.example")])
        #expect(Self.fill(&book) == ["b.example 100": 2])
        book.ended(Self.job("b.example"))
        #expect(Self.fill(&book) == ["b.example 100": 1])
        book.ended(Self.job("b.example"))
        book.ended(Self.job("b.example"))
        #expect(Self.fill(&book) == ["b.example 100": 2])
    }

    @Test("Work of no lane is limited by all places only")
    func noLane() {
        var book = Self.book(7, lanes: 1, [Self.queue("", proven: false)])
        #expect(Self.fill(&book) == [" 100": 7])
    }

    @Test("A queue that gave less than was asked for is asked again only when something new is known")
    func emptied() {
        var book = Self.book(8, [Self.queue("b.example")])
        let requests = book.requests(now: Self.now)
        book.took(Claimed(), for: requests, at: Self.now)
        #expect(book.requests(now: Self.now).isEmpty)
        book.note(QueueName(lane: "b.example", priority: 100), now: Self.now)
        #expect(!book.requests(now: Self.now).isEmpty)
    }

    @Test("What was learnt while the queues were looked at is not forgotten with what was found before")
    func keepsNews() {
        var book = Self.book(8, [])
        book.note(QueueName(lane: "b.example", priority: 10), now: Self.now + .milliseconds(5))
        book.replace(with: [], begunAt: Self.now, now: Self.now + .milliseconds(9))
        #expect(book.requests(now: Self.now + .seconds(1)).map(\.queue.lane) == ["b.example"])
        book.replace(with: [], begunAt: Self.now + .seconds(2), now: Self.now + .seconds(2))
        #expect(book.requests(now: Self.now + .seconds(3)).isEmpty)
    }

    @Test func waitsUntilDue() {
        var book = Self.book(8, [Self.queue("b.example", wait: .seconds(5))])
        #expect(book.requests(now: Self.now + .seconds(4)).isEmpty)
        #expect(book.requests(now: Self.now + .seconds(5)).count == 1)
    }

    @Test("Nothing waits for ever behind what has a better priority")
    func noStarvation() {
        var book = Self.book(2, [Self.queue("", 200)] + (1...9).map { Self.queue("\($0).example", 50) })
        var seen: Set<Int> = []
        for _ in 1...8 { seen.formUnion(book.requests(now: Self.now).map(\.queue.priority)) }
        #expect(seen == [50, 200])
    }

    @Test(
        arguments: [
            ("10 b.example:8443", QueueName(lane: "b.example:8443", priority: 10)),
            ("100 ", QueueName(lane: "", priority: 100)),
        ])
    func readsHints(hint: String, queue: QueueName) {
        #expect(QueueName(hint: hint) == queue)
    }

    @Test(arguments: ["", "x", "b.example", "x b.example"])
    func ignoresOtherHints(hint: String) {
        #expect(QueueName(hint: hint) == nil)
    }
}
