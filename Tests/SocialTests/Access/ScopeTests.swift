import Social
import Testing
import Wire

@Suite struct ScopeTests {
    @Test(
        "reads lists in every spelling, each scope once",
        arguments: [
            ("read", [Scope.read]), ("read write", [.read, .write]), ("write,read", [.write, .read]),
            (" read ,, read  write ", [.read, .write]), ("read+write:statuses\nfollow", [.read, .writeStatuses, .follow]),
            ("read admin:read", [.read]),
        ])
    func reads(text: String, scopes: [Scope]) throws {
        #expect(try Scope.list(text) == scopes)
    }

    @Test("an unknown scope is named", arguments: ["admin", "READ", "read:sessions", "write:", "re\u{301}ad"])
    func refuses(word: String) {
        let error = #expect(throws: FieldError.self) { try Scope.list("read \(word)") }
        #expect(error?.field == "scopes")
        #expect(error?.message.hasPrefix("'\(word)' is not a scope. Use read, read:accounts, ") == true)
    }

    @Test("no scope is no list", arguments: ["", " ", " , ,"])
    func refusesNothing(text: String) {
        #expect(throws: FieldError(field: "scopes", message: "Name at least one scope.")) { try Scope.list(text) }
    }

    @Test func longWordsAreCut() {
        let error = #expect(throws: FieldError.self) { try Scope.list(String(repeating: "x", count: 1_000_000)) }
        #expect(error?.message.utf8.count ?? .max < 1000)
    }

    @Test(
        "A scope covers what stands below it, and nothing else",
        arguments: [
            (Scope.read, Scope.readStatuses, true), (.read, .write, false), (.read, .writeStatuses, false),
            (.read, .profile, true), (.readStatuses, .read, false), (.readStatuses, .readLists, false),
            (.write, .writeMedia, true), (.write, .readMutes, false), (.follow, .writeBlocks, true),
            (.follow, .readFollows, true), (.follow, .writeStatuses, false), (.push, .read, false),
            (.profile, .readAccounts, false), (.readAccounts, .profile, true), (.writeLists, .writeLists, true),
        ])
    func covers(scope: Scope, wanted: Scope, expected: Bool) {
        #expect(scope.covers(wanted) == expected)
        #expect([scope].cover(wanted) == expected)
    }
}
