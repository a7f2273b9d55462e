import Social
import Testing
import Wire

@Suite struct AccountDraftTests {
    private func draft(
        username: String = "ana", name: String = "Ana", email: String = "ana@school.example",
        password: String = "correct horse battery"
    ) throws(InvalidFields) -> AccountDraft {
        try AccountDraft(username: username, name: name, email: email, password: password)
    }

    private func wrongFields(_ make: () throws(InvalidFields) -> AccountDraft) -> [String] {
        do throws(InvalidFields) {
            _ = try make()
            return []
        } catch {
            return error.errors.map(\.field)
        }
    }

    @Test func takesAGoodDraft() throws {
        let draft = try draft(name: "  Ana María 🙂\u{3000}")
        #expect(draft.username == Username("ana"))
        #expect(draft.name == "Ana María 🙂")
        #expect(draft.email == "ana@school.example")
        #expect(draft.password == "correct horse battery")
        #expect(draft.role == .member)
    }

    @Test func reportsAllThatIsWrongAtOnce() {
        let fields = wrongFields { () throws(InvalidFields) in
            try draft(username: "A", name: String(repeating: "n", count: 101), email: "ana", password: "short")
        }
        #expect(fields == ["username", "name", "email", "password"])
    }

    @Test("password length counts bytes, at both ends", arguments: [
        (11, false), (12, true), (1024, true), (1025, false),
    ])
    func passwordLength(count: Int, isAllowed: Bool) {
        let fields = wrongFields { () throws(InvalidFields) in try draft(password: String(repeating: "p", count: count)) }
        #expect(fields == (isAllowed ? [] : ["password"]))
    }

    @Test("name is one line of at most 100 scalars", arguments: [
        ("", true), ("   ", true), (String(repeating: "é", count: 100), true), (String(repeating: "é", count: 101), false),
        ("a" + String(repeating: "\u{301}", count: 100), false), ("Ana\r\nBcc: eve@e.test", false), ("Ana\rX", false),
        ("Ana\0", false), ("Ana\u{2028}X", false), ("Ana\u{1B}[2J", false), ("Ana\u{85}X", false), ("%0d%0aBcc:", true),
    ])
    func nameLength(name: String, isAllowed: Bool) {
        let fields = wrongFields { () throws(InvalidFields) in try draft(name: name) }
        #expect(fields == (isAllowed ? [] : ["name"]))
    }

    @Test("takes addresses that everybody reads the same way", arguments: [
        "ana@school.example", "a@b.co", "Ana.Maria@School.Example", "ana+mentoring@school.example", "_ana@b.example",
        "a-b_c.9@x-y.z9.example", "9@9.example", "ana-@b.example", "ana@xn--bcher-kva.example",
        "\(String(repeating: "a", count: 64))@b.example", "ana@\(String(repeating: "b", count: 63)).example",
    ])
    func takesEmail(email: String) throws {
        #expect(try draft(email: email).email == email)
    }

    /// G09 of the security reference: each of these is another address, or none, to some mail program.
    @Test("refuses addresses that mailers read in different ways", arguments: [
        "", "@", "ana", "ana@", "@school.example", "ana@localhost", "\"a@allowed.example\"@evil.example",
        "\"ana\"@school.example", "a%evil.example@allowed.example", "a@evil.example(.allowed.example)",
        "(x)ana@school.example", "ana(x)@school.example", "evil.example!ana@school.example", "ana@a.example@b.example",
        "ana@a.example,b@b.example", "ana@a.example;b@b.example", "ana <ana@a.example>", "<ana@a.example>",
        "mailto:ana@a.example", "ana@[127.0.0.1]", "ana@127.0.0.1", "ana@[IPv6:::1]", "ana@1.2.3", " ana@a.example",
        "ana@a.example ", "a na@a.example", "ana@a .example", "ana\t@a.example", "ana@a.example\r\nBcc: eve@e.test",
        "ana\r\n@a.example", "ana@a.example\n", "ana\0@a.example", "ana@a.example\0", "ana\\@x@a.example", "ana\\ @a.example",
        ".ana@a.example", "ana.@a.example", "a..b@a.example", "-ana@a.example", "+ana@a.example", "ana@.a.example",
        "ana@a..example", "ana@a.example.", "ana@-a.example", "ana@a-.example", "ana@a_b.example", "ana@a%2eb.example",
        "ana=x@a.example", "ana'x@a.example", "ana/x@a.example", "ana`x`@a.example", "an\u{E1}@a.example",
        "ana@b\u{FC}cher.example", "\u{212A}@a.example", "ana\u{FF20}a.example", "ana\u{200B}@a.example",
        "\u{202E}ana@a.example", "=?utf-8?q?ana?=@a.example", "\(String(repeating: "a", count: 65))@b.example",
        "ana@\(String(repeating: "b", count: 64)).example", String(repeating: "a", count: 300),
        "ana@\(String(repeating: "b.", count: 122))example",
    ])
    func refusesEmail(email: String) {
        #expect(wrongFields { () throws(InvalidFields) in try draft(email: email) } == ["email"])
    }

    @Test func hugeInputIsRefused() {
        let huge = String(repeating: "a@", count: 500_000)
        let fields = wrongFields { () throws(InvalidFields) in
            try draft(username: huge, name: huge, email: huge, password: huge)
        }
        #expect(fields == ["username", "name", "email", "password"])
    }
}
