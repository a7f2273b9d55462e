import Foundation
import Keys
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

struct AuthorisationsTests {
    private static let redirect = "https://app.example/cb"
    /// RFC 7636 appendix B.
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    private struct Scene {
        let home: TestCommunity
        let mika: Account
        let app: App
        let authorisations: Authorisations
        let tokens: Tokens

        func code(_ challenge: String? = nil, redirect: String = AuthorisationsTests.redirect, at now: Date = .thisSecond)
            async throws -> String
        {
            try await authorisations.code(
                for: Consent(
                    app: app.id, account: mika.actor.id, redirect: try #require(RedirectAddress(redirect)),
                    scopes: [.read, .push], challenge: challenge), now: now)
        }

        func exchange(
            _ code: String, by other: App? = nil, redirect: String = AuthorisationsTests.redirect,
            verifier: String? = nil, at now: Date = .thisSecond
        ) async throws -> String {
            try await authorisations.exchange(code, by: other ?? app, redirect: redirect, verifier: verifier, now: now).token
        }
    }

    private func withScene(_ body: (Scene) async throws -> Void) async throws {
        try await withCommunity { home in
            let apps = Apps(database: home.database)
            let app = try await apps.register(
                try AppDraft(name: "App", website: nil, redirects: [Self.redirect, "urn:ietf:wg:oauth:2.0:oob"], scopes: "read push")
            ).app
            try await body(
                Scene(
                    home: home, mika: try await home.person("mika"), app: app,
                    authorisations: Authorisations(database: home.database), tokens: Tokens(database: home.database)))
        }
    }

    @Test("A code becomes a token with the scopes that were agreed to")
    func exchanges() async throws {
        try await withScene { scene in
            let token = try await scene.exchange(try await scene.code())
            let grant = try #require(try await scene.tokens.grant(of: token))
            #expect(grant.account?.actor.id == scene.mika.actor.id)
            #expect(grant.app == scene.app.id)
            #expect(grant.scopes == [.read, .push])
        }
    }

    @Test("A code that is used twice at the same moment gives one token, and ends it (G03)")
    func endsReplayedCodes() async throws {
        try await withScene { scene in
            let code = try await scene.code()
            let tokens = await withTaskGroup(of: String?.self) { group in
                for _ in 0..<8 { group.addTask { try? await scene.exchange(code) } }
                return await group.reduce(into: [String]()) { if let token = $1 { $0.append(token) } }
            }
            #expect(tokens.count == 1)
            await #expect(throws: Authorisations.Refusal.code) { try await scene.exchange(code) }
            for token in tokens { #expect(try await scene.tokens.grant(of: token) == nil) }
        }
    }

    @Test("A code serves nobody but its app, for its address, in its time")
    func bindsCodes() async throws {
        try await withScene { scene in
            let other = try await Apps(database: scene.home.database).register(
                try AppDraft(name: "Eve", website: nil, redirects: [Self.redirect], scopes: "read push")
            ).app
            let code = try await scene.code()
            await #expect(throws: Authorisations.Refusal.code) { try await scene.exchange(code, by: other) }
            await #expect(throws: Authorisations.Refusal.code) {
                try await scene.exchange(code, redirect: Self.redirect + "/")
            }
            let later = Date.thisSecond.addingTimeInterval(Authorisations.codeLifetime + 1)
            await #expect(throws: Authorisations.Refusal.code) { try await scene.exchange(code, at: later) }
            for unknown in ["", "x", String(repeating: "a", count: 43), String(repeating: "a", count: 100_000)] {
                await #expect(throws: Authorisations.Refusal.code) { try await scene.exchange(unknown) }
            }
            #expect(try await scene.tokens.grant(of: try await scene.exchange(code)) != nil)
        }
    }

    @Test("A code that a person has to copy lasts longer")
    func shownCodesLast() async throws {
        try await withScene { scene in
            let code = try await scene.code(redirect: "urn:ietf:wg:oauth:2.0:oob")
            let later = Date.thisSecond.addingTimeInterval(Authorisations.shownCodeLifetime - 5)
            _ = try await scene.exchange(code, redirect: "urn:ietf:wg:oauth:2.0:oob", at: later)
        }
    }

    @Test(
        "With a challenge only its verifier helps, without one none does (G02)",
        arguments: [
            (challenge, verifier, true), (challenge, nil, false), (challenge, String(verifier.dropLast()) + "A", false),
            (challenge, challenge, false), (challenge, "", false), (nil, verifier, false), (nil, nil, true),
        ] as [(String?, String?, Bool)])
    func checksVerifiers(challenge: String?, verifier: String?, works: Bool) async throws {
        try await withScene { scene in
            let code = try await scene.code(challenge)
            if works {
                _ = try await scene.exchange(code, verifier: verifier)
            } else {
                await #expect(throws: Authorisations.Refusal.verifier) { try await scene.exchange(code, verifier: verifier) }
            }
        }
    }

    @Test("Nothing that the database holds opens anything (G05)")
    func keepsNoSecrets() async throws {
        try await withScene { scene in
            let code = try await scene.code()
            let token = try await scene.exchange(try await scene.code())
            for query: SQL in [
                "select encode(hash, 'hex') as v from tokens", "select encode(hash, 'base64') as v from tokens",
                "select encode(hash, 'hex') as v from authorization_codes",
                "select encode(secret_hash, 'hex') as v from apps", "select to_jsonb(apps)::text as v from apps",
                "select to_jsonb(tokens)::text as v from tokens",
                "select to_jsonb(authorization_codes)::text as v from authorization_codes",
            ] {
                for row in try await scene.home.database.rows(query) {
                    let value: String = try row.get("v")
                    #expect(!value.contains(token) && !value.contains(code))
                    #expect(try await scene.tokens.grant(of: value) == nil)
                }
            }
        }
    }

    @Test("Only its own app ends a token (G13)")
    func revokes() async throws {
        try await withScene { scene in
            let other = try await Apps(database: scene.home.database).register(
                try AppDraft(name: "Eve", website: nil, redirects: [Self.redirect], scopes: "read")
            ).app
            let token = try await scene.exchange(try await scene.code())
            #expect(try await !scene.tokens.revoke(token, by: other))
            #expect(try await scene.tokens.grant(of: token) != nil)
            #expect(try await scene.tokens.revoke(token, by: scene.app))
            #expect(try await scene.tokens.grant(of: token) == nil)
            #expect(try await scene.tokens.revoke(token, by: scene.app))
        }
    }

    @Test("Another password ends every token, code and sign-in (G08)")
    func passwordsEndAccess() async throws {
        try await withScene { scene in
            let hasher = PasswordHasher()
            let change = ChangePassword(database: scene.home.database, hasher: hasher)
            let signIn = SignIn(database: scene.home.database, hasher: hasher)
            try await change("correct horse battery", of: scene.mika)
            let token = try await scene.exchange(try await scene.code())
            let code = try await scene.code()
            let session = try await signIn("mika", password: "correct horse battery", from: .loopback, now: Date())
            let sessions = BrowserSessions(database: scene.home.database)
            #expect(try await sessions.account(of: session)?.actor.id == scene.mika.actor.id)
            try await change("another long password", of: scene.mika)
            #expect(try await scene.tokens.grant(of: token) == nil)
            #expect(try await sessions.account(of: session) == nil)
            await #expect(throws: Authorisations.Refusal.code) { try await scene.exchange(code) }
            await #expect(throws: SignIn.Refusal.wrong) {
                try await signIn("mika", password: "correct horse battery", from: .loopback, now: Date())
            }
        }
    }
}
