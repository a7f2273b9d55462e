/// What somebody wrote in a post, read as a command or as mere talk (federation profile 6.9): the first word decides,
/// and what could mean anything else is talk.
package struct Talk: Hashable, Sendable {
    /// Words in an answer; what is longer is talk, but for the reasons that follow a clear word.
    package static let mostWords = 5

    /// nil for talk.
    package let command: TalkCommand?
    /// The language of the word that decided, where only one has it.
    package let language: TalkLanguage?

    /// - Parameter text: plain text.
    package init(_ text: String) {
        let tokens = TalkTokens(text)
        guard let first = tokens.all.first else {
            (command, language) = (nil, nil)
            return
        }
        if let number = Self.number(in: tokens.all) {
            (command, language) = (.choose(number), nil)
            return
        }
        guard let known = TalkVocabulary.verb(first.plain) else {
            (command, language) = (nil, nil)
            return
        }
        command = Self.command(known.verb, tokens)
        language = known.language
    }

    private static func command(_ verb: TalkVocabulary.Verb, _ tokens: TalkTokens) -> TalkCommand? {
        switch verb {
        case .session: return session(tokens)
        case .help: return tokens.all.count == 1 ? .help : nil
        case .move: return dated(tokens, from: 1)
        case .another: return another(tokens)
        case _ where tokens.hasQuestion: return nil
        case .accept(let isStrong): return accept(tokens, isStrong)
        case .decline(strong: true): return leave(tokens).map(TalkCommand.decline)
        case .decline: return no(tokens)
        case .cancel: return leave(tokens).map(TalkCommand.cancel)
        }
    }

    private static func number(in tokens: [TalkTokens.Token]) -> Int? {
        guard let last = tokens.last, last.plain.utf8.count <= 2, let number = Int(last.plain),
            (1...20).contains(number)
        else { return nil }
        let isNamed = tokens.count == 2 && ["number", "option", "numero", "opcion", "nr"].contains(tokens[0].plain)
        return tokens.count == 1 || isNamed ? number : nil
    }

    private static func accept(_ tokens: TalkTokens, _ isStrong: Bool) -> TalkCommand? {
        let rest = tokens.all.dropFirst()
        guard tokens.all.count <= mostWords else { return nil }
        let isClear =
            isStrong
            ? rest.allSatisfy { !TalkVocabulary.hedges.contains($0.plain) }
            : rest.allSatisfy { TalkVocabulary.courtesies.contains($0.plain) }
        return isClear ? .accept : nil
    }

    /// The words for which somebody leaves: nil where it is talk.
    private static func leave(_ tokens: TalkTokens) -> String?? {
        guard let second = tokens.all.dropFirst().first else { return .some(nil) }
        let isClear =
            tokens.all.count <= mostWords || tokens.all[0].endsClause || TalkVocabulary.reasons.contains(second.plain)
        guard isClear else { return nil }
        return .some(tokens.text(from: 1))
    }

    private static func no(_ tokens: TalkTokens) -> TalkCommand? {
        let rest = tokens.all.dropFirst().map(\.plain)
        guard let second = rest.first else { return .decline(nil) }
        guard tokens.all.count <= mostWords, !rest.contains(where: TalkVocabulary.friendly.contains) else { return nil }
        let isSorry =
            TalkVocabulary.regrets.contains(second) || rest.prefix(2) == ["lo", "siento"]
            || rest.prefix(2) == ["i", "can't"] || rest.prefix(2) == ["i", "cannot"]
        return tokens.all[0].endsClause || isSorry ? .decline(tokens.text(from: 1)) : nil
    }

    private static func another(_ tokens: TalkTokens) -> TalkCommand? {
        guard tokens.all.count > 1, TalkVocabulary.times.contains(tokens.all[1].plain) else { return nil }
        if let command = dated(tokens, from: 2) { return command }
        guard tokens.all.count <= mostWords, !tokens.hasQuestion else { return nil }
        return .anotherTime(nil, tokens.text(from: 2))
    }

    /// A move to a time that stands from a place on.
    private static func dated(_ tokens: TalkTokens, from index: Int) -> TalkCommand? {
        let start = tokens.all[min(index, tokens.all.count)...].firstIndex { !TalkVocabulary.before.contains($0.plain) }
        guard let start, TalkTimeReader.isDay(tokens.all[start]) else { return nil }
        var reader = TalkTimeReader(tokens: tokens.all, position: start)
        do throws(TalkFault) {
            let time = try reader.time()
            return .anotherTime(time, tokens.text(from: reader.position))
        } catch {
            return .faulty(error)
        }
    }

    private static func session(_ tokens: TalkTokens) -> TalkCommand? {
        let start = tokens.all.dropFirst().firstIndex { !TalkVocabulary.before.contains($0.plain) }
        guard let start else { return .times }
        guard TalkTimeReader.isDay(tokens.all[start]) else { return nil }
        var reader = TalkTimeReader(tokens: tokens.all, position: start)
        do throws(TalkFault) {
            let time = try reader.time()
            let minutes = reader.minutes()
            return .book(time, minutes: minutes, topic: tokens.text(from: reader.position))
        } catch {
            return .faulty(error)
        }
    }
}
