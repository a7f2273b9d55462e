import Foundation
package import Social
import Store
package import UseCases
package import WebServer
import Wire

/// The page on which a person lets an app use their account, or does not (RFC 6749 section 3.1).
package struct AuthorisePages: Sendable {
    private let community: Community
    private let apps: Apps
    private let authorisations: Authorisations
    private let signIn: SignInPages

    /// The usual policy without `form-action`: browsers hold the address to which the answer leads against it, too.
    private static let policy = """
        default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'
        """

    package init(community: Community, apps: Apps, authorisations: Authorisations, signIn: SignInPages) {
        self.community = community
        self.apps = apps
        self.authorisations = authorisations
        self.signIn = signIn
    }

    package var routes: [Route] {
        [
            Route(.get, "/oauth/authorize", access: .open) { try await show($0) },
            Route(.post, "/oauth/authorize", access: .open, bodyLimit: 32_768) { try await decide($0) },
        ]
    }

    private func show(_ exchange: Exchange) async throws -> Answer {
        try await withFaultsTold {
            let request = try await AuthoriseRequest(try exchange.input(), apps: apps)
            guard let visitor = try await signIn.visitor(exchange), !request.isForced else {
                return try signIn.page(exchange, goOn: Self.path(request))
            }
            return try consent(request, visitor.account, visitor.form)
        }
    }

    private func decide(_ exchange: Exchange) async throws -> Answer {
        try await withFaultsTold {
            let input = try exchange.input()
            let request = try await AuthoriseRequest(input, apps: apps)
            guard let visitor = try await signIn.visitor(exchange) else {
                return try signIn.page(exchange, goOn: Self.path(request))
            }
            guard visitor.form.isProven(by: input.text("form")) else {
                return try explain("Decide on the page of this server itself.", status: 403)
            }
            guard input.text("decision") == "allow" else {
                throw AuthoriseRequest.Fault.told(
                    to: request.redirect, state: request.state, code: "access_denied",
                    text: "The person did not agree.")
            }
            let code = try await authorisations.code(
                for: Consent(
                    app: request.app.id, account: visitor.account.actor.id, redirect: request.redirect,
                    scopes: request.scopes, challenge: request.challenge), now: Date())
            guard request.redirect != .outOfBand else { return try show(code: code, request.app) }
            return leave(
                to: request.redirect, [("code", code)] + (request.state.map { [("state", $0)] } ?? []))
        }
    }

    private func withFaultsTold(_ work: () async throws -> Answer) async throws -> Answer {
        do {
            return try await work()
        } catch let fault as AuthoriseRequest.Fault {
            switch fault {
            case .shown(let text): return try explain(text, status: 400)
            case .told(to: .outOfBand, _, _, let text): return try explain(text, status: 400)
            case .told(let redirect, let state, let code, let text):
                return leave(
                    to: redirect,
                    [("error", code), ("error_description", text)] + (state.map { [("state", $0)] } ?? []))
            }
        }
    }

    private func leave(to redirect: RedirectAddress, _ parameters: [(String, String)]) -> Answer {
        Answer(
            status: 302,
            fields: [
                ("location", redirect.with(parameters.map { (name: $0.0, value: $0.1) })),
                ("content-security-policy", Self.policy),
            ]
        ).privately
    }

    private static func path(_ request: AuthoriseRequest) -> String {
        let query = request.parameters.map { "\($0.name)=\(RedirectAddress.escaped($0.value))" }
        return "/oauth/authorize?\(query.joined(separator: "&"))"
    }
}

// The pages

extension AuthorisePages {
    private func consent(_ request: AuthoriseRequest, _ account: Account, _ form: FormToken) throws -> Answer {
        try page(
            "Allow \(request.app.name)?",
            """
            <h1>Let <strong>{{app}}</strong> use your account?</h1>
            <p>You are signed in as <strong>@{{handle}}</strong>. The app will be able to:</p>
            <ul>{{#scopes}}<li>{{.}}</li>{{/scopes}}</ul>
            <p class="quiet">{{#isShown}}A code will be shown to you to copy into the app.{{/isShown}}{{^isShown}}You \
            will go on at
            <strong>{{destination}}</strong>.{{/isShown}}{{#hasWebsite}} The app calls {{website}} its \
            home.{{/hasWebsite}}</p>
            <form method="post" action="/oauth/authorize">
            <input type="hidden" name="form" value="{{form}}">
            {{#parameters}}<input type="hidden" name="{{name}}" value="{{value}}">{{/parameters}}
            <div class="choices">
            <button name="decision" value="allow">Allow</button>
            <button name="decision" value="deny" class="second">Do not allow</button>
            </div>
            </form>
            <p><a href="{{other}}">Use another account</a></p>
            """,
            [
                "app": request.app.name, "handle": account.actor.handle.description,
                "scopes": request.scopes.map(\.words), "isShown": request.redirect == .outOfBand,
                "destination": request.redirect.destination, "hasWebsite": request.app.website != nil,
                "website": request.app.website ?? "", "form": form.text,
                "parameters": request.parameters.map { ["name": $0.name, "value": $0.value] },
                "other": Self.path(request) + "&force_login=true",
            ])
    }

    private func show(code: String, _ app: App) throws -> Answer {
        try page(
            "Your code",
            """
            <h1>Your code for {{app}}</h1>
            <p>Copy it into the app. It can be used once, within ten minutes.</p>
            <p><code class="secret">{{code}}</code></p>
            """,
            ["app": app.name, "code": code])
    }

    private func explain(_ text: String, status: Int) throws -> Answer {
        try page("That did not work", "<h1>That did not work</h1><p>{{text}}</p>", ["text": text], status: status)
    }

    private func page(_ title: String, _ template: String, _ values: [String: Any], status: Int = 200) throws -> Answer
    {
        try Page.answer(
            title, community: community.name, template: "<div class=\"sheet narrow\">\n\(template)\n</div>",
            values: values,
            status: status
        ).with("content-security-policy", Self.policy).privately
    }
}
