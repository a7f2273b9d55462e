/// How long it takes from the start of the program, that of its database included, until it can do its work.
struct StartMeasurement {
    let server: ServerUnderTest

    private static let runs = 5

    func measure() async throws -> Report {
        tell("starting the server \(Self.runs) times")
        var times: [Double] = []
        for _ in 0..<Self.runs {
            times.append(try await server.start() / .milliseconds(1))
            try await server.stop()
        }
        let median = Distribution(times).quantile(0.5)
        return Report([.milliseconds(.start, "start until ready, median of \(Self.runs)", median)])
    }
}
