import Mentoring
import Testing

@testable import mentord_simulate

/// A failing seed replays exactly: `mentord-simulate --first N --seeds 1 --journal` tells its story.
@Suite struct SimulationTests {
    @Test("whatever networks, outages, old backups and strangers do, both sides agree in the end and no promise is broken")
    func converges() async {
        let report = await Campaign(first: 1, count: 300).run()
        #expect(report.failures.isEmpty, "\(report.table(after: .zero))")
        // The runs reach what they are to say something about.
        #expect(Set(report.ends.keys).isSuperset(of: [.scheduled, .declined, .cancelled, .expired]))
        #expect(report.agreed > 200)
        #expect(report.counts.restorations > 100)
        #expect(report.counts.losses > 300)
        #expect(report.counts.forgeries > 200)
    }

    @Test("one seed, one course of events")
    func replays() {
        func journal() -> [String]? {
            var world = World(seed: 42, keepingJournal: true)
            world.run()
            return world.journal
        }
        let first = journal()
        #expect(first?.count ?? 0 > 30)
        #expect(first == journal())
    }

    /// From where on to look for it: some are rare.
    static let beginnings: [Sabotage: UInt64] = [.ignoresTimes: 1100, .losesLateAlarms: 6600]

    @Test("whoever breaks a promise is caught", arguments: Sabotage.allCases)
    func notices(sabotage: Sabotage) {
        let first = Self.beginnings[sabotage] ?? 1
        let isCaught = (first..<first + 400).contains { seed in
            var world = World(seed: seed, sabotage: sabotage)
            world.run()
            return !world.promises.broken.isEmpty
        }
        #expect(isCaught)
    }
}
