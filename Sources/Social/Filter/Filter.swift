package import Foundation
package import Wire

/// Words and posts that somebody does not want to read, or only after a warning.
package struct Filter: Hashable, Sendable {
    /// Where it counts.
    package enum Context: String, CaseIterable, Sendable {
        case home, notifications, `public`, thread, account
    }

    package enum Action: String, CaseIterable, Sendable {
        case warn, hide
    }

    package struct Keyword: Hashable, Sendable {
        package let id: Int64
        package let text: String
        /// Whether it must stand alone, and not be part of a longer word.
        package let isWholeWord: Bool

        package init(id: Int64, text: String, isWholeWord: Bool) {
            self.id = id
            self.text = text
            self.isWholeWord = isWholeWord
        }
    }

    /// A post that is filtered whatever it says.
    package struct FilteredPost: Hashable, Sendable {
        package let id: Int64
        package let post: PostID

        package init(id: Int64, post: PostID) {
            self.id = id
            self.post = post
        }
    }

    package let id: Int64
    package let title: String
    package let contexts: Set<Context>
    package let action: Action
    /// After that it does nothing any more, and is kept.
    package let endsAt: Date?
    package let keywords: [Keyword]
    package let posts: [FilteredPost]

    package init(
        id: Int64, title: String, contexts: Set<Context>, action: Action, endsAt: Date?, keywords: [Keyword],
        posts: [FilteredPost]
    ) {
        self.id = id
        self.title = title
        self.contexts = contexts
        self.action = action
        self.endsAt = endsAt
        self.keywords = keywords
        self.posts = posts
    }

    package static let mostTitle = 200
    package static let mostKeyword = 200
    /// Of one person, and keywords of one filter.
    package static let most = 100
}

extension Filter {
    /// What a filter found in a post.
    package struct Match: Sendable {
        package let filter: Filter
        /// The keywords that stand in it.
        package let keywords: [String]
        /// Whether the post is filtered by itself.
        package let isNamed: Bool
    }

    /// Nil when it has nothing against the post.
    package func match(_ post: PostID, saying words: FilteredWords) -> Match? {
        let found = keywords.filter { words.contain($0) }.map(\.text)
        let isNamed = posts.contains { $0.post == post }
        return found.isEmpty && !isNamed ? nil : Match(filter: self, keywords: found, isNamed: isNamed)
    }
}

/// The words of a post as filters read them: in lower case, whatever they are written in.
package struct FilteredWords: Sendable {
    private let text: [UInt8]

    /// - Parameter parts: plain texts of the post, all that a reader sees.
    package init(_ parts: [String]) { text = Array(parts.joined(separator: "\n").lowercased().utf8) }

    /// Linear in the length of the text for each keyword of ordinary length.
    func contain(_ keyword: Filter.Keyword) -> Bool {
        let wanted = Array(keyword.text.lowercased().utf8)
        guard let first = wanted.first, wanted.count <= text.count else { return false }
        for start in 0...(text.count - wanted.count) where text[start] == first {
            let end = start + wanted.count
            guard text[start..<end].elementsEqual(wanted) else { continue }
            if !keyword.isWholeWord || (isEdge(at: start) && isEdge(at: end)) { return true }
        }
        return false
    }

    /// Whether no word goes on across a place: where a keyword begins or ends with a sign, there is nothing to go on.
    private func isEdge(at place: Int) -> Bool {
        guard place > 0, place < text.count else { return true }
        return !(Self.isPartOfWord(text[place - 1]) && Self.isPartOfWord(text[place]))
    }

    /// Bytes of letters outside ASCII count as letters.
    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
