package import Federation
package import WebServer

/// `/actor/directory`: the mentors of this community, for other communities. Public as each of them is; whom the
/// community refuses reads nothing, and where every reader has to sign, so has this one.
package struct DirectoryRoutes: Sendable {
    private let directory: PublishedDirectory
    private let gate: FetchGate

    package init(directory: PublishedDirectory, gate: FetchGate) {
        self.directory = directory
        self.gate = gate
    }

    package var routes: [Route] {
        [
            Route(.get, "/actor/directory", access: .open) { exchange in
                let reader = try await gate.reader(of: exchange)
                let document =
                    exchange.query("page") == nil
                    ? try await directory.collection()
                    : try await directory.page(after: exchange.query("after").flatMap { Int64($0) })
                // Not kept for long: who withdraws is to be gone.
                return gate.answer(.activityStreams(document), to: reader, seconds: 30).validated(against: exchange)
            }
        ]
    }
}
