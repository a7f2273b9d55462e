import Foundation
import Keys
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

struct SignInTests {
    private static let password = "correct horse battery"

    private func withSignIn(_ body: (SignIn, BrowserSessions, Account) async throws -> Void) async throws {
        try await withCommunity { home in
            let hasher = PasswordHasher()
            let draft = try AccountDraft(
                username: "mika", name: "Mika", email: "Mika@mail.example", password: Self.password)
            let mika = try await OpenAccount(database: home.database, community: home.community, hasher: hasher)(draft)
            try await body(
                SignIn(database: home.database, hasher: hasher), BrowserSessions(database: home.database), mika)
        }
    }

    @Test("A username or an address opens a session", arguments: ["mika", " @Mika ", "mika@MAIL.example"])
    func opens(name: String) async throws {
        try await withSignIn { signIn, sessions, mika in
            let secret = try await signIn(name, password: Self.password, from: .loopback, now: Date())
            #expect(try await sessions.account(of: secret)?.actor.id == mika.actor.id)
            try await sessions.end(secret)
            #expect(try await sessions.account(of: secret) == nil)
        }
    }

    @Test("Whoever is not there and who is wrong hear the same")
    func tellsNothing() async throws {
        try await withSignIn { signIn, _, _ in
            for (name, password) in [
                ("mika", "wrong password!"), ("nobody", Self.password), ("", ""), ("mika", ""),
                ("mika", String(repeating: "a", count: 5000)), ("mika@mail.example' or true --", Self.password),
            ] {
                await #expect(throws: SignIn.Refusal.wrong) {
                    try await signIn(name, password: password, from: .loopback, now: Date())
                }
            }
        }
    }

    @Test("After ten attempts on one account the right password has to wait, too")
    func limitsAttempts() async throws {
        try await withSignIn { signIn, _, _ in
            let now = Date()
            for _ in 0..<10 { _ = try? await signIn("mika", password: "no", from: .loopback, now: now) }
            await #expect {
                _ = try await signIn("MIKA", password: Self.password, from: .loopback, now: now)
            } throws: { error in
                if case SignIn.Refusal.tooOften(let wait) = error { (1...300).contains(wait) } else { false }
            }
            _ = try await signIn("mika", password: Self.password, from: .loopback, now: now.addingTimeInterval(301))
        }
    }

    @Test("One client cannot try all accounts")
    func limitsClients() async throws {
        try await withSignIn { signIn, _, _ in
            let now = Date()
            for number in 0..<25 { _ = try? await signIn("p\(number)", password: "", from: .loopback, now: now) }
            await #expect(throws: SignIn.Refusal.self) {
                _ = try await signIn("mika", password: Self.password, from: .loopback, now: now)
            }
            let elsewhere = try #require(IPAddress("127.0.0.9"))
            _ = try await signIn("mika", password: Self.password, from: elsewhere, now: now)
        }
    }
}
