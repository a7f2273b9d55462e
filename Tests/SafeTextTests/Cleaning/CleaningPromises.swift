import CorpusTesting

@testable import SafeText

/// What cleaning promises for foreign HTML, whatever it holds.
enum CleaningPromises {
    static func check(_ input: [UInt8]) throws {
        let html = String(decoding: input, as: UTF8.self)
        try checkCleaning(html, limit: 102_400)
        try checkCleaning(html, limit: input.count / 2)
        try checkPlainText(html, limit: 5_000)
        try checkPlainText(html, limit: input.count / 4)
        try checkTyped(html)
        try WritingPromises.check(html)
    }

    static func checkEffort(_ input: [UInt8]) throws {
        try Effort.check(input) { _ = cleanHTML(String(decoding: $0, as: UTF8.self)) }
        try Effort.check(input) { _ = plainText(fromHTML: String(decoding: $0, as: UTF8.self)) }
        try Effort.check(input) { WritingPromises.render(String(decoding: $0, as: UTF8.self)) }
    }

    private static func checkCleaning(_ html: String, limit: Int) throws {
        let clean = cleanHTML(html, limit: limit)
        try expect(clean.utf8.count <= limit, "longer than \(limit): \(clean)")
        let markup = try CleanMarkup(clean)
        try expect(markup.deepest <= 64, "too deep: \(clean)")
        let again = cleanHTML(clean, limit: limit)
        try expect(again.utf8.elementsEqual(clean.utf8), "\(clean.debugDescription) became \(again.debugDescription)")
    }

    private static func checkPlainText(_ html: String, limit: Int) throws {
        let text = plainText(fromHTML: html, limit: limit)
        try expect(text.unicodeScalars.count <= limit, "longer than \(limit): \(text)")
        try expect(cleanBlock(text).utf8.elementsEqual(text.utf8), "not clean: \(text.debugDescription)")
    }

    /// What is written as text comes out as it went in.
    private static func checkTyped(_ text: String) throws {
        let line = cleanLine(text)
        try expect(cleanLine(line).utf8.elementsEqual(line.utf8), "line: \(line.debugDescription)")
        let block = cleanBlock(text)
        try expect(cleanBlock(block).utf8.elementsEqual(block.utf8), "block: \(block.debugDescription)")
        let seen = try CleanMarkup(cleanHTML("<pre>\(HTML.escaped(text))</pre>", limit: .max)).text
        let words = { (text: String) in text.split(whereSeparator: \.isWhitespace) }
        try expect(words(seen) == words(block), "\(block.debugDescription) was shown as \(seen.debugDescription)")
    }
}
