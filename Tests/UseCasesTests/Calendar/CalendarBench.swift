import Calendars
import Foundation
import JSONTree
import Mentoring
import Outbound
import PostgreSQL
import Social
import Store
import Synchronization
import TestSupport
import UseCases
import Wire

@testable import Jobs

/// Noor, who has a calendar on a server that says what the test wants, and hours from 09:00 to 12:00 of UTC every day.
struct CalendarBench {
    let bench: Bench
    let noor: Account
    let calendars: MentorCalendars
    let server: LoopbackServer
    private let script: Script
    private let refresh: RefreshCalendar

    var home: TestCommunity { bench.home }

    private final class Script: Sendable {
        let reply = Mutex(LoopbackServer.Reply(404))
    }

    init(_ home: TestCommunity, reader program: [String]? = nil) async throws {
        bench = try await BookingTests.bench(home)
        let account = try await home.database.account(id: bench.noor.id)
        guard let account else { throw UnreadableSample(text: "noor") }
        noor = account
        calendars = MentorCalendars(database: home.database)
        let script = Script()
        self.script = script
        server = try await LoopbackServer.start { request in
            let reply = script.reply.withLock { $0 }
            let tag = reply.fields.first { $0.name == "etag" }?.value
            return tag != nil && request.field("if-none-match") == tag ? .init(304) : reply
        }
        let client = try GuardedClient(
            settings: OutboundSettings(
                version: "1.0", origin: home.community.origin, reachable: [CIDR("127.0.0.1/32")].compactMap(\.self)))
        refresh = RefreshCalendar(
            database: home.database, fetcher: CalendarFetcher(client: client),
            reader: CalendarReader(program: try program ?? [builtProgram("mentord"), CalendarProgram.name]),
            voice: CommunityVoice(
                community: home.community, speaker: try await home.instanceActor().id,
                consequences: PostConsequences([])), logger: quietLogger)
    }

    func answer(_ status: Int, _ text: String = "", fields: [(name: String, value: String)] = []) {
        script.reply.withLock { $0 = .init(status, fields: fields, body: Array(text.utf8)) }
    }

    func address(_ path: String = "/secret.ics") -> String { "http://calendar.localhost:\(server.port)\(path)" }

    @discardableResult
    func add(_ address: String? = nil) async throws -> OutsideCalendar {
        let draft = CalendarDraft(name: "Work", address: address ?? self.address())
        guard case .added(let calendar) = try await calendars.add(draft, of: noor, now: Date()) else {
            throw UnreadableSample(text: "calendar")
        }
        return calendar
    }

    func calendar() async throws -> OutsideCalendar? { try await calendars.all(of: noor).first }

    /// Lets the next try come, and does it.
    @discardableResult
    func work() async throws -> [JobOutcome] {
        _ = try await home.database.execute("update jobs set due_at = now() where kind = 'calendar.refresh'")
        var book = LaneBook(capacity: 100, laneCapacity: 4)
        let now = ContinuousClock.now
        book.replace(with: try await JobQueue().waitingQueues(on: home.database), begunAt: now, now: now)
        let jobs = try await JobQueue().claim(
            book.requests(now: now), kinds: [RefreshCalendar.kind], suspects: true, probeInterval: .seconds(900),
            on: home.database
        ).jobs
        var outcomes: [JobOutcome] = []
        for job in jobs {
            outcomes.append(await refresh.run(job))
            try await JobQueue().finish(outcomes.last.map { [(job, $0)] } ?? [], on: home.database)
        }
        return outcomes
    }

    func messages() async throws -> [String] {
        try await home.database.rows("select source from posts order by id").map { try $0.get("source") }
    }

    func times() async throws -> [TakenTime] {
        try await home.database.calendarTimes(of: noor.actor.id, in: Date.distantPast..<Date.distantFuture)
    }

    /// A calendar with something from one time to another.
    static func text(_ times: (Date, Date)...) -> String {
        let word = { (time: Date) in
            DateTime.format(time).replacing("-", with: "").replacing(":", with: "").prefix(15) + "Z"
        }
        let events = times.map {
            "BEGIN:VEVENT\r\nUID:\(UUID().uuidString)\r\nDTSTART:\(word($0.0))\r\nDTEND:\(word($0.1))\r\nEND:VEVENT\r\n"
        }
        return "BEGIN:VCALENDAR\r\n\(events.joined())END:VCALENDAR\r\n"
    }
}
