import Testing

@testable import SafeText

/// Timed one after the other, so that they do not slow down each other.
@Suite(.serialized) struct CleaningTimeTests {
    static let units = [
        "<div>", "<a <a <a", "&", "<a href=\"", "<a" + String(repeating: " ", count: 50_000) + ">", "<blockquote>",
        "<ul>", "<b>x", "<a href=https://e.test>b.test<p>", "<b><i><u><s>x<p>", "<pre> ", "<", "<img alt=x>",
    ]

    /// Half a mebibyte, and the whole of what is read. A disturbed measurement is repeated.
    @Test("Twice the input takes about twice the time", arguments: units)
    func linear(unit: String) {
        let html = String(repeating: unit, count: (1 << 20) / unit.utf8.count + 1)
        let half = String(html[..<html.utf8.index(html.startIndex, offsetBy: 1 << 19)])
        #expect(takesTwice({ _ = cleanHTML(half) }, { _ = cleanHTML(html) }))
    }

    @Test("With room for everything, too", arguments: [
        "a ", "<b>x</b>", "<a href=https://e.test>b.test</a>", "<p>x", "<p><a href=https://e.test>x<p>",
    ])
    func linearWithoutCut(unit: String) {
        let half = String(repeating: unit, count: 5_000)
        #expect(takesTwice({ _ = cleanHTML(half, limit: 1 << 24) }, { _ = cleanHTML(half + half, limit: 1 << 24) }))
    }

    @Test("Reading what people write takes linear time", arguments: [
        "@", "#", "a.", "@a", "@a@", "@a.", "@a@b.", "@a@a.a:", "#a", "#\u{200C}", "http://", "https://a",
        "https://a.test/(", "https://a.test/x) ",
        ")", "h", "\n", "\n\n", "a ", "é", "@noor ", "#tag ", "https://e.test ",
    ])
    func linearReading(unit: String) {
        let half = String(repeating: unit, count: 25_000 / unit.utf8.count)
        let render = { (text: String) in
            _ = WrittenText(text).html(mentionAddress: { "https://\($0.handle)" }, hashtagAddress: { _ in "https://e.test" })
        }
        #expect(takesTwice({ render(half) }, { render(half + half) }))
    }

    private func takesTwice(_ half: () -> Void, _ whole: () -> Void) -> Bool {
        (0..<4).contains { _ in
            let seconds = (half: processorSeconds(half), whole: processorSeconds(whole))
            return seconds.whole < max(seconds.half, 0.01) * 3 && seconds.whole < 4
        }
    }
}
