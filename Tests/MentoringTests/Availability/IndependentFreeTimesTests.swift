import CorpusTesting
import Foundation
import Testing
import Wire

@testable import Mentoring

struct IndependentFreeTimesTests {
    /// The name of an obstacle as the other implementation has it, which does not tell what takes a time.
    private static func name(_ obstacle: Obstacle?) -> String? {
        obstacle.map { if case .taken = $0 { "taken" } else { $0.label } }
    }

    @Test("Twenty years of clock changes in every sort of zone are told as zoneinfo and dateutil tell them")
    func agrees() throws {
        let cases: [FreeTimeCase] = try IndependentCases.printed(by: "free_time_cases.py")
        // Python with dateutil is there, see Tests/requirements.txt.
        try #require(cases.count > 800)
        #expect(Set(cases.map(\.availability.zone)).count > 20)
        for given in cases {
            let search = try given.search()
            let found = search.judgements(in: given.from..<given.to).map {
                FreeTimeCase.Start(start: $0.start, obstacle: Self.name($0.obstacle))
            }
            let place = "\(DateTime.format(date(given.from))), zones of \(TimeZone.timeZoneDataVersion): \(given)"
            guard found == given.starts else {
                let wrong = zip(found, given.starts).first { $0 != $1 }
                Issue.record("\(found.count) of \(given.starts.count), first \(String(describing: wrong)): \(place)")
                return
            }
            let free = found.filter { $0.obstacle == nil }.map { date($0.start) }
            #expect(search.starts(in: date(given.from)..<date(given.to)) == free)
            for start in found {
                let alone = search.obstacle(at: date(start.start))
                #expect(Self.name(alone) == start.obstacle, "\(start) of \(place)")
            }
            for start in free.prefix(3) {
                #expect(search.obstacle(at: start.addingTimeInterval(60)) != nil, "\(place)")
                #expect(search.obstacle(at: start.addingTimeInterval(0.5)) != nil, "\(place)")
            }
        }
    }
}
