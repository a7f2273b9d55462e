import Testing

@testable import embed_schemas

struct SwiftSourceTests {
    @Test(arguments: [
        ("", "#"), ("select 1;\n", "#"), ("\"\"\"", "#"), ("\"\"\"#", "##"), ("a ## b \"\"\"### \\###(x)", "####"),
    ])
    func choosesADelimiterThatTheTextCannotEnd(_ text: String, _ hashes: String) {
        #expect(literal(text) == "\(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)")
    }

    @Test func escapesWhatTheCompilerWouldNormalise() {
        #expect(literal("a\r\nb\0\u{7f}\t") == "#\"\"\"\na\\#u{d}\nb\\#u{0}\\#u{7f}\t\n\"\"\"#")
    }

    @Test(arguments: ["sql/1-a.sql", "sql/0001-A.sql", "sql/0001.sql", "sql/0001-a.txt", "sql/more/0001-a.sql"])
    func refusesScriptsThatAreNotNamedInOrder(_ path: String) {
        #expect(throws: EmbeddingError.scriptName(path)) { try EmbeddedFile(path: path, bytes: []) }
    }

    @Test func refusesWhatIsNotUTF8() {
        #expect(throws: EmbeddingError.notUTF8("json/a.json")) { try EmbeddedFile(path: "json/a.json", bytes: [0xc0]) }
    }

    @Test func takesNoFilesToo() throws {
        #expect(swiftSource([]).contains("files: [(path: String, text: String)] = [\n    ]"))
        let file = try EmbeddedFile(path: "sql/0001-a.sql", bytes: Array("select 1".utf8))
        #expect(swiftSource([file]).contains("sql/0001-a.sql"))
    }
}
