import Social
import UseCases
import WebServer
import Wire

/// What an app asks of a person, as it stands in the address of the authorisation page, checked (RFC 6749 section
/// 4.1.1).
struct AuthoriseRequest {
    let app: App
    let redirect: RedirectAddress
    let scopes: [Scope]
    let state: String?
    let challenge: String?
    /// Whether the person shall sign in again, maybe as somebody else.
    let isForced: Bool

    enum Fault: Error {
        /// The app or its address is not known: nobody is sent anywhere.
        case shown(String)
        /// To be told to the app, by its address.
        case told(to: RedirectAddress, state: String?, code: String, text: String)
    }

    init(_ input: Input, apps: Apps) async throws {
        guard let clientID = input.text("client_id"), let app = try await apps.app(clientID: clientID) else {
            throw Fault.shown(
                "The app that sent you here is not registered with this server. Add your account to it anew.")
        }
        guard let redirect = app.redirect(input.text("redirect_uri") ?? "") else {
            throw Fault.shown("The app wants the answer at another address than it has registered.")
        }
        let state = input.text("state")
        func refuse(_ code: String, _ text: String) -> Fault {
            .told(to: redirect, state: state, code: code, text: text)
        }
        guard input.text("response_type") == "code" else {
            throw refuse("unsupported_response_type", "The response type must be 'code'.")
        }
        do {
            scopes = try Scope.list(input.text("scope") ?? Scope.read.rawValue, field: "scope")
        } catch {
            throw refuse("invalid_scope", error.message)
        }
        guard scopes.allSatisfy({ app.scopes.cover($0) }) else {
            throw refuse("invalid_scope", "The app has not registered all of these scopes.")
        }
        challenge = input.text("code_challenge").flatMap { $0.isEmpty ? nil : $0 }
        if let challenge {
            guard input.text("code_challenge_method") == "S256", challenge.utf8.count == 43 else {
                throw refuse("invalid_request", "The code challenge must be of the method S256.")
            }
        }
        self.app = app
        self.redirect = redirect
        self.state = state
        isForced = input.flag("force_login") ?? false
    }

    /// The same request as the hidden fields of a form, or as a query.
    var parameters: [(name: String, value: String)] {
        var parameters = [
            ("response_type", "code"), ("client_id", app.clientID), ("redirect_uri", redirect.text),
            ("scope", scopes.text),
        ]
        if let state { parameters.append(("state", state)) }
        if let challenge {
            parameters += [("code_challenge", challenge), ("code_challenge_method", "S256")]
        }
        return parameters.map { (name: $0.0, value: $0.1) }
    }
}
