/// What one of our people wrote for a post: lines in paragraphs, with the links, mentions and hashtags in them.
///
/// Reading takes time in proportion to the length of the text, whatever it holds.
package struct WrittenText: Hashable, Sendable {
    package enum Segment: Hashable, Sendable {
        case text(String)
        /// An `http` or `https` address, as it was written.
        case link(String)
        case mention(Mention)
        case hashtag(Hashtag)
    }

    package typealias Line = [Segment]

    /// `@name` or `@name@host[:port]`.
    package struct Mention: Hashable, Sendable {
        /// In lower case, of ASCII letters, digits, `_`, and `-` or `.` inside; at most 64 bytes.
        package let name: String
        /// Lower-case host with the port if one was written; nil for somebody of this community.
        package let domain: String?
        /// With the `@`.
        package let written: String

        /// `name` or `name@domain`: the same for each spelling of one mention.
        package var handle: String { domain.map { "\(name)@\($0)" } ?? name }
    }

    /// `#tag`: letters, marks, digits and `_` of any script, at least one letter, at most 100 scalars.
    package struct Hashtag: Hashable, Sendable {
        /// By which the hashtag is found: ``hashtagName(_:)``.
        package let name: String
        /// Without the `#`.
        package let written: String
    }

    /// The rest of what looks like mentions stays text.
    package static let mostMentions = 20
    /// The rest of what looks like hashtags stays text.
    package static let mostHashtags = 50

    /// None of them, none of their lines and no segment of text is empty.
    package let paragraphs: [[Line]]
    /// Each once, in the order of the text.
    package let mentions: [Mention]
    /// Each once, in the order of the text, as it was written first.
    package let hashtags: [Hashtag]

    /// Reads `text` after ``cleanBlock(_:)``.
    package init(_ text: String) {
        var mentions = FirstOnes<Mention>(most: Self.mostMentions)
        var hashtags = FirstOnes<Hashtag>(most: Self.mostHashtags)
        paragraphs = cleanBlock(text).split(separator: "\n", omittingEmptySubsequences: false)
            .split(whereSeparator: \.isEmpty)
            .map { lines in
                lines.map { line in
                    var scanner = WrittenLineScanner(line)
                    return scanner.segments { segment in
                        switch segment {
                        case .text, .link: true
                        case .mention(let mention): mentions.admit(mention, as: mention.handle)
                        case .hashtag(let hashtag): hashtags.admit(hashtag, as: hashtag.name)
                        }
                    }
                }
            }
        self.mentions = mentions.values
        self.hashtags = hashtags.values
    }
}

/// Values in their order, each once, up to a number.
private struct FirstOnes<Value> {
    let most: Int
    private(set) var values: [Value] = []
    private var keys: Set<String> = []

    init(most: Int) {
        self.most = most
    }

    /// Whether `value` is, or now became, one of them.
    mutating func admit(_ value: Value, as key: String) -> Bool {
        if keys.contains(key) { return true }
        guard values.count < most else { return false }
        keys.insert(key)
        values.append(value)
        return true
    }
}
