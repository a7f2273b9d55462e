import Foundation
import JSONTree
import Testing

/// People whose key the other community has not seen yet.
extension Undisturbed {
    @Suite struct NewcomerTests {
        @Test func twoRequestsAtOnceBothArrive() async throws {
            let pair = try Pair.current
            let tila = try await pair.ateneo.welcome("tila")
            let samir = try await pair.barrio.welcomeMentor("samir")

            async let first = pair.ateneo.ask(pair.noor, as: tila)
            async let second = pair.ateneo.ask(samir, as: tila)
            let requests = try await (first, second)

            _ = try await pair.barrio.arrived(requests.0.uri, for: pair.noor)
            _ = try await pair.barrio.arrived(requests.1.uri, for: samir)
        }

        @Test func requestArrivesAfterAnActivityThatIsServedNowhere() async throws {
            let pair = try Pair.current
            let edda = try await pair.ateneo.welcome("edda")
            let key = try await pair.ateneo.stealKey(of: edda)
            let like: JSON = [
                "@context": "https://www.w3.org/ns/activitystreams",
                "id": .string("\(pair.ateneo.origin)/activities/\(UUID().uuidString.lowercased())"), "type": "Like",
                "actor": .string(edda.uri), "object": .string(pair.noor.uri),
            ]
            #expect(try await pair.barrio.deliver(like, to: pair.noor, signedWith: key) == 202)

            let request = try await pair.ateneo.ask(pair.noor, as: edda)

            _ = try await pair.barrio.arrived(request.uri, for: pair.noor)
        }
    }
}
