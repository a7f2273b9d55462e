import Foundation
import Keys
import PostgreSQL
package import Social
package import UseCases
package import WebServer

/// Signing in and out in a browser, without a script.
package struct SignInPages: Sendable {
    private let community: Community
    private let signIn: SignIn
    private let sessions: BrowserSessions
    private let cookies: Cookies

    static let sessionCookie = "session"
    private static let visitCookie = "visit"
    /// As long as an unused session lasts.
    private static let sessionSeconds = 30 * 24 * 3600

    package init(community: Community, signIn: SignIn, sessions: BrowserSessions, cookies: Cookies) {
        self.community = community
        self.signIn = signIn
        self.sessions = sessions
        self.cookies = cookies
    }

    package var routes: [Route] {
        [
            Route(.get, "/sign-in", access: .open) { exchange in try page(exchange, goOn: exchange.query("go_on")) },
            Route(.post, "/sign-in", access: .open, bodyLimit: 16_384) { try await enter($0) },
            Route(.post, "/sign-out", access: .open, bodyLimit: 16_384) { try await leave($0) },
        ]
    }

    /// Who is signed in in this browser, and what the forms of their pages must carry.
    func visitor(_ exchange: Exchange) async throws -> (account: Account, form: FormToken)? {
        guard let secret = cookies.read(Self.sessionCookie, exchange),
            let account = try await sessions.account(of: secret)
        else { return nil }
        return (account, FormToken(secret: secret))
    }

    /// - Parameters:
    ///   - goOn: where to go afterwards: a path of ours.
    ///   - trouble: why the page is shown again.
    func page(
        _ exchange: Exchange, goOn: String?, name: String = "", trouble: String? = nil, status: Int = 200
    ) throws -> Answer {
        let known = cookies.read(Self.visitCookie, exchange)
        let visit = known ?? SecureRandom.token()
        let answer = try Page.answer(
            "Sign in", community: community.name,
            template: """
                <div class="sheet narrow">
                <h1>Sign in</h1>
                {{#hasTrouble}}<p class="trouble" role="alert">{{trouble}}</p>{{/hasTrouble}}
                <form method="post" action="/sign-in">
                <input type="hidden" name="form" value="{{form}}">
                <input type="hidden" name="go_on" value="{{goOn}}">
                <label for="name">Username or e-mail address</label>
                <input id="name" name="name" value="{{name}}" autocomplete="username" autocapitalize="none" \
                spellcheck="false" required>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required>
                <button>Sign in</button>
                </form>
                </div>
                """,
            values: [
                "form": FormToken(secret: visit).text, "goOn": goOn ?? "", "name": name, "trouble": trouble ?? "",
                "hasTrouble": trouble != nil,
            ], status: status
        ).privately
        guard known == nil else { return answer }
        let cookie = cookies.write(Self.visitCookie, visit, seconds: nil)
        return answer.with(cookie.name, cookie.value)
    }

    private func enter(_ exchange: Exchange) async throws -> Answer {
        let input = try exchange.input()
        let name = input.text("name") ?? ""
        let goOn = input.text("go_on").flatMap { Self.isOurPath($0) ? $0 : nil }
        guard let visit = cookies.read(Self.visitCookie, exchange),
            FormToken(secret: visit).isProven(by: input.text("form"))
        else {
            return try page(
                exchange, goOn: goOn, name: name,
                trouble: "That took too long, or your browser keeps no cookies. Try again.",
                status: 403)
        }
        do {
            let secret = try await signIn(
                name, password: input.text("password") ?? "", from: exchange.client, now: Date())
            let cookie = cookies.write(Self.sessionCookie, secret, seconds: Self.sessionSeconds)
            return Answer(status: 303, fields: [("location", goOn ?? "/"), cookie]).privately
        } catch let refusal as SignIn.Refusal {
            switch refusal {
            case .wrong:
                return try page(
                    exchange, goOn: goOn, name: name, trouble: "That name and that password do not belong together.",
                    status: 422)
            case .tooOften(let wait):
                return try page(
                    exchange, goOn: goOn, name: name,
                    trouble: "Too many attempts. Wait \(Self.words(wait)) and try again.", status: 429)
            }
        }
    }

    private func leave(_ exchange: Exchange) async throws -> Answer {
        guard let secret = cookies.read(Self.sessionCookie, exchange),
            FormToken(secret: secret).isProven(by: try exchange.input().text("form"))
        else { throw Problem.forbidden("Sign out on a page of this server.") }
        try await sessions.end(secret)
        let cookie = cookies.write(Self.sessionCookie, "", seconds: 0)
        return Answer(status: 303, fields: [("location", "/"), cookie]).privately
    }

    /// A path on this server: neither another host (`//host`, `/\host`) nor something that could end a header.
    private static func isOurPath(_ text: String) -> Bool {
        text.hasPrefix("/") && !text.hasPrefix("//") && text.utf8.count <= 8192
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    }

    private static func words(_ seconds: TimeInterval) -> String {
        seconds < 90 ? "a minute" : "\(Int(exactly: (seconds / 60).rounded(.up)) ?? 5) minutes"
    }
}
