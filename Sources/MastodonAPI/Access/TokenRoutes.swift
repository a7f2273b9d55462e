import Foundation
import JSONTree
import Social
package import UseCases
package import WebServer
import Wire

/// Where apps get and give back tokens (RFC 6749 sections 4.1.3 and 4.4, RFC 7009).
package struct TokenRoutes: Sendable {
    private let apps: Apps
    private let authorisations: Authorisations
    private let tokens: Tokens

    package init(apps: Apps, authorisations: Authorisations, tokens: Tokens) {
        self.apps = apps
        self.authorisations = authorisations
        self.tokens = tokens
    }

    package var routes: [Route] {
        [
            Route(.post, "/oauth/token", access: .open, bodyLimit: 65_536) { exchange in
                await answering { try await issue(exchange) }
            },
            Route(.post, "/oauth/revoke", access: .open, bodyLimit: 65_536) { exchange in
                await answering { try await revoke(exchange) }
            },
        ]
    }

    /// An error as OAuth has it (RFC 6749 section 5.2).
    private struct Fault: Error {
        let status: Int
        let code: String
        let text: String

        init(_ code: String, _ text: String, status: Int = 400) {
            self.code = code
            self.text = text
            self.status = status
        }
    }

    private func answering(_ work: () async throws -> Answer) async -> Answer {
        do {
            return try await work().privately
        } catch let fault as Fault {
            let body: JSON = ["error": .string(fault.code), "error_description": .string(fault.text)]
            return .json(body, status: fault.status).privately
        } catch {
            return Problem(explaining: error).answer
        }
    }

    private func app(_ exchange: Exchange, _ input: Input) async throws -> App {
        guard let credentials = ClientCredentials(exchange, input),
            let app = try await apps.authenticate(clientID: credentials.id, secret: credentials.secret)
        else {
            // Clients look for these words, and register anew.
            throw Fault(
                "invalid_client", "Client authentication failed: the app is unknown, or its secret is another.",
                status: 401)
        }
        return app
    }

    private func issue(_ exchange: Exchange) async throws -> Answer {
        let input = try exchange.input()
        let app = try await app(exchange, input)
        switch input.text("grant_type") {
        case "authorization_code":
            guard let code = input.text("code"), let redirect = input.text("redirect_uri") else {
                throw Fault("invalid_request", "Send code and redirect_uri.")
            }
            let verifier = input.text("code_verifier").flatMap { $0.isEmpty ? nil : $0 }
            do {
                let (token, scopes) = try await authorisations.exchange(
                    code, by: app, redirect: redirect, verifier: verifier, now: Date())
                return Self.answer(token, scopes)
            } catch let refusal as Authorisations.Refusal {
                throw switch refusal {
                case .code:
                    Fault(
                        "invalid_grant",
                        "The code is unknown, used, too old, or was given to another app or for another address.")
                case .verifier: Fault("invalid_grant", "The code verifier does not fit the challenge.")
                }
            }
        case "client_credentials":
            let scopes: [Scope]
            do {
                scopes = try Scope.list(input.text("scope") ?? Scope.read.rawValue, field: "scope")
            } catch {
                throw Fault("invalid_scope", error.message)
            }
            guard scopes.allSatisfy({ app.scopes.cover($0) }) else {
                throw Fault("invalid_scope", "The app has not registered all of these scopes.")
            }
            return Self.answer(try await tokens.issue(to: app, scopes: scopes), scopes)
        default:
            throw Fault("unsupported_grant_type", "Use authorization_code or client_credentials.")
        }
    }

    private func revoke(_ exchange: Exchange) async throws -> Answer {
        let input = try exchange.input()
        let app = try await app(exchange, input)
        guard let token = input.text("token") else { throw Fault("invalid_request", "Send the token.") }
        guard try await tokens.revoke(token, by: app) else {
            throw Fault("unauthorized_client", "The token belongs to another app.", status: 403)
        }
        return .json([:])
    }

    private static func answer(_ token: String, _ scopes: [Scope]) -> Answer {
        .json([
            "access_token": .string(token), "token_type": "Bearer", "scope": .string(scopes.text),
            "created_at": .int(Int(exactly: Date().timeIntervalSince1970.rounded(.down)) ?? 0),
        ])
    }
}
