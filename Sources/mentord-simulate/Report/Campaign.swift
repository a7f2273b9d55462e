import Foundation
import Mentoring

/// Many seeds, on all processors.
struct Campaign {
    let first: UInt64
    let count: UInt64
    var sabotage: Sabotage?
    var keepsJournal = false

    private static let portion: UInt64 = 250

    func run() async -> CampaignReport {
        await withTaskGroup(of: CampaignReport.self) { group in
            var reports: [CampaignReport] = []
            let workers = UInt64(max(1, ProcessInfo.processInfo.activeProcessorCount))
            let portions = stride(from: first, to: first + count, by: UInt64.Stride(Self.portion)).map {
                $0..<min($0 + Self.portion, first + count)
            }
            var waiting = portions.makeIterator()
            for _ in 0..<workers { if let next = waiting.next() { group.addTask { run(next) } } }
            while let report = await group.next() {
                reports.append(report)
                if let next = waiting.next() { group.addTask { run(next) } }
            }
            return reports.reduce(into: CampaignReport()) { $0.add($1) }
        }
    }

    private func run(_ seeds: Range<UInt64>) -> CampaignReport {
        var report = CampaignReport()
        for seed in seeds {
            var world = World(seed: seed, sabotage: sabotage, keepingJournal: keepsJournal)
            world.run()
            report.add(world, seed: seed)
        }
        return report
    }
}

/// What came of many seeds.
struct CampaignReport: Sendable {
    private(set) var seeds = 0
    private(set) var failures: [(seed: UInt64, broken: [String])] = []
    private(set) var journal: [String] = []
    private(set) var ends: [SessionStatus: Int] = [:]
    private(set) var compared = 0
    private(set) var agreed = 0
    private(set) var counts = Counts()

    private static let mostShown = 20

    mutating func add(_ world: World, seed: UInt64) {
        seeds += 1
        if !world.promises.broken.isEmpty { failures.append((seed, world.promises.broken)) }
        journal += world.journal ?? []
        ends.merge(world.promises.ends, uniquingKeysWith: +)
        compared += world.promises.compared
        agreed += world.promises.agreed
        counts.add(world.counts)
    }

    mutating func add(_ other: CampaignReport) {
        seeds += other.seeds
        failures += other.failures
        failures.sort { $0.seed < $1.seed }
        journal += other.journal
        ends.merge(other.ends, uniquingKeysWith: +)
        compared += other.compared
        agreed += other.agreed
        counts.add(other.counts)
    }

    func table(after duration: Duration) -> String {
        let ends = ends.sorted { $0.value > $1.value }.map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
        let shown = failures.prefix(Self.mostShown).map { "seed \($0.seed): \($0.broken.joined(separator: "; "))" }
        return """
            \(seeds) seeds in \(duration.formatted(.units(allowed: [.seconds]))): \(failures.count) with a broken promise
            sessions: \(ends)
            held against each other: \(compared), of which agreed: \(agreed)
            deliveries: \(counts.deliveries), lost: \(counts.losses), of strangers: \(counts.forgeries)
            outages: \(counts.outages), backups that came back: \(counts.restorations)
            """ + shown.map { "\n\($0)" }.joined()
    }
}

extension Counts {
    fileprivate mutating func add(_ other: Counts) {
        deliveries += other.deliveries
        losses += other.losses
        events += other.events
        outages += other.outages
        restorations += other.restorations
        forgeries += other.forgeries
    }
}
