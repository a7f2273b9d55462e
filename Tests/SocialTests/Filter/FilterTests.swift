import Foundation
import Social
import Testing
import Wire

struct FilterTests {
    private func filter(_ keyword: String, isWholeWord: Bool, post: Int64 = 9) -> Filter {
        Filter(
            id: 1, title: "t", contexts: [.home], action: .warn, endsAt: nil,
            keywords: [Filter.Keyword(id: 1, text: keyword, isWholeWord: isWholeWord)],
            posts: [Filter.FilteredPost(id: 1, post: PostID(rawValue: post))])
    }

    @Test(arguments: [
        ("cat", false, "a CATalogue", true), ("cat", true, "a catalogue", false), ("cat", true, "The Cat.", true),
        ("cat", true, "concat cat", true), ("cat", true, "tomcat", false), ("cat", true, "cat", true),
        ("#cat", true, "see #cats", false), ("#cat", true, "see #cat!", true), ("c++", true, "I like c++", true),
        ("ÜBER", false, "darüber", true), ("über", true, "darüber", false), ("über", true, "über uns", true),
        ("two words", true, "Two Words here", true), ("longer than the text", false, "short", false), ("x", false, "", false),
    ])
    func `a keyword is found whatever its letter case, and as a whole word only where that is asked for`(
        _ keyword: String, _ isWholeWord: Bool, _ text: String, _ isFound: Bool
    ) {
        let match = filter(keyword, isWholeWord: isWholeWord).match(PostID(rawValue: 1), saying: FilteredWords([text]))
        #expect((match?.keywords == [keyword]) == isFound)
        #expect((match == nil) == !isFound)
    }

    @Test func `keywords are found in each part of a post, and in no two together`() {
        let words = FilteredWords(["one", "two"])
        #expect(filter("two", isWholeWord: true).match(PostID(rawValue: 1), saying: words) != nil)
        #expect(filter("onetwo", isWholeWord: false).match(PostID(rawValue: 1), saying: words) == nil)
    }

    @Test func `a post is filtered by its number whatever it says`() {
        let match = filter("x", isWholeWord: true, post: 7).match(PostID(rawValue: 7), saying: FilteredWords(["y"]))
        #expect(match?.isNamed == true && match?.keywords == [])
    }

    @Test func `a long text with a near miss at each place takes no long time`() {
        let keyword = String(repeating: "a", count: 199) + "b"
        func time(letters: Int) -> Duration {
            let words = FilteredWords([String(repeating: "a", count: letters)])
            return ContinuousClock().measure {
                #expect(filter(keyword, isWholeWord: false).match(PostID(rawValue: 1), saying: words) == nil)
            }
        }
        // In proportion to its length; with its square it would take a hundred times as long.
        #expect(time(letters: 100_000) < max(.milliseconds(100), time(letters: 10_000)) * 40)
    }

    @Test func `a draft names each field that is wrong`() {
        let error = #expect(throws: InvalidFields.self) {
            _ = try FilterDraft(title: " ", contexts: ["home", "nowhere"], action: "blur").checked()
        }
        #expect(error?.errors.map(\.field) == ["title", "context", "filter_action"])
        #expect(throws: FieldError.self) { try FilterDraft.checked(keyword: "  ") }
    }
}
