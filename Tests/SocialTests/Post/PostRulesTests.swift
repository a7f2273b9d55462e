import Social
import Testing
import Wire

struct PostRulesTests {
    private static let (author, other) = (ActorID(rawValue: 1), ActorID(rawValue: 2))

    /// What a post's visibility makes of a wish, for its author and for another; nil where nobody may.
    static let boosts: [(Visibility, Visibility, author: Visibility?, other: Visibility?)] = [
        (.public, .public, .public, .public), (.public, .unlisted, .unlisted, .unlisted),
        (.public, .followers, .followers, .followers), (.public, .direct, nil, nil),
        (.unlisted, .public, .unlisted, .unlisted), (.unlisted, .unlisted, .unlisted, .unlisted),
        (.unlisted, .followers, .followers, .followers), (.unlisted, .direct, nil, nil),
        (.followers, .public, .followers, nil), (.followers, .unlisted, .followers, nil),
        (.followers, .followers, .followers, nil), (.followers, .direct, .followers, nil),
        (.direct, .public, nil, nil), (.direct, .unlisted, nil, nil), (.direct, .followers, nil, nil),
        (.direct, .direct, nil, nil),
    ]

    @Test("Nothing reaches further by being passed on than its author let it", arguments: boosts)
    func passesOn(visibility: Visibility, wished: Visibility, author: Visibility?, other: Visibility?) throws {
        let post = try post(visibility)
        #expect(PostRules.visibilityOfBoost(post, by: Self.author, wished: wished) == author)
        #expect(PostRules.visibilityOfBoost(post, by: Self.other, wished: wished) == other)
    }

    @Test("Authors pin what they wrote, unless it is for somebody alone", arguments: Visibility.allCases)
    func pins(visibility: Visibility) throws {
        let post = try post(visibility)
        #expect(PostRules.canPin(post, by: Self.author) == (visibility != .direct))
        #expect(!PostRules.canPin(post, by: Self.other))
    }

    @Test func onlyTwoAreOpen() {
        #expect(Visibility.allCases.filter(\.isOpen) == [.public, .unlisted])
    }
}
