import ActivityStreams
import Foundation
import JSONTree
import Mentoring
import SeededRandom
import Social
import Wire

/// Three communities and all that goes wrong between them, from a seed: activities are late, overtake each other, come
/// twice or never; a server is down for days with what it had written; an old backup comes back; strangers put
/// themselves into other people's sessions. After some days of that nothing goes wrong any more, and nobody does
/// anything but the clocks, until nothing is due.
struct World {
    private(set) var random: SeededGenerator
    private(set) var now: Date
    private(set) var daemons: [Daemon]
    private(set) var promises = Promises()
    private(set) var counts = Counts()
    /// What happened, line by line; kept only on demand.
    private(set) var journal: [String]?

    /// From when on nothing goes wrong.
    let calm: Date
    let times: [Slot]

    private var underWay: [Delivery] = []
    /// Until when each server is down.
    private var downUntil: [Date]
    private var backups: [Backup?]

    private struct Delivery {
        let at: Date
        let from: Int
        let to: Int
        let letter: Daemon.Letter
    }

    /// A server with what it had not yet got rid of.
    private struct Backup {
        let daemon: Daemon
        let underWay: [Delivery]
    }

    private static let beginning = Date(timeIntervalSince1970: 1_799_053_200)
    private static let hour = 3600.0
    private static let day = 24 * hour
    /// More than ever comes to pass in one run; what goes on beyond that never comes to rest.
    private static let mostEvents = 20_000

    init(seed: UInt64, sabotage: Sabotage? = nil, keepingJournal: Bool = false) {
        var random = SeededGenerator(seed: seed)
        journal = keepingJournal ? [] : nil
        now = Self.beginning
        calm = Self.beginning.addingTimeInterval(Double.random(in: 1...8, using: &random) * Self.day)
        daemons = Population.daemons(sabotage: sabotage, names: Names())
        downUntil = daemons.map { _ in .distantPast }
        backups = daemons.map { _ in nil }
        times = (0..<6).compactMap { _ in
            let halfDays = Double(Int.random(in: 2...36, using: &random))
            let start = Self.beginning.addingTimeInterval(halfDays * 12 * Self.hour)
            return Slot(start: start, minutes: 45, zone: .utc)
        }
        self.random = random
    }

    /// Lives through everything.
    mutating func run() {
        var deeds = (0..<Int.random(in: 10...60, using: &random)).map { _ in
            Self.beginning.addingTimeInterval(
                Double.random(in: 0..<calm.timeIntervalSince(Self.beginning), using: &random))
        }.sorted(by: >)
        for _ in 0..<Self.mostEvents {
            guard let next = earliest(deed: deeds.last) else {
                promises.checkEnd(of: daemons, calmSince: calm)
                return
            }
            switch next {
            case .deed(let at):
                deeds.removeLast()
                now = max(now, at)
                doSomething()
            case .arrival(let index, let at):
                now = max(now, at)
                deliver(underWay.remove(at: index))
            case .alarm(let place, let index, let at):
                now = max(now, at)
                let alarm = daemons[place].alarms[index]
                watch(place, "alarm") { $0.ring(alarm, now: $1) }
            }
        }
        promises.broken.append("never comes to rest")
    }

    private enum Event {
        case deed(Date)
        case arrival(Int, at: Date)
        case alarm(place: Int, index: Int, at: Date)
    }

    private func earliest(deed: Date?) -> Event? {
        var best: (at: Date, event: Event)?
        func consider(_ at: Date, _ event: Event) {
            if best.map({ at < $0.at }) ?? true { best = (at, event) }
        }
        if let deed { consider(deed, .deed(deed)) }
        for (index, delivery) in underWay.enumerated() {
            let at = max(delivery.at, downUntil[delivery.to])
            consider(at, .arrival(index, at: at))
        }
        for (place, daemon) in daemons.enumerated() {
            for (index, alarm) in daemon.alarms.enumerated() {
                let at = max(alarm.at, downUntil[place])
                consider(at, .alarm(place: place, index: index, at: at))
            }
        }
        return best?.event
    }

    private mutating func deliver(_ delivery: Delivery) {
        counts.deliveries += 1
        note("\(Population.hosts[delivery.to]) gets \(Self.summary(delivery.letter.document))")
        watch(delivery.to, "activity") { $0.receive(delivery.letter.document, now: $1) }
    }
}

// MARK: What is done, and what goes wrong

