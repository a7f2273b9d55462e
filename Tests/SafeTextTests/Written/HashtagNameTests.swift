import SafeText
import Testing

struct HashtagNameTests {
    @Test("However a hashtag is written, it is found by one name", arguments: [
        (["art", "Art", "ART", "#art", "＃ａｒｔ", "𝓪𝓻𝓽", "Ⓐⓡⓣ"], "art"),
        (["Straße", "STRASSE", "strasse", "STRAẞE", "ｓｔｒａßｅ"], "strasse"),
        (["Mädchen", "Ma\u{308}dchen", "MÄDCHEN"], "mädchen"), (["ΣΊΣΥΦΟΣ", "σίσυφος", "σίσυφοσ"], "σίσυφοσ"),
        (["ﬁre", "FIRE", "fire"], "fire"), (["ｶﾞｲﾄﾞ", "ガイド"], "ガイド"), (["한국", "\u{1112}\u{1161}\u{11AB}국"], "한국"),
        (["İzmir", "i\u{307}zmir"], "i\u{307}zmir"), (["ıstakoz"], "ıstakoz"), (["x²", "X2"], "x2"),
        (["می\u{200C}خواهم"], "می\u{200C}خواهم"), (["ᏣᎳᎩ", "ꮳꮃꭹ"], "ꮳꮃꭹ"), (["ſonne", "Sonne"], "sonne"),
    ])
    func oneName(spellings: [String], name: String) {
        for spelling in spellings {
            #expect(hashtagName(spelling).map { Array($0.unicodeScalars) } == Array(name.unicodeScalars), "\(spelling)")
        }
    }

    @Test("What is no hashtag has no name", arguments: [
        "", "#", "two words", "a\u{A0}b", "a#b", "a\nb", "a\0", "´", String(repeating: "a", count: 101),
        // One scalar that NFKC makes eighteen of.
        String(repeating: "\u{FDFA}", count: 6), String(repeating: "İ", count: 51),
        String(repeating: "e\u{301}", count: 3_000),
    ])
    func noName(written: String) {
        #expect(hashtagName(written) == nil)
    }

    @Test("The name of a name is the name, and upper and lower case have one")
    func stable() {
        for value in UInt32(0)..<0x3_0000 {
            guard let scalar = Unicode.Scalar(value), let name = hashtagName(String(scalar)) else { continue }
            #expect(hashtagName(name).map { $0.unicodeScalars.elementsEqual(name.unicodeScalars) } == true, "\(value)")
            guard scalar != "ı" else { continue }
            #expect(hashtagName(scalar.properties.uppercaseMapping) == name, "\(value)")
            #expect(hashtagName(scalar.properties.lowercaseMapping) == name, "\(value)")
        }
    }

    @Test("Hashtags in a text are found by name and shown as they were written")
    func inText() {
        let text = WrittenText("#Straße and #STRASSE, #ＡＲＴ")
        #expect(text.hashtags.map(\.name) == ["strasse", "art"])
        #expect(
            text.html(mentionAddress: { _ in nil }, hashtagAddress: { "https://a.example/tags/\($0.name)" })
                .contains("tags/strasse\" class=\"mention hashtag\" rel=\"tag\">#<span>Straße</span>"))
    }
}
