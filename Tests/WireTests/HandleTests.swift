import Testing
import Wire

@Suite struct HandleTests {
    @Test(
        "reads every way in which people write a handle",
        arguments: [
            ("noor@b.test", "noor@b.test"), ("@noor@b.test", "noor@b.test"), ("acct:noor@b.test", "noor@b.test"),
            ("ACCT:@Noor@B.Test", "noor@b.test"), ("noor@b.test:443", "noor@b.test"), ("noor@b.test.", "noor@b.test"),
            ("noor@localhost:8080", "noor@localhost:8080"), ("a.b-c_d@b.test", "a.b-c_d@b.test"), ("_@b.test", "_@b.test"),
            ("9@xn--bcher-kva.test", "9@xn--bcher-kva.test"),
        ])
    func reads(text: String, description: String) throws {
        let handle = try #require(Handle(text))
        #expect(handle.description == description)
        #expect(Handle(description) == handle)
    }

    @Test(
        "refuses what is no handle",
        arguments: [
            "", "@", "noor", "@noor", "noor@", "@b.test", "@@b.test", "@@noor@b.test", "noor@b.test@e.test", "noor@@b.test",
            "noor@b.test/path", "noor@b.test?q", "noor@b.test#f", "noor@https://b.test", "noor@u:p@b.test",
            "noor @b.test", "noor@ b.test", " noor@b.test", "noor@b.test ", "noor@b.test\r\n", "no\r\nor@b.test",
            "noor@b.test:0", "noor@b..test", ".noor@b.test", "noor.@b.test", "-noor@b.test", "noor-@b.test",
            "no+or@b.test", "no%6fr@b.test", "no/or@b.test", "acct:acct:noor@b.test", "mailto:noor@b.test",
            "\u{212A}ofi@b.test", "noor@b\u{FC}cher.test", "noe\u{301}@b.test", "no\u{F6}r@b.test", "noor@b.te\u{17F}t",
            "noor\u{200B}@b.test", "\u{202E}noor@b.test", "noor\u{FF20}b.test",
        ])
    func refuses(text: String) {
        #expect(Handle(text) == nil)
    }

    @Test func nameHasAtMost64Bytes() {
        let name = String(repeating: "a", count: 64)
        #expect(Handle("\(name)@b.test")?.name == name)
        #expect(Handle("\(name)a@b.test") == nil)
        #expect(Handle(String(repeating: "@", count: 1_000_000)) == nil)
    }
}

@Suite struct UsernameTests {
    @Test("reads", arguments: ["a", "_", "9", "noor", "noor_2", "abcdefghijklmnopqrstuvwxyz_012"])
    func reads(text: String) throws {
        #expect(try #require(Username(text)).description == text)
        #expect(Handle.isName(text))
    }

    @Test(
        "refuses",
        arguments: [
            "", "Noor", "no or", "no-or", "no.or", "no@or", "noor\n", "no\u{F6}r", "\u{212A}", "noo\u{308}r", "../actor",
            "no%6fr", "abcdefghijklmnopqrstuvwxyz_0123",
        ])
    func refuses(text: String) {
        #expect(Username(text) == nil)
    }
}
