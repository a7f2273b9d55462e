import Testing

@testable import Mentoring

@Suite struct SimulationTests {
    /// A failing seed replays exactly: `Simulation(seed:keepingJournal:)` tells its story.
    @Test("whatever the network does, both copies end alike and no promise is broken")
    func converges() {
        var ends: [SessionStatus: Int] = [:]
        var deliveries = 0
        for seed in UInt64(1)...1200 {
            var simulation = Simulation(seed: seed)
            simulation.run()
            #expect(simulation.promisesBroken.isEmpty, "seed \(seed)")
            let owner = simulation.owner
            if let mirror = simulation.mirror {
                #expect(mirror.status == owner.status, "seed \(seed)")
                if owner.status == .scheduled || owner.status == .completed || owner.status == .noShow {
                    #expect(mirror.slot == owner.slot && mirror.revision == owner.revision, "seed \(seed)")
                }
            } else {
                // The request never reached the mentor in time.
                #expect(owner.status == .cancelled || owner.status == .expired, "seed \(seed)")
            }
            ends[owner.status, default: 0] += 1
            deliveries += simulation.deliveries
        }
        // The runs reach every end there is, so the above says something about each.
        #expect(Set(ends.keys) == [.scheduled, .declined, .cancelled, .expired, .completed, .noShow], "\(ends)")
        #expect(deliveries > 8000)
    }

    @Test("one seed, one course of events")
    func replays() {
        var one = Simulation(seed: 42)
        var other = Simulation(seed: 42)
        one.run()
        other.run()
        #expect(one.owner == other.owner)
        #expect(one.mirror == other.mirror)
    }
}
