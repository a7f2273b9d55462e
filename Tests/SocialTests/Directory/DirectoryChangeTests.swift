import Foundation
import Social
import Testing
import Wire

/// What a change of another community's directory does to what is known of it.
struct DirectoryChangeTests {
    static let steps: [(revision: Int?, known: Int?, DirectoryChange.Step)] = [
        (1, 0, .next(1)), (8, 7, .next(8)), (7, 7, .known), (1, 7, .known), (9, 7, .gap), (1 << 53, 7, .gap),
        (1, nil, .gap), (0, nil, .gap), (nil, 7, .uncounted), (nil, nil, .uncounted),
    ]

    @Test("Only the very next change is known to follow; whatever lies between is missed", arguments: steps)
    func counts(revision: Int?, known: Int?, step: DirectoryChange.Step) throws {
        let mentor = try #require(URI("https://b.example/users/noor"))
        #expect(DirectoryChange(.added, mentor, revision: revision).step(from: known) == step)
    }

    static let now = Date(timeIntervalSince1970: 1_800_000_000)
    static let readings: [(minutesAgo: Double?, doubts: Int, settled: Int, isAccepted: Bool, isDue: Bool)] = [
        (nil, 0, 0, true, true), (1, 0, 0, true, false), (359, 4, 4, true, false), (361, 4, 4, true, true),
        (1, 5, 4, true, true), (nil, 5, 4, false, false), (1000, 0, 0, false, false),
    ]

    @Test("A directory is read when it never was, when in doubt, and every six hours; never without a yes", arguments: readings)
    func isDue(minutesAgo: Double?, doubts: Int, settled: Int, isAccepted: Bool, isDue: Bool) throws {
        let neighbour = Neighbour(
            id: ActorID(rawValue: 1), host: "b.example",
            address: try #require(URI("https://b.example/actor/directory")), revision: nil, doubts: doubts,
            settled: settled, readAt: minutesAgo.map { Self.now.addingTimeInterval(-60 * $0) }, isAccepted: isAccepted)
        #expect(neighbour.isDue(at: Self.now) == isDue)
    }
}
