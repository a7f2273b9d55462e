package import JSONTree
package import Social
package import Wire

/// An answer that is not the wanted one, safe to show: what was wrong and, where it is known, in which field.
package struct Problem: Error, Sendable {
    package let status: Int
    /// A full sentence for the person or program that asked.
    package let message: String
    package var fields: [FieldError]
    /// Further members of the answer, for example the present state of a session.
    package var details: [(name: String, value: JSON)]
    package var headers: [(name: String, value: String)]

    package init(
        status: Int, message: String, fields: [FieldError] = [], details: [(name: String, value: JSON)] = [],
        headers: [(name: String, value: String)] = []
    ) {
        self.status = status
        self.message = message
        self.fields = fields
        self.details = details
        self.headers = headers
    }

    package static let unauthorised = Problem(
        status: 401, message: "The access token is invalid",
        headers: [("www-authenticate", "Bearer realm=\"mentord\"")])
    package static let personNeeded = Problem(status: 422, message: "This method requires an authenticated user")
    package static let notFound = Problem(status: 404, message: "Record not found")
    package static let gone = Problem(status: 410, message: "What was here is gone for good.")
    package static let tooLarge = Problem(status: 413, message: "The body is too large.")
    package static let tooSlow = Problem(status: 408, message: "The body took too long to arrive.")
    package static let notIdentity = Problem(
        status: 415, message: "Send the body as it is, without a content coding.",
        headers: [("accept-encoding", "identity")])
    package static let unavailable = Problem(
        status: 503, message: "The server cannot answer now. Try again shortly.", headers: [("retry-after", "5")])
    package static let unexpected = Problem(status: 500, message: "Something went wrong on our side.")

    /// More is in work than can be done: other than with ``unavailable`` nothing is broken.
    package static let crowded = Problem(
        status: 503, message: "Too much is going on here. Try again later.", headers: [("retry-after", "30")])

    /// - Parameter wait: in seconds, told in whole ones.
    package static func tooMany(retryAfter wait: Double) -> Problem {
        Problem(
            status: 429, message: "That was too much at once. Try again later.",
            headers: [("retry-after", String(Int(exactly: wait.rounded(.up)).map { max(1, $0) } ?? 60))])
    }

    /// The words before the full stop are those of the Mastodon API: clients look for them.
    package static func outsideScopes(_ scope: Scope) -> Problem {
        Problem(
            status: 403, message: "This action is outside the authorized scopes. It needs '\(scope.rawValue)'.",
            headers: [("www-authenticate", "Bearer error=\"insufficient_scope\", scope=\"\(scope.rawValue)\"")])
    }

    package static func badRequest(_ message: String) -> Problem { Problem(status: 400, message: message) }
    package static func forbidden(_ message: String) -> Problem { Problem(status: 403, message: message) }
    package static func conflict(_ message: String, details: [(name: String, value: JSON)] = []) -> Problem {
        Problem(status: 409, message: message, details: details)
    }

    package static func invalid(_ errors: [FieldError]) -> Problem {
        let message = errors.map { $0.field.isEmpty ? $0.message : "\($0.field): \($0.message)" }.joined(separator: " ")
        return Problem(status: 422, message: message, fields: errors)
    }

    package var answer: Answer {
        var object = JSON.Object()
        object["error"] = .string(message)
        if !fields.isEmpty {
            object["fields"] = .array(fields.map { ["field": .string($0.field), "message": .string($0.message)] })
        }
        for (name, value) in details { object[name] = value }
        var answer = Answer.json(.object(object), status: status).with("cache-control", "no-store")
        for (name, value) in headers { answer = answer.with(name, value) }
        return answer
    }
}
