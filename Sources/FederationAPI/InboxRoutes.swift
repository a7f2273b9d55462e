package import Federation
import Foundation
import HTTPSignatures
package import Logging
package import PostgreSQL
import Social
import Store
package import WebServer
import Wire

/// Where other servers bring their activities.
package struct InboxRoutes: Sendable {
    static let bodyLimit = 1_048_576

    private let inbox: Inbox
    private let database: Pool
    private let logger: Logger

    package init(inbox: Inbox, database: Pool, logger: Logger) {
        self.inbox = inbox
        self.database = database
        self.logger = logger
    }

    package var routes: [Route] {
        [
            Route(.post, "/users/{name}/inbox", access: .open, bodyLimit: Self.bodyLimit) { exchange in
                guard let name = Username(exchange.parameter("name")), try await database.account(name) != nil else {
                    throw Problem.notFound
                }
                return try await receive(exchange)
            },
            Route(.post, "/inbox", access: .open, bodyLimit: Self.bodyLimit) { try await receive($0) },
            Route(.post, "/actor/inbox", access: .open, bodyLimit: Self.bodyLimit) { try await receive($0) },
        ]
    }

    private func receive(_ exchange: Exchange) async throws -> Answer {
        guard exchange.contentType?.isActivityStreams == true else {
            throw Problem(status: 415, message: "Send application/activity+json.")
        }
        let answer = try await inbox.receive(
            exchange.signedMessage, at: DateTime.cutToMilliseconds(Date()), logger: logger)
        switch answer {
        case .accepted, .gone: return Answer(status: 202)
        case .unauthorised(let reason):
            throw Problem(status: 401, message: "The signature does not prove who sent this: \(reason).")
        case .malformed(let reason): throw Problem.badRequest("This is no activity: \(reason).")
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
