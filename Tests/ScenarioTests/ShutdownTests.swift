import Foundation
import JSONTree
import PostgreSQL
import Synchronization
import Testing

/// SIGTERM while there is much to do. A pair of its own, because it takes as long as all others together.
@Suite(.twoCommunities, .serialized)
struct ShutdownTests {
    /// The bound that a supervisor is told, and a little for a busy machine.
    private static let bound: Duration = .seconds(25)

    /// Requests are in flight, and so are deliveries to a peer that takes them and never answers.
    @Test(arguments: HangingPeer.Manner.allCases)
    func sigtermUnderLoadEndsInTimeAndLosesNothing(manner: HangingPeer.Manner) async throws {
        let pair = try await Pair.restored
        #expect(await pair.barrio.stop() == .success)
        let peer = try HangingPeer(port: pair.barrio.port, manner: manner)
        let acknowledged = Acknowledged()
        let ending = try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    // Until the server takes no more.
                    while let request = try? await pair.ask() { acknowledged.add(request.uri) }
                }
            }
            try await eventually("requests and deliveries are in flight") {
                acknowledged.uris.count >= 16 && peer.requests > 0
            }
            let start = ContinuousClock.now
            let ending = await pair.ateneo.stop()
            #expect(.now - start < Self.bound)
            try await group.waitForAll()
            return ending
        }
        #expect(ending == .success, "\(pair.ateneo.log.tail)")

        let requests = acknowledged.uris
        let kept = try await pair.ateneo.withDatabase { database in
            try await database.rows(
                """
                select uri, exists (
                    select from jobs where starts_with(sequence, uri) and kind = 'deliver' and dead_at is null
                        and (leased_until is null or leased_until < now())) as waits
                from sessions
                """
            ).map { (uri: try $0.get("uri", as: String.self), waits: try $0.get("waits", as: Bool.self)) }
        }
        let waiting = Set(kept.filter(\.waits).map(\.uri))
        #expect(Set(requests).subtracting(kept.map(\.uri)).isEmpty, "acknowledged and lost")
        #expect(Set(requests).subtracting(waiting).isEmpty, "not claimable at once")

        peer.leave()
        try await pair.barrio.start()
        try await pair.ateneo.start()

        try await eventually("every request arrives") {
            let arrived = try await pair.barrio.sessions(of: pair.noor).compactMap { $0["uri"]?.string }
            return Set(requests).isSubset(of: arrived)
        }
    }
}

/// The addresses of sessions whose request was answered with 201.
private final class Acknowledged: Sendable {
    private let all = Mutex<[String]>([])

    var uris: [String] { all.withLock(\.self) }

    func add(_ uri: String) { all.withLock { $0.append(uri) } }
}
