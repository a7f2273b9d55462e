package import Federation
import Foundation
import HTTPSignatures
package import Logging
import Social
package import WebServer
import Wire

/// Where other servers bring their activities.
package struct InboxRoutes: Sendable {
    static let bodyLimit = 1_048_576

    private let inbox: Inbox
    private let logger: Logger

    package init(inbox: Inbox, logger: Logger) {
        self.inbox = inbox
        self.logger = logger
    }

    package var routes: [Route] {
        [
            Route(.post, "/users/{name}/inbox", access: .open, bodyLimit: Self.bodyLimit) { exchange in
                guard let name = Username(exchange.parameter("name")) else { throw Problem.notFound }
                return try await receive(exchange, for: name)
            },
            Route(.post, "/inbox", access: .open, bodyLimit: Self.bodyLimit) { try await receive($0) },
            Route(.post, "/actor/inbox", access: .open, bodyLimit: Self.bodyLimit) { try await receive($0) },
        ]
    }

    private func receive(_ exchange: Exchange, for name: Username? = nil) async throws -> Answer {
        guard inbox.isOpen else { throw Problem.refusing(.closed) }
        guard exchange.contentType?.isActivityStreams == true else {
            throw Problem(status: 415, message: "Send application/activity+json.")
        }
        let answer = try await inbox.receive(
            exchange.signedMessage, for: name, from: exchange.client, at: DateTime.cutToMilliseconds(Date()),
            logger: logger)
        switch answer {
        case .accepted, .gone: return Answer(status: 202)
        case .unauthorised(let reason): throw Problem.unproven(reason)
        case .forbidden(let refusal): throw Problem.refusing(refusal)
        case .noSuchInbox: throw Problem.notFound
        case .malformed(let reason): throw Problem.badRequest("This is no activity: \(reason).")
        case .tooMany(let wait): throw Problem.tooMany(retryAfter: wait)
        case .crowded: throw Problem.crowded
        case .unavailable: throw Problem.unavailable
        }
    }
}

extension Exchange {
    /// The request as signatures cover it.
    var signedMessage: RequestMessage {
        RequestMessage(
            method: method, target: target, fields: fields.map { HeaderField(name: $0.name, value: $0.value) },
            body: body)
    }
}

extension Problem {
    static func unproven(_ reason: String) -> Problem {
        Problem(status: 401, message: "The signature does not prove who sent this: \(reason).")
    }

    static func refusing(_ refusal: Judgement.Refusal) -> Problem {
        switch refusal {
        case .blocked: .forbidden("This community does not federate with your server.")
        case .notListed: .forbidden("This community federates only with servers that it has let in.")
        case .closed: .forbidden("This community does not federate.")
        }
    }
}