extension World {
    private mutating func doSomething() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<76: actAsSomebody(at: Int.random(in: daemons.indices, using: &random))
        case 76..<82: stepIn()
        case 82..<88: goDown()
        case 88..<95: makeBackup()
        default: restore()
        }
    }

    private mutating func actAsSomebody(at place: Int) {
        guard downUntil[place] <= now, let deed = Deed.random(in: daemons[place], times: times, now: now, using: &random)
        else { return }
        note("\(Population.hosts[place]): \(deed)")
        watch(place, "person") { deed.happen(in: &$0, now: $1) }
    }

    /// A stranger says in their own name what the parties of a session said in theirs.
    private mutating func stepIn() {
        let stranger = Int.random(in: daemons.indices, using: &random)
        guard let delivery = underWay.filter({ $0.to != stranger && $0.from != stranger }).randomElement(using: &random),
            let forged = Stranger.forgery(of: delivery.letter.document, by: daemons[stranger])
        else { return }
        counts.forgeries += 1
        note("\(Population.hosts[delivery.to]) gets a stranger's \(Self.summary(forged))")
        let before = daemons[delivery.to].sessions
        watch(delivery.to, "stranger") { $0.receive(forged, now: $1) }
        promises.checkUntouched(before, daemons[delivery.to].sessions)
    }

    private mutating func goDown() {
        let place = Int.random(in: daemons.indices, using: &random)
        let hours = random.percent(70) ? Double.random(in: 0...6, using: &random) : Double.random(in: 6...96, using: &random)
        let end = min(calm, now.addingTimeInterval(hours * Self.hour))
        downUntil[place] = end
        counts.outages += 1
        note("\(Population.hosts[place]) is down until \(DateTime.format(end))")
    }

    private mutating func makeBackup() {
        let place = Int.random(in: daemons.indices, using: &random)
        backups[place] = Backup(daemon: daemons[place], underWay: underWay.filter { $0.from == place })
        note("\(Population.hosts[place]) makes a backup")
    }

    private mutating func restore() {
        let place = Int.random(in: daemons.indices, using: &random)
        guard let backup = backups[place] else { return }
        daemons[place] = backup.daemon
        underWay += backup.underWay.map { Delivery(at: max($0.at, now), from: $0.from, to: $0.to, letter: $0.letter) }
        counts.restorations += 1
        note("\(Population.hosts[place]) comes back from its backup")
        // People do once more what was lost, or something else.
        for _ in 0..<Int.random(in: 0...4, using: &random) { actAsSomebody(at: place) }
    }

    /// Lets something happen in one community, checks what came of it, and has the post take what is to leave.
    private mutating func watch(_ place: Int, _ cause: String, _ happen: (inout Daemon, Date) -> Void) {
        let before = daemons[place].sessions
        let now = now
        happen(&daemons[place], now)
        let happened = daemons[place].takeHappened()
        promises.check(before, daemons[place].sessions, happened, at: Population.hosts[place])
        for happening in happened {
            counts.events += 1
            note("  \(Population.hosts[place]): \(happening.event.kind.label) by \(happening.event.by), now \(Self.summary(happening.session))")
        }
        for letter in daemons[place].takeOutgoing() { post(letter, from: place) }
    }

    private mutating func post(_ letter: Daemon.Letter, from place: Int) {
        guard let to = Population.hosts.firstIndex(of: letter.recipient.host) else { return }
        note("  \(Population.hosts[place]) sends \(Self.summary(letter.document))")
        let isCalm = now >= calm
        guard isCalm || !random.percent(6) else {
            counts.losses += 1
            return note("  which is lost")
        }
        let copies = !isCalm && random.percent(10) ? 2 : 1
        for _ in 0..<copies {
            let delay = isCalm ? Double.random(in: 0.01...20, using: &random) : randomDelay()
            let at = DateTime.cutToMilliseconds(now.addingTimeInterval(delay))
            underWay.append(
                Delivery(at: isCalm ? at : min(at, calm.addingTimeInterval(Self.hour)), from: place, to: to, letter: letter))
        }
    }

    private mutating func randomDelay() -> TimeInterval {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<65: Double.random(in: 0.01...30, using: &random)
        case 65..<85: Double.random(in: 30...(6 * Self.hour), using: &random)
        default: Double.random(in: (6 * Self.hour)...(4 * Self.day), using: &random)
        }
    }
}

// MARK: The journal

extension World {
    private mutating func note(_ line: @autoclosure () -> String) {
        guard journal != nil else { return }
        journal?.append("\(DateTime.format(now)) \(line())")
    }

    private static func summary(_ document: JSON) -> String {
        let object = document["object"]
        let state = object?["mnt:state"]?.string.map { " \($0) \(object?["startTime"]?.string ?? "")" } ?? ""
        let event = object?["object"]?.string ?? document["target"]?.string ?? object?.uri?.string ?? ""
        return "\(document.type ?? "") \(document.id?.string.suffix(4) ?? "") of \(event.suffix(4))"
            + " revision \(document["mnt:revision"]?.int ?? -1)\(state)"
    }

    private static func summary(_ session: Session) -> String {
        "\(session.uri.string.suffix(4)) \(session.custody) \(session.status) \(session.revision) \(DateTime.format(session.slot.start))"
    }
}

/// How much came to pass.
struct Counts {
    var deliveries = 0
    var losses = 0
    var events = 0
    var outages = 0
    var restorations = 0
    var forgeries = 0
}
