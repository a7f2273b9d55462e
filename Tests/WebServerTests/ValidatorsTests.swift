import Foundation
import JSONTree
import TestSupport
import Testing
import WebServer
import Wire

struct ValidatorsTests {
    private let answer = Answer.json(["a": 1]).publicly(seconds: 60)
    private let changed = Date(timeIntervalSince1970: 1_800_000_000.5)

    private func exchange(_ fields: [(name: String, value: String)]) -> Exchange {
        Exchange(method: "GET", target: "/", parameters: [:], query: [], fields: fields, body: [], grant: nil)
    }

    private func status(_ fields: [(name: String, value: String)], lastModified: Date? = nil) -> Int {
        answer.validated(against: exchange(fields), lastModified: lastModified).status
    }

    private var tag: String { answer.validated(against: exchange([])).field("etag") ?? "" }

    @Test("A tag is of the body alone: the same for the same, another for another")
    func tags() {
        #expect(tag.hasPrefix("W/\"") && tag.hasSuffix("\""))
        #expect(Answer(status: 200, body: answer.body).validated(against: exchange([])).field("etag") == tag)
        var tags: Set<String> = []
        for index in 0..<1000 {
            tags.insert(Answer.json(["a": .int(index)]).validated(against: exchange([])).field("etag") ?? "")
        }
        #expect(tags.count == 1000)
    }

    @Test("Whoever has this version gets no body, in every way to say so")
    func notModified() {
        for tags in [tag, "*", "W/\"x\", \(tag)", "\(tag),W/\"x\"", " \(tag)"] {
            #expect(status([("if-none-match", tags)]) == 304, "\(tags)")
        }
        for tags in ["", "W/\"x\"", "\"", "**", String(tag.dropFirst(2).dropLast())] {
            #expect(status([("if-none-match", tags)]) == 200, "\(tags)")
        }
        let known = answer.validated(against: exchange([("if-none-match", tag)]), lastModified: changed)
        #expect(known.body.isEmpty)
        #expect(known.field("content-type") == nil)
        #expect(known.field("etag") == tag)
        #expect(known.field("cache-control") == "public, max-age=60")
        #expect(known.field("vary") == answer.field("vary"))
        #expect(known.field("last-modified") == HTTPDate.format(changed))
    }

    @Test("A date is compared by the second", arguments: [(-1, 200), (0, 304), (1, 304), (86_400, 304)])
    func dates(seconds: Double, expected: Int) {
        let since = HTTPDate.format(changed.addingTimeInterval(seconds))
        #expect(status([("if-modified-since", since)], lastModified: changed) == expected)
        #expect(status([("if-modified-since", since)]) == 200)
    }

    @Test("A date that is none counts as absent", arguments: ["", "yesterday", "2027-01-15T08:00:00Z", "0"])
    func noDate(text: String) {
        #expect(status([("if-modified-since", text)], lastModified: changed) == 200)
    }

    @Test("The tag decides alone where it is there (RFC 9110 section 13.2.2)")
    func precedence() {
        let late = HTTPDate.format(changed.addingTimeInterval(1))
        let early = HTTPDate.format(changed.addingTimeInterval(-1))
        #expect(status([("if-none-match", "W/\"x\""), ("if-modified-since", late)], lastModified: changed) == 200)
        #expect(status([("if-none-match", tag), ("if-modified-since", early)], lastModified: changed) == 304)
    }

    @Test("What is no success is never taken as known", arguments: [404, 410, 500])
    func others(status: Int) {
        let answer = Answer.json(["a": 1], status: status)
        let tag = answer.validated(against: exchange([])).field("etag") ?? ""
        let again = answer.validated(against: exchange([("if-none-match", tag)]))
        #expect(again.status == status)
        #expect(again.body == answer.body)
    }
}
