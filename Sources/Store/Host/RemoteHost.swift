package import Foundation
package import PostgreSQL

/// What is known of the way to another server, by its authority: host, and port where that is not the usual one.
package struct RemoteHost: Sendable {
    /// A host whose every attempt failed on so many different days gets session traffic only.
    package static let unreachableDays = 7
    /// So many failures in a row close it.
    package static let closingFailures = 5

    package let host: String
    /// When one of its actors first proved to be there; nil when none did.
    package let knownSince: Date?
    package let failures: Int
    package let failureDays: Int
    package let failedAt: Date?
    package let failure: String?
    package let closedUntil: Date?
    package let answeredAt: Date?
    package let goneAt: Date?
    /// `draft-cavage` or `rfc9421`, where it was found out.
    package let signatureForm: String?
    /// Jobs that wait for it.
    package let waiting: Int

    package var isUnreachable: Bool { failureDays >= Self.unreachableDays }
}

extension Queryable {
    /// Hosts of which something is remembered that an operator would want to know, or for which jobs wait; those with
    /// most failures first.
    package func hosts(_ host: String? = nil, limit: Int) async throws -> [RemoteHost] {
        try await rows(
            """
            with waiting as (
                select lane, count(*) as waiting from jobs where dead_at is null and kind = 'deliver' group by lane
            )
            select coalesce(host, lane) as host, known_since, coalesce(failures, 0) as failures,
                coalesce(failure_days, 0) as failure_days, failed_at, failure, closed_until, answered_at, gone_at,
                case when signature_form_at > now() - interval '7 days' then signature_form end as signature_form,
                coalesce(waiting, 0) as waiting
            from hosts full join waiting on lane = host
            where coalesce(host, lane) = coalesce(\(host), host, lane)
            order by failures desc, waiting desc, 1 limit \(limit)
            """
        ).map(RemoteHost.init)
    }
}

extension RemoteHost {
    init(_ row: Row) throws {
        self.init(
            host: try row.get("host"), knownSince: try row.get("known_since"), failures: try row.get("failures"),
            failureDays: try row.get("failure_days"), failedAt: try row.get("failed_at"),
            failure: try row.get("failure"), closedUntil: try row.get("closed_until"),
            answeredAt: try row.get("answered_at"), goneAt: try row.get("gone_at"),
            signatureForm: try row.get("signature_form"), waiting: try row.get("waiting"))
    }
}
