/// Different names of one subject, so that who asks for `js` finds who knows `javascript`.
package struct Synonyms: Hashable, Sendable {
    /// What is wrong with a list of synonyms.
    package struct Mistake: Error, Hashable, CustomStringConvertible {
        package let line: Int

        package var description: String {
            "line \(line) is not a list of two or more names, such as: js, javascript, ecmascript"
        }
    }

    /// Words of the longest name that is looked for in a text.
    static let longest = 4
    private static let mostLines = 10_000

    private var groups: [String: [ExpertiseTag]] = [:]

    package init() {}

    /// Reads one subject a line, its names separated by commas; what follows `#` at the beginning of a line is for people.
    package init(_ text: String) throws(Mistake) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.drop { $0.isWhitespace }
            if line.isEmpty || line.first == "#" { continue }
            let words = line.split(separator: ",", omittingEmptySubsequences: false)
            let names = words.compactMap { ExpertiseTag(String($0)) }
            guard index < Self.mostLines, names.count == words.count, (2...20).contains(names.count) else {
                throw Mistake(line: index + 1)
            }
            add(names)
        }
    }

    /// The same with those of another list.
    package func adding(_ other: Synonyms) -> Synonyms {
        var all = self
        for (name, names) in other.groups { all.groups[name] = Self.united(all.groups[name] ?? [], names) }
        return all
    }

    /// The name first, then the others.
    package func names(of tag: ExpertiseTag) -> [ExpertiseTag] {
        Self.united([tag], groups[tag.text] ?? [])
    }

    func knows(_ name: String) -> Bool { groups[name] != nil }

    private mutating func add(_ names: [ExpertiseTag]) {
        for name in names { groups[name.text] = Self.united(groups[name.text] ?? [], names) }
    }

    private static func united(_ some: [ExpertiseTag], _ others: [ExpertiseTag]) -> [ExpertiseTag] {
        var seen = Set(some)
        return some + others.filter { seen.insert($0).inserted }
    }
}
