import Foundation
import Social
import TestSupport
import Testing

@testable import Federation

/// `FEDERATION.md` says what the running table of handlers takes, and nothing else.
struct FederationDocumentTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "FEDERATION.md")

    /// Names in backticks.
    private static func names(in text: Substring) -> [String] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    /// Patterns as the table of what is accepted has them: one row for each kind of activity, then the kinds of object.
    /// `post` and `actor` stand for the kinds that the text names below the table, `address` for a bare id.
    private static func documented() throws -> Set<String> {
        let text = try String(contentsOf: file, encoding: .utf8)
        let section = try #require(text.components(separatedBy: "### Accepted\n").dropFirst().first)
            .components(separatedBy: "\n### ")[0]
        let groups = Dictionary(
            section.split(separator: "\n").filter { $0.hasPrefix("- *") }.map { line in
                (String(line.dropFirst(3).prefix { $0 != "*" }), names(in: line))
            }, uniquingKeysWith: { first, _ in first })
        var found: Set<String> = []
        for row in section.split(separator: "\n") where row.hasPrefix("| `") {
            let cells = row.split(separator: "|")
            let words = cells[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            let objects = words.flatMap { word -> [String] in
                if word.hasPrefix("*") { return groups[word.trimmingCharacters(in: ["*"])] ?? ["?\(word)"] }
                return word == "address" ? ["id"] : names(in: Substring(word))
            }
            for verb in names(in: cells[0]) { found.formUnion(objects.map { "\(verb){\($0)}" }) }
        }
        return found
    }

    @Test func namesWhatIsAccepted() async throws {
        let documented = try Self.documented()
        try await withFederation { federation in
            let table = federation.desks.handlers(
                community: federation.community, domains: federation.domains, quota: FollowQuota(factor: 0))
            let running = Set(table.patterns.map(\.description))
            #expect(documented.subtracting(running).sorted() == [], "documented, but not taken")
            #expect(running.subtracting(documented).sorted() == [], "taken, but not documented")
        }
    }
}
