package import Federation
import Foundation
package import WebServer
import Wire

/// `/users/{name}/availability`: when mentors have time, for whom they would take a request from, proven by signature.
/// For everybody else it looks like what never existed.
package struct TimesRoutes: Sendable {
    private let times: PublishedTimes
    private let gate: FetchGate

    package init(times: PublishedTimes, gate: FetchGate) {
        self.times = times
        self.gate = gate
    }

    package var routes: [Route] {
        [
            Route(.get, "/users/{name}/availability", access: .open) { exchange in
                let reader = try await gate.reader(of: exchange).actor
                guard let name = Username(exchange.parameter("name")), let reader else { throw Problem.notFound }
                let now = DateTime.cutToMilliseconds(Date())
                let reading =
                    exchange.query.isEmpty
                    ? try await times.collection(of: name, for: reader, now: now)
                    : try await times.page(of: name, exchange.query, target: exchange.target, for: reader, now: now)
                return try Answer.reading(reading).privately
            }
        ]
    }
}
