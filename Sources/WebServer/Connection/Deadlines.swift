/// How long each part of an exchange may take on a connection, and how slowly its bytes may come.
package struct Deadlines: Sendable {
    /// From the first byte, and on a new connection from its beginning, to the end of the header; TLS included.
    package var header: Duration = .seconds(10)
    /// For the body; each 64 KiB that came give it another second.
    package var body: Duration = .seconds(30)
    /// After this a body must have come, on average, at `bytesPerSecond`.
    package var grace: Duration = .seconds(5)
    package var bytesPerSecond: Double = 1024
    /// From a write to the moment in which the other side has made room for all of it.
    package var write: Duration = .seconds(30)
    /// Where the server stops, for what is still to be sent once the last answer is complete.
    package var farewell: Duration = .seconds(5)
    /// Without any request.
    package var idle: Duration = .seconds(60)

    package init() {}

    /// How long a body may take of which so much came.
    func body(after bytes: Int) -> Duration { body + .seconds(Double(bytes) / 65_536) }

    /// How often a connection is looked at while a deadline runs.
    var tick: Duration { min(.seconds(1), min(header, body, grace, write) / 4) }
}
