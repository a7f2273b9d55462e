import Foundation
import PostgreSQL

extension Community {
    /// Has the daemon hand over once more an activity that it has sent before, its bytes unchanged, and waits until
    /// the receiver has dealt with it.
    func sendAgain(_ activity: String, to recipient: Person, at receiver: Community) async throws {
        let times = receiver.log.received(activity).count
        try await withDatabase { database in
            _ = try await database.execute(
                """
                insert into jobs (kind, payload, lane)
                select 'deliver', jsonb_build_object('activity', activities.id::text, 'inbox', actors.inbox),
                    \(receiver.host)
                from activities, actors where activities.uri = \(activity) and actors.uri = \(recipient.uri)
                """)
            _ = try await database.rows("select pg_notify('mentord_jobs', '')")
        }
        try await eventually("\(activity) arrives once more", lastSeen: { log.tail + receiver.log.tail }) {
            receiver.log.received(activity).count > times ? () : nil
        }
    }

    /// The address of the Invite of a session that this community knows.
    func invite(of session: String) async throws -> String {
        try await column("invite_uri", of: session)
    }

    /// The address of the Accept that binds a session that this community knows.
    func agreement(of session: String) async throws -> String {
        try await column("agreement_activity", of: session)
    }

    private func column(_ name: String, of session: String) async throws -> String {
        try await withDatabase { database in
            let row = try await database.row(
                "select invite_uri, agreement_activity from sessions where uri = \(session)")
            return try row?.get(name) ?? ""
        }
    }
}
