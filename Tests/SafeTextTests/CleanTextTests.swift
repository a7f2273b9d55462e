import SeededRandom
import Testing

@testable import SafeText

@Suite struct CleanTextTests {
    @Test("One line", arguments: [
        ("Noor", "Noor"), ("  Noor  ", "Noor"), ("Noor\n\tAli", "Noor Ali"),
        ("Noor \u{A0}\u{2003}\u{3000} Ali", "Noor Ali"), ("", ""), (" \n\u{200B}", ""),
        ("a\r\nb\u{2028}c\u{85}d", "a b c d"),
        ("\u{2800}\u{2800}", ""), ("\u{3164}\u{115F}\u{FFA0}", ""), ("a\u{0}b\u{7}c\u{7F}d\u{9B}e", "abcde"),
        ("admin\u{0}x", "adminx"),
    ])
    func line(text: String, clean: String) {
        #expect(cleanLine(text).utf8.elementsEqual(clean.utf8))
    }

    @Test("Several lines", arguments: [
        ("a\nb", "a\nb"), ("a\r\nb\rc\u{2029}d", "a\nb\nc\nd"), ("\n\n a \n\n\n\n b \n\n", "a\n\n b"),
        ("a  \n  b  c", "a\n  b  c"), ("a\tb", "a b"), (" \n \n", ""), ("a\n \t \nb", "a\n\nb"),
    ])
    func block(text: String, clean: String) {
        #expect(cleanBlock(text).utf8.elementsEqual(clean.utf8))
    }

    @Test("Hidden characters go", arguments: [
        0x00, 0x08, 0x1B, 0x7F, 0x9F, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180E, 0x200B, 0x200C, 0x200D,
        0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2061, 0x2064,
        0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFB, 0xFDD0, 0xFFFE,
        0xFFFF, 0x1BCA0, 0x1D173, 0x1FFFE, 0xE0001, 0xE0041, 0xE007F, 0x10FFFF,
    ] as [UInt32])
    func hidden(code: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(code))
        for text in ["a\(scalar)b", "\(scalar)ab", "ab\(scalar)", "\(scalar)a\(scalar)\(scalar)b\(scalar)"] {
            #expect(cleanLine(text).utf8.elementsEqual("ab".utf8))
            #expect(cleanBlock(text).utf8.elementsEqual("ab".utf8))
        }
    }

    @Test("What people write stays", arguments: [
        "José", "Jose\u{301}", "O'Brien-Łukasz", "山田太郎", "葛\u{E0100}城", "नमस्ते", "ക്\u{200D}", "ක්\u{200D}ර",
        "می\u{200C}خواهم", "עִבְרִית", "שָׁלוֹם", "ภาษาไทยที่", "Tiếng Việt", "ཧཱུྃ", "العربية", "मराठी",
        "👩\u{200D}🚀", "👩🏽\u{200D}🚀", "👨\u{200D}👩\u{200D}👧\u{200D}👦", "❤\u{FE0F}", "❤\u{FE0F}\u{200D}🔥",
        "🏳\u{FE0F}\u{200D}🌈", "🇵🇪", "1\u{FE0F}\u{20E3}", "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
        "¯\\_(ツ)_/¯", "a\u{301}\u{302}\u{303}\u{304}",
        "<b>&amp;", "€ ½ ™ …", "\u{FFFD}",
    ])
    func kept(text: String) {
        #expect(cleanLine(text).unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(cleanBlock(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test("Joiners, selectors and tags stay only where they shape something", arguments: [
        ("a\u{200D}b", "ab"), ("👩\u{200D}", "👩"), ("\u{200D}🚀", "🚀"), ("👩\u{200D}\u{200D}🚀", "👩\u{200D}🚀"),
        ("👩\u{200D}a", "👩a"), ("ක්\u{200D}\u{200D}ර", "ක්\u{200D}ර"), ("1\u{200D}2", "12"),
        ("a\u{FE0F}\u{FE0F}\u{FE0E}b", "a\u{FE0F}b"), ("\u{FE0F}a", "a"),
        ("a\u{E0041}b", "ab"),
        ("🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}\u{E0041}\u{E0042}", "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}"),
        ("😀\u{FE01}\u{FE02}\u{E0101}\u{E0102}", "😀\u{FE01}"),
    ])
    func joiners(text: String, clean: String) {
        #expect(cleanLine(text).unicodeScalars.elementsEqual(clean.unicodeScalars))
    }

    @Test func stacksOfMarksAreCut() {
        let zalgo = "Z" + String(repeating: "\u{335}", count: 50) + "a" + String(repeating: "\u{301}", count: 50)
        #expect(cleanLine(zalgo).unicodeScalars.count == 10)
        #expect(cleanLine("\u{301}\u{301}a").unicodeScalars.elementsEqual("a".unicodeScalars))
        #expect(cleanLine("a \u{301}b").unicodeScalars.elementsEqual("a b".unicodeScalars))
    }

    @Test("Cleaning twice is cleaning once", arguments: UInt64(0)..<20)
    func idempotent(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let telling: [Unicode.Scalar] = [
            " ", "\n", "\r", "\t", "a", "1", "\u{200C}", "\u{200D}", "\u{FE0F}", "\u{E0067}", "\u{1F3F4}",
            "\u{1F469}", "\u{1F680}", "\u{301}", "\u{20E3}", "\u{202E}", "\u{94D}", "\u{915}", "\u{645}", "\u{6CC}",
            "\u{64B}", "\u{0}", "\u{2800}", "\u{3000}",
        ]
        for _ in 0..<500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<20 {
                if let scalar = telling.randomElement(using: &generator) { text.append(scalar) }
            }
            let line = cleanLine(String(text))
            let block = cleanBlock(String(text))
            #expect(cleanLine(line).unicodeScalars.elementsEqual(line.unicodeScalars))
            #expect(cleanBlock(block).unicodeScalars.elementsEqual(block.unicodeScalars))
            #expect(!line.contains("\n"))
        }
    }
}
