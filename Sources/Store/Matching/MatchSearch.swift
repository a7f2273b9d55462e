package import Mentoring
import PostgreSQL
package import Social
package import Wire

/// For whom mentors are looked for, and by what.
package struct MatchSearch: Sendable {
    /// Candidates who are looked at more closely.
    package static let most = 60
    /// Of everybody who has one of the terms, at most so many of each way to find them.
    static let pool = 300
    /// How far along the shelves, and along the next free times, mentors are looked at one by one.
    static let along = 800

    package let reader: ActorID
    package let wishes: Wishes
    package let terms: [WishTerm]
    /// The only session type that will do; nil is any.
    package let type: String?
    /// Where alone they may be.
    package let home: MentorSearch.Home?

    package init(
        reader: ActorID, wishes: Wishes, terms: [WishTerm], type: String? = nil, home: MentorSearch.Home? = nil
    ) {
        self.reader = reader
        self.wishes = wishes
        self.terms = terms
        self.type = type
        self.home = home
    }
}

/// A mentor who may suit somebody.
package struct MatchCandidate: Sendable {
    package let actor: Actor
    package let facts: MatchFacts
}

/// What a search found, and the terms by which it looked: those that say something.
package struct MatchField: Sendable {
    package let terms: [WishTerm]
    package let candidates: [MatchCandidate]
}

/// The terms as the database reads them, one array for each column.
struct MatchTerms {
    let kept: [WishTerm]
    let names: [String]
    let loose: [String?]
    let exact: [String?]
}

extension MatchSearch {
    /// Who is a match at all: everybody else never appears.
    var conditions: [SQL] {
        var conditions: [SQL] = [
            "is_published and is_accepting and gone_at is null and suspended_at is null and \(SQL.isOfOpenHost)",
            "actors.id <> \(reader) and not \(SQL.isFull)",
            """
            not exists (select from blocks where (blocker_id = \(reader) and blocked_id = actors.id)
                or (blocker_id = actors.id and blocked_id = \(reader)))
            """,
            """
            not exists (select from mutes where muter_id = \(reader) and muted_id = actors.id
                and (ends_at is null or ends_at > now()))
            """,
            "not exists (select from domain_mutes where account_id = \(reader) and domain_mutes.domain = actors.domain)",
            // Whom they have asked already is no suggestion.
            """
            not exists (select from sessions where mentor_id = actors.id and mentee_id = \(reader)
                and status in ('pending', 'scheduled'))
            """,
            isAdmitted,
        ]
        if let home { conditions.append(home.condition) }
        if let gift { conditions.append("gives @> array[\(gift)::text]") }
        return conditions
    }

    /// As it stands in `mentor_profiles.gives`.
    private var gift: String? {
        let isFree = wishes.budget == .free
        return type.map { "\(isFree ? "free" : "type") \($0)" } ?? (isFree ? "free" : nil)
    }

    /// By `Audience.admits`.
    private var isAdmitted: SQL {
        """
        case audience when 'anyone' then true when 'nobody' then false
            else exists (select from follows
                    where follower_id = actors.id and followed_id = \(reader) and state = 'accepted')
                or exists (select from sessions
                    where ((mentee_id = \(reader) and mentor_id = actors.id)
                        or (mentee_id = actors.id and mentor_id = \(reader))) and agreement_activity is not null)
                or (audience = 'followers' and exists (select from follows
                    where follower_id = \(reader) and followed_id = actors.id and state = 'accepted'))
            end
        """
    }
}
