package import JSONTree

/// What goes back: status, header fields and body.
package struct Answer: Sendable {
    package var status: Int
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]
    /// What comes after the header in place of a body, as long as the connection lasts.
    package var events: EventStream?

    package init(status: Int, fields: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    package static func json(_ json: JSON, status: Int = 200, contentType: String = "application/json; charset=utf-8")
        -> Answer
    {
        Answer(status: status, fields: [("content-type", contentType)], body: json.serialized())
    }

    package static func activityStreams(_ json: JSON, status: Int = 200) -> Answer {
        .json(json, status: status, contentType: "application/activity+json; charset=utf-8")
    }

    /// A stream of events, kept by nobody on the way and passed on at once.
    package static func stream(_ events: EventStream) -> Answer {
        var answer = Answer(
            status: 200,
            fields: [
                ("content-type", "text/event-stream"), ("cache-control", "private, no-store"),
                ("x-accel-buffering", "no"),
            ])
        answer.events = events
        return answer
    }

    package static func page(_ html: String, status: Int = 200) -> Answer {
        Answer(status: status, fields: [("content-type", "text/html; charset=utf-8")], body: Array(html.utf8))
    }

    package func with(_ name: String, _ value: String) -> Answer {
        var answer = self
        answer.fields.append((name, value))
        return answer
    }

    /// Kept by nobody on the way: for everything that depends on who asks.
    package var privately: Answer {
        with("cache-control", "private, no-store").with("vary", "Accept, Signature, Authorization, Cookie")
    }

    /// May be kept by anybody for some seconds.
    package func publicly(seconds: Int) -> Answer {
        with("cache-control", "public, max-age=\(seconds)").with("vary", "Accept, Signature")
    }
}
