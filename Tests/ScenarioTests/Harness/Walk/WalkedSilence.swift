import Foundation
import JSONTree
import PostgreSQL
import Synchronization
import Wire

/// What becomes of a session of which the mentor alone has told how it went: after a fortnight that counts, and the
/// mentee can still object.
struct WalkedSilence: Sendable {
    private let session: WalkedSession
    private var sides: SessionSides { session.sides }

    init(after session: WalkedSession) { self.session = session }

    var rounds: [Round] {
        [
            Round(at: sides.mentee.community) { try await passFortnight() } arrives: {
                try await bothSee("that the mentor's report counts") { $0["disputes"].list.isEmpty }
            },
            Round(at: sides.mentee.community) {
                try await session.perform(.dispute, by: .mentee, at: "")
            } arrives: {
                try await bothSee("the objection") { $0["disputes"].list.map { $0["by"]?.string } == ["mentee"] }
            },
        ]
    }

    private func passFortnight() async throws {
        let (uri, then) = (session.uri, DateTime.format(Date(timeIntervalSinceNow: -15 * 86_400)))
        for community in sides.communities {
            try await community.withDatabase { database in
                _ = try await database.execute(
                    """
                    with silent as (
                        update sessions set mentor_report = jsonb_set(mentor_report, '{at}', to_jsonb(\(then)::text))
                        where uri = \(uri) returning id)
                    update jobs set due_at = now() from silent
                    where kind = 'session.timer' and payload->>'session' = silent.id::text
                    """)
                _ = try await database.rows("select pg_notify('mentord_jobs', '')")
            }
        }
    }

    /// Waits until both sides show the session completed by the mentor's report alone, and all else alike.
    private func bothSee(_ what: String, _ holds: (JSON) -> Bool) async throws {
        let seen = Mutex("")
        try await eventually("both sides show \(what)", lastSeen: { seen.withLock(\.self) + sides.logs }) {
            let views = [try await session.view(of: .mentee), try await session.view(of: .mentor)]
            seen.withLock { $0 = views.map { $0.serializedText() }.joined(separator: "\n") }
            let areSettled = views.allSatisfy { view in
                view["status"]?.string == "completed" && view["reports"].list.map { $0["by"]?.string } == ["mentor"]
                    && view.history.contains("settled") && holds(view)
            }
            return areSettled && views[0].told == views[1].told ? () : nil
        }
    }
}
