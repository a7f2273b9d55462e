import Foundation

/// One thing that somebody wants to get better at, with its other names.
package struct WishTerm: Hashable, Sendable {
    /// Words of goals that are looked for at most.
    static let mostWords = 8

    /// As it was asked for first.
    package let names: [ExpertiseTag]
    /// Whether it was named as a subject, and not met in the text of the goals.
    package let isSubject: Bool

    package init(names: [ExpertiseTag], isSubject: Bool) {
        self.names = names
        self.isSubject = isSubject
    }

    package var name: String { names.first?.text ?? "" }

    /// How much it counts beside the others.
    package var weight: Double { isSubject ? 2 : 1 }

    /// The names as PostgreSQL reads what people search for. Names such as `c++` are left out: of them its words keep the
    /// letters alone. nil where nothing remains.
    package var query: String? {
        let phrases = names.map(\.text).filter { name in
            name.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" } && name.contains(where: \.isLetter)
        }
        return phrases.isEmpty ? nil : phrases.map { "\"\($0)\"" }.joined(separator: " or ")
    }
}

extension Wishes {
    /// What mentors are looked for by: the subjects, then what the goals tell, each once.
    package func terms(_ synonyms: Synonyms) -> [WishTerm] {
        var (terms, seen): ([WishTerm], Set<ExpertiseTag>) = ([], [])
        func add(_ tag: ExpertiseTag, isSubject: Bool) {
            guard !seen.contains(tag) else { return }
            let names = synonyms.names(of: tag)
            seen.formUnion(names)
            terms.append(WishTerm(names: names, isSubject: isSubject))
        }
        for tag in expertise { add(tag, isSubject: true) }
        let most = terms.count + WishTerm.mostWords
        var words = Self.words(of: goals)[...]
        while !words.isEmpty, terms.count < most {
            // The longest name that somebody knows goes before its single words.
            let known = (2...Synonyms.longest).reversed().first { count in
                count <= words.count && synonyms.knows(words.prefix(count).joined(separator: " "))
            }
            let text = words.prefix(known ?? 1).joined(separator: " ")
            words = words.dropFirst(known ?? 1)
            guard let tag = ExpertiseTag(text), known != nil || synonyms.knows(text) || Self.tells(text) else { continue }
            add(tag, isSubject: false)
        }
        return terms
    }

    /// In lower case, without what stands between them; `c++` is one word, `reading+writing` are two.
    private static func words(of text: String) -> [String] {
        text.prefix(1000).lowercased().replacing(/\+(?=[^+\s])/, with: " ").split { !($0.isLetter || $0.isNumber || "+#.-/'’".contains($0)) }
            .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ".-/'’")) }.filter { !$0.isEmpty }
    }

    private static func tells(_ word: String) -> Bool { word.count > 2 && !commonplace.contains(word) }

    /// What goals say in whatever subject.
    private static let commonplace = Set(
        """
        able about advice after again all also always and any anybody anyone are around ask asking because become been becoming before begin beginner
        beginning being best better but can could did do does doing eventually everything find finding first for from
        future get getting give go goal goals going good great grow had has have having help helping her here his hope how idea ideas improve
        improving into its just keep know knowledge lack learn learning like little look looking lot love make making many
        maybe me mentor mentoring mentors more most much myself need needs new next not now off one only other our out over own
        people person please possible practice really right skill skills she some somebody someone something start starting
        step steps still sure such than thank thanks that the their them then there these they thing things think this those
        through time today together too tools topic under understand understanding use using very want wanted wants was way well were
        what when where which while who why will wish with within without work working would year years you your
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )
}
