import Social
import Testing
import Wire

struct ProfileChangeTests {
    private func fields(_ set: (inout ProfileChange) -> Void) -> [String] {
        var change = ProfileChange()
        set(&change)
        do {
            try change.checked()
            return []
        } catch {
            return error.errors.map(\.field)
        }
    }

    @Test func nothingIsAChange() { #expect(fields { _ in } == []) }

    @Test(
        "A name is one line of at most 100 characters",
        arguments: [
            ("", true), ("Ann", true), (String(repeating: "x", count: 100), true),
            (String(repeating: "x", count: 101), false),
            ("a\nb", false), ("a\r\nb", false), ("a\u{2028}b", false), ("a\u{0}b", false), ("a\u{1B}b", false),
            ("e" + String(repeating: "\u{301}", count: 100), false),
        ])
    func names(name: String, isRight: Bool) {
        #expect(fields { $0.name = name } == (isRight ? [] : ["name"]))
    }

    @Test(arguments: [("", true), ("a\nb", true), (String(repeating: "x", count: 5001), false), ("a\u{0}b", false)])
    func summaries(summary: String, isRight: Bool) {
        #expect(fields { $0.summary = summary } == (isRight ? [] : ["summary"]))
    }

    @Test("Fields have a name and a value within bounds; the wrong one is named")
    func profileFields() {
        let right = ProfileField(name: "Web", value: "")
        #expect(fields { $0.fields = [right] } == [])
        #expect(fields { $0.fields = Array(repeating: right, count: 16) } == [])
        #expect(fields { $0.fields = Array(repeating: right, count: 17) } == ["fields"])
        #expect(fields { $0.fields = [right, ProfileField(name: "", value: "x")] } == ["fields[1]"])
        let long = String(repeating: "x", count: 256)
        #expect(
            fields { $0.fields = [ProfileField(name: long, value: ""), ProfileField(name: "a", value: long)] } == [
                "fields[0]", "fields[1]",
            ])
        #expect(fields { $0.fields = [ProfileField(name: "a", value: "\u{0}")] } == ["fields[0]"])
    }

    @Test func aliases() throws {
        let alias = try #require(URI("https://b.example/users/ann"))
        #expect(fields { $0.aliases = Array(repeating: alias, count: 16) } == [])
        #expect(fields { $0.aliases = Array(repeating: alias, count: 17) } == ["aliases"])
    }
}
