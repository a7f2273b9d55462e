import Social
import Testing
import Wire

@Suite struct ScopeTests {
    @Test(
        "reads lists in every spelling, each scope once",
        arguments: [
            ("read", [Scope.read]), ("read write", [.read, .write]), ("write,read", [.write, .read]),
            (" read ,, read  write ", [.read, .write]),
        ])
    func reads(text: String, scopes: [Scope]) throws {
        #expect(try Scope.list(text) == scopes)
    }

    @Test("an unknown scope is named", arguments: ["admin", "READ", "read:sessions", "read\nwrite", "re\u{301}ad"])
    func refuses(word: String) {
        let error = #expect(throws: FieldError.self) { try Scope.list("read \(word)") }
        #expect(error?.field == "scopes")
        #expect(error?.message == "'\(word)' is not a scope. Use read, write.")
    }

    @Test("no scope is no list", arguments: ["", " ", " , ,"])
    func refusesNothing(text: String) {
        #expect(throws: FieldError(field: "scopes", message: "Name at least one scope.")) { try Scope.list(text) }
    }

    @Test func longWordsAreCut() {
        let error = #expect(throws: FieldError.self) { try Scope.list(String(repeating: "x", count: 1_000_000)) }
        #expect(error?.message.utf8.count ?? .max < 150)
    }
}
