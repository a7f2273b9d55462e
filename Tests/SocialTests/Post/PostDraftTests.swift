import Foundation
import Social
import Testing
import Wire

struct PostDraftTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func fields(_ draft: PostDraft) -> [String] {
        do {
            try draft.checked(now: Self.now)
            return []
        } catch {
            return error.errors.map(\.field)
        }
    }

    private func draft(_ text: String = "Hello", with change: (inout PostDraft) -> Void = { _ in }) -> PostDraft {
        var draft = PostDraft(text)
        change(&draft)
        return draft
    }

    private func picture() throws -> Social.Attachment {
        Social.Attachment(url: try #require(URI("https://files.example/1.png")), mediaType: "image/png")
    }

    @Test("A post says, shows or asks something")
    func isSomething() throws {
        for text in ["", " ", "\n\t\u{2003}"] { #expect(fields(draft(text)) == ["text"]) }
        #expect(fields(draft("x")) == [])
        let picture = try picture()
        #expect(fields(draft("") { $0.attachments = [picture] }) == [])
        #expect(fields(draft("") { $0.poll = .init(options: ["A", "B"], seconds: 600) }) == [])
        #expect(fields(draft("") { $0.media = [MediaID(rawValue: 1)] }) == [])
        #expect(fields(draft("") { $0.media = [] }) == ["text"])
    }

    @Test("Four uploads at most, each once, and none with a poll")
    func media() {
        let ids = (1...5).map { MediaID(rawValue: $0) }
        #expect(fields(draft { $0.media = Array(ids.prefix(4)) }) == [])
        #expect(fields(draft { $0.media = ids }) == ["media_ids"])
        #expect(fields(draft { $0.media = [ids[0], ids[0]] }) == ["media_ids"])
        #expect(fields(draft { $0.mediaChanges = [ids[0]: MediaChange(focus: .init(x: 2, y: 0))] }) == ["focus"])
        let poll = PostDraft.PollDraft(options: ["A", "B"], seconds: 600)
        #expect(fields(draft { ($0.media, $0.poll) = ([ids[0]], poll) }) == ["poll"])
    }

    @Test("Lengths count in scalars, so that no composition of characters escapes them")
    func lengths() {
        #expect(fields(draft(String(repeating: "x", count: 5000))) == [])
        #expect(fields(draft(String(repeating: "x", count: 5001))) == ["text"])
        #expect(fields(draft("e" + String(repeating: "\u{301}", count: 5000))) == ["text"])
        for (count, isRight) in [(200, true), (201, false)] {
            #expect(fields(draft { $0.title = String(repeating: "t", count: count) }) == (isRight ? [] : ["title"]))
        }
        for (count, isRight) in [(500, true), (501, false)] {
            #expect(fields(draft { $0.warning = String(repeating: "w", count: count) }) == (isRight ? [] : ["warning"]))
        }
    }

    @Test("What the database could not keep is refused where it stands")
    func noNUL() {
        #expect(fields(draft("a\u{0}b")) == ["text"])
        #expect(fields(draft { $0.title = "a\u{0}" }) == ["title"])
        #expect(fields(draft { $0.warning = "\u{0}" }) == ["warning"])
        #expect(fields(draft { $0.poll = .init(options: ["A", "B\u{0}C"], seconds: 600) }) == ["poll.options"])
    }

    @Test("Sixteen attachments at most")
    func attachments() throws {
        let picture = try picture()
        #expect(fields(draft { $0.attachments = Array(repeating: picture, count: 16) }) == [])
        #expect(fields(draft { $0.attachments = Array(repeating: picture, count: 17) }) == ["attachments"])
    }

    @Test(arguments: [
        ("en", true), ("pt-BR", true), ("gsw", true), ("zh-Hant-TW", true), ("", false), ("e", false),
        ("english", false),
        ("en-", false), ("-en", false), ("en_US", false), ("en-abcdefghi", false), ("é", false), ("en\u{0}", false),
        ("en-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaa", false),
    ])
    func languages(tag: String, isOne: Bool) {
        #expect(fields(draft { $0.language = tag }) == (isOne ? [] : ["language"]))
    }

    static let answers: [([String], Bool)] = [
        (["A", "B"], true), ((1...20).map(String.init), true), ([], false), (["A"], false),
        ((1...21).map(String.init), false), (["A", "A"], false), (["A", " A "], false), (["A", ""], false),
        (["A", " "], false), (["A", String(repeating: "b", count: 100)], true),
        (["A", String(repeating: "b", count: 101)], false),
    ]

    @Test("A poll has 2 to 20 different answers", arguments: answers)
    func polls(options: [String], isRight: Bool) {
        #expect(fields(draft { $0.poll = .init(options: options, seconds: 600) }) == (isRight ? [] : ["poll.options"]))
    }

    @Test(arguments: [(299, false), (300, true), (15_552_000, true), (15_552_001, false), (-1, false), (.max, false)])
    func pollTimes(seconds: Int, isRight: Bool) {
        let poll = PostDraft.PollDraft(options: ["A", "B"], seconds: seconds)
        #expect(fields(draft { $0.poll = poll }) == (isRight ? [] : ["poll.seconds"]))
    }

    @Test("An event has a title and ends after it begins; nothing is two things at once")
    func events() throws {
        let picture = try picture()
        func event(_ end: Date?) -> EventDetails {
            EventDetails(start: Self.now, end: end, zone: nil, place: nil, link: nil)
        }
        #expect(fields(draft { ($0.title, $0.event) = ("T", event(nil)) }) == [])
        #expect(fields(draft { ($0.title, $0.event) = ("T", event(Self.now.addingTimeInterval(1))) }) == [])
        #expect(fields(draft { ($0.title, $0.event) = ("T", event(Self.now)) }) == ["event.end"])
        #expect(fields(draft { $0.event = event(nil) }) == ["title"])
        let poll = PostDraft.PollDraft(options: ["A", "B"], seconds: 600)
        #expect(fields(draft { ($0.title, $0.event, $0.poll) = ("T", event(nil), poll) }) == ["poll"])
        #expect(fields(draft { ($0.attachments, $0.poll) = ([picture], poll) }) == ["poll"])
    }

    @Test("Everything that is wrong is told at once")
    func all() {
        let wrong = draft("") {
            $0.title = String(repeating: "t", count: 201)
            $0.warning = String(repeating: "w", count: 501)
            $0.language = "?"
        }
        #expect(fields(wrong) == ["text", "title", "warning", "language"])
    }
}
