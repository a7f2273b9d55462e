package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
package import Store
package import Wire

/// Mentors who suit somebody, each with the reasons for it.
package struct Suggestions: Sendable {
    /// Free times of a mentor elsewhere in a time, as far as they are remembered: nobody is asked for them.
    package typealias Remembered = @Sendable (
        _ mentor: ActorID, _ session: MatchSession, _ time: Range<Date>, _ asker: ActorID
    ) -> [Date]?

    private let database: Pool
    private let synonyms: Synonyms
    private let remembered: Remembered

    package init(database: Pool, synonyms: Synonyms = .shipped, remembered: @escaping Remembered = { _, _, _, _ in nil }) {
        self.database = database
        self.synonyms = synonyms
        self.remembered = remembered
    }

    /// What somebody asks for once; the rest they keep, or it is guessed.
    package struct Question: Sendable {
        package var given: WishesDraft.Given
        package var wishes: Wishes
        /// Name of the only session type that will do.
        package var type: String?
        /// Where alone the mentors may be.
        package var home: MentorSearch.Home?
        package var limit: Int

        package init(given: WishesDraft.Given = [], wishes: Wishes = Wishes(), type: String? = nil,
            home: MentorSearch.Home? = nil, limit: Int
        ) {
            self.given = given
            self.wishes = wishes
            self.type = type
            self.home = home
            self.limit = limit
        }
    }

    package struct Suggestion: Sendable {
        package let actor: Actor
        package let facts: MatchFacts
        package let session: MatchSession?
        package let match: Match
        /// Whether it is known when the mentor has time.
        package let areTimesKnown: Bool
    }

    package struct Found: Sendable {
        /// By which they were found.
        package let wishes: Wishes
        /// Whether these are not the person's own words.
        package let isGuessed: Bool
        /// The best first; of equals who became known first.
        package let suggestions: [Suggestion]
    }

    /// - Throws: `InvalidFields` for a session type that there is not.
    package func callAsFunction(_ question: Question, for account: Account, now: Date) async throws -> Found {
        let (reader, catalogue) = (account.actor.id, try await database.catalogue())
        if let type = question.type, catalogue[type]?.isOffered != true {
            let names = catalogue.offered.map(\.name).joined(separator: ", ")
            throw InvalidFields([FieldError(field: "type", message: "Choose one of \(names).")])
        }
        let kept = try await database.wishes(of: reader)
        let base = if let kept { kept } else { Wishes(guessedFrom: try await database.wishesBackground(of: reader)) }
        let wishes = base.replacing(with: question.given, by: question.wishes)
        let field = try await database.matchField(
            MatchSearch(
                reader: reader, wishes: wishes, terms: wishes.terms(synonyms), type: question.type, home: question.home),
            now: now)
        let candidates = field.candidates.compactMap { candidate -> (MatchCandidate, MatchSession?)? in
            let choice = MatchSession.choice(
                from: candidate.facts.profile, type: question.type, budget: wishes.budget, catalogue: catalogue)
            switch choice {
            case .session(let session): return (candidate, session)
            // What a mentor elsewhere gives can have other names there; of ours it would be known.
            case .unknown: return candidate.actor.isLocal ? nil : (candidate, nil)
            case .none: return nil
            }
        }
        let common = CommonTime(wishes, taken: try await ownTimes(of: reader, now: now), now: now)
        let times = try await times(of: candidates, in: common.time, for: reader, now: now)
        let suggestions = candidates.map { candidate, session in
            let times = times[candidate.actor.id] ?? .unknown
            let match = Match(
                candidate.facts, times: times, session: session, for: wishes, field.terms, common, now: now)
            return Suggestion(
                actor: candidate.actor, facts: candidate.facts, session: session, match: match,
                areTimesKnown: times.areKnown)
        }
        let sorted = suggestions.sorted {
            ($1.match.score, $0.actor.id.rawValue) < ($0.match.score, $1.actor.id.rawValue)
        }
        return Found(wishes: wishes, isGuessed: kept == nil, suggestions: Array(sorted.prefix(question.limit)))
    }

    /// What the mentee has to do in the days ahead.
    private func ownTimes(of reader: ActorID, now: Date) async throws -> [TakenTime] {
        // No session is longer than eight hours.
        let time = now.addingTimeInterval(-86_400)..<now.addingTimeInterval(CommonTime.reach + 86_400)
        return try await database.takenTimes(of: reader, in: time) + database.calendarTimes(of: reader, in: time)
    }

    private func times(
        of candidates: [(MatchCandidate, MatchSession?)], in time: Range<Date>, for reader: ActorID, now: Date
    ) async throws -> [ActorID: MatchFacts.Times] {
        var (times, ours): ([ActorID: MatchFacts.Times], [ActorID: (type: String, minutes: Int)]) = ([:], [:])
        for (candidate, session) in candidates {
            guard let session else { continue }
            if candidate.actor.isLocal {
                ours[candidate.actor.id] = (session.offer.type, session.minutes)
                times[candidate.actor.id] = .any
            } else if let starts = remembered(candidate.actor.id, session, time, reader) {
                times[candidate.actor.id] = .free(starts)
            }
        }
        for (mentor, search) in try await database.slotSearches(ours, in: time, for: reader, now: now) {
            times[mentor] = .free(search.starts(in: time))
        }
        return times
    }
}

extension MatchFacts.Times {
    fileprivate var areKnown: Bool {
        if case .unknown = self { return false }
        return true
    }
}
