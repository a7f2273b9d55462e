package import Foundation
import JSONTree
package import Mentoring
package import PostgreSQL
package import Wire

/// How a session is named: by our id, by the ids of its Event or Invite, or by the mentor's Accept that binds it.
package enum SessionReference: Hashable, Sendable {
    case id(UUID)
    case event(URI)
    case invite(URI)
    case agreement(URI)
}

/// A list of a person's sessions.
package struct SessionFilter: Sendable {
    package var role: Role?
    package var status: SessionStatus?
    /// Only what is older than this number.
    package var before: Int64?
    package var limit: Int

    package init(role: Role? = nil, status: SessionStatus? = nil, before: Int64? = nil, limit: Int) {
        self.role = role
        self.status = status
        self.before = before
        self.limit = limit
    }
}

extension Queryable {
    package func session(_ reference: SessionReference) async throws -> Session? {
        try await row("select \(Session.columns) from sessions where \(reference.condition)").map(Session.init)
    }

    /// The session, held for change until the transaction ends.
    package func lockSession(_ reference: SessionReference) async throws -> Session? {
        try await row("select \(Session.columns) from sessions where \(reference.condition) for update")
            .map(Session.init)
    }

    /// A person's sessions, newest first, each with the number to page by.
    package func sessions(of actor: ActorID, _ filter: SessionFilter) async throws -> [(
        number: Int64, session: Session
    )] {
        let party: SQL =
            switch filter.role {
            case .mentee: "mentee_id = \(actor)"
            case .mentor: "mentor_id = \(actor)"
            case .clock, nil: "(mentee_id = \(actor) or mentor_id = \(actor))"
            }
        let found = try await rows(
            """
            select number, \(Session.columns) from sessions
            where \(party) and (\(filter.status)::text is null or status = \(filter.status))
                and number < coalesce(\(filter.before), 9223372036854775807)
            order by number desc limit \(filter.limit)
            """)
        return try found.map { (try $0.get("number"), try Session($0)) }
    }

    /// Whether nothing that the mentor has agreed to overlaps a time, the given session left aside.
    package func isFree(_ mentor: ActorID, during slot: Slot, except session: UUID) async throws -> Bool {
        try await row(
            """
            select from sessions
            where mentor_id = \(mentor) and id <> \(session) and status in ('pending', 'scheduled')
                and ((status = 'scheduled' and starts_at < \(slot.end)
                        and starts_at + make_interval(mins => minutes) > \(slot.start))
                    or (held_starts_at < \(slot.end)
                        and held_starts_at + make_interval(mins => held_minutes) > \(slot.start)))
            limit 1
            """) == nil
    }

    /// Lets one transaction at a time decide about a mentor's time.
    package func lockCalendar(of mentor: ActorID) async throws {
        _ = try await row(
            "select pg_advisory_xact_lock(hashtextextended('calendar ' || \(mentor.rawValue)::bigint, 0))")
    }

    /// Lets one transaction at a time decide about an address that may be new here.
    package func lockAddress(_ uri: URI) async throws {
        try await lockAddresses([uri])
    }

    /// The same for several at once, always in the same order, so that nobody waits for each other.
    package func lockAddresses(_ uris: [URI]) async throws {
        try await submit(
            """
            select pg_advisory_xact_lock(lock)
            from (select distinct hashtextextended(uri, 1) as lock
                from unnest(\(uris.map(\.string))::text[]) as given (uri)
                order by 1 offset 0) ordered
            """)
    }

    /// False when a session with the same Event or Invite is there already.
    package func insert(_ session: Session) async throws -> Bool {
        let values = session.values
        let inserted = try await execute(
            """
            insert into sessions (\(SQL.joined(values.map(\.column))))
            values (\(SQL.joined(values.map(\.value)))) on conflict do nothing
            """)
        return inserted == 1
    }

    package func update(_ session: Session) async throws {
        let assignments = session.values.map { SQL("\($0.column) = \($0.value)") }
        _ = try await execute("update sessions set \(SQL.joined(assignments)) where id = \(session.id)")
    }

    /// Gives the event's number.
    package func insert(_ event: SessionEvent, of session: UUID) async throws -> Int64 {
        let inserted = try await row(
            """
            insert into session_events (session_id, kind, role, at, revision, activity, detail)
            values (\(session), \(event.kind.label), \(event.by), \(event.at), \(event.revision), \(event.activity),
                \(event.detail.serializedText())::jsonb)
            returning id
            """)
        guard let inserted else { throw StoreError.nothingReturned }
        return try inserted.get("id")
    }

    /// The history of a session, oldest first.
    package func events(of session: UUID) async throws -> [RecordedEvent] {
        try await rows(
            """
            select id, kind, role, at, revision, activity, detail from session_events
            where session_id = \(session) order by id limit 500
            """
        ).map(RecordedEvent.init)
    }

    package func note(on session: UUID, by actor: ActorID) async throws -> String? {
        try await row("select text from session_notes where session_id = \(session) and actor_id = \(actor)")
            .map { try $0.get("text") }
    }

    /// Keeps a party's own note; an empty one is removed.
    package func setNote(_ text: String, on session: UUID, by actor: ActorID) async throws {
        if text.isEmpty {
            _ = try await execute("delete from session_notes where session_id = \(session) and actor_id = \(actor)")
        } else {
            _ = try await execute(
                """
                insert into session_notes (session_id, actor_id, text) values (\(session), \(actor), \(text))
                on conflict (session_id, actor_id) do update set text = excluded.text, updated_at = now()
                """)
        }
    }

    /// Whether two people have met, or agreed to, in a session.
    package func haveSharedSession(_ mentee: ActorID, _ mentor: ActorID) async throws -> Bool {
        try await row(
            """
            select from sessions
            where ((mentee_id = \(mentee) and mentor_id = \(mentor))
                or (mentee_id = \(mentor) and mentor_id = \(mentee)))
                and agreement_activity is not null
            limit 1
            """) != nil
    }

    /// How many requests of one actor wait for an answer by people of this community.
    package func pendingRequests(by mentee: ActorID) async throws -> Int {
        try await row("select count(*) as n from sessions where mentee_id = \(mentee) and status = 'pending'")
            .map { try $0.get("n") } ?? 0
    }
}

extension SessionReference {
    fileprivate var condition: SQL {
        switch self {
        case .id(let id): "id = \(id)"
        case .event(let uri): "uri = \(uri)"
        case .invite(let uri): "invite_uri = \(uri)"
        case .agreement(let uri): "agreement_activity = \(uri)"
        }
    }
}
