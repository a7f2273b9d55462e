package import PostgreSQL

extension Queryable {
    /// Remembers that a host answered: it is open again, and its failures are forgotten.
    package func hostAnswered(_ host: String) async throws {
        _ = try await execute(
            """
            insert into hosts (host, known_since, answered_at) values (\(host), null, now())
            on conflict (host) do update set \(RemoteHost.open)
            """)
    }

    /// Opens a host of which somebody proved to be there, even where it was said to be gone. Of one about which nothing
    /// is remembered nothing has to be. Whether it answers is another matter: until it does, its failures count, or a
    /// host that talks and never listens would hold as many places as a healthy one (C12).
    package func hostHeard(_ host: String) async throws {
        _ = try await execute(
            """
            update hosts set failure_days = 0, closed_until = null, \(RemoteHost.recovered), gone_at = null
            where host = \(host)
            """)
    }

    /// Opens a host, so that what waits for it is tried at once. Its failures still count.
    package func openHost(_ host: String) async throws {
        _ = try await execute("update hosts set closed_until = null, gone_at = null where host = \(host)")
    }

    /// Lets the next job find out how a closed host does, now.
    package func probeHost(_ host: String) async throws {
        _ = try await execute("update hosts set closed_until = now() where host = \(host) and closed_until > now()")
    }

    /// Remembers a failed attempt. The fifth in a row closes the host for `pause`.
    ///
    /// - Returns: whether the host counts as unreachable from now on.
    package func hostFailed(_ host: String, because reason: String, pause: Duration) async throws -> Bool {
        let row = try await row(
            """
            insert into hosts (host, known_since, failures, failure_days, failed_at, failure)
            values (\(host), null, 1, 1, now(), \(reason))
            on conflict (host) do update set
                failures = least(hosts.failures + 1, 1000000),
                failure_days = hosts.failure_days + case
                    when hosts.failure_days = 0
                        or (hosts.failed_at at time zone 'UTC')::date <> (now() at time zone 'UTC')::date
                    then 1 else 0 end,
                failed_at = now(), failure = excluded.failure,
                closed_until = case when hosts.failures + 1 >= \(RemoteHost.closingFailures)
                    then greatest(hosts.closed_until, now() + make_interval(secs => \(pause / .seconds(1))))
                    else hosts.closed_until end
            returning failure_days
            """)
        guard let row else { throw StoreError.nothingReturned }
        return try row.get("failure_days") >= RemoteHost.unreachableDays
    }

    /// Leaves a host alone that asks for it; after that one attempt decides.
    package func pauseHost(_ host: String, for pause: Duration, because reason: String) async throws {
        _ = try await execute(
            """
            insert into hosts (host, known_since, answered_at, closed_until, failed_at, failure)
            values (\(host), null, now(), now() + make_interval(secs => \(pause / .seconds(1))), now(), \(reason))
            on conflict (host) do update set answered_at = now(), failures = 0, failure_days = 0,
                failed_at = now(), failure = excluded.failure,
                closed_until = greatest(hosts.closed_until, excluded.closed_until)
            """)
    }

    /// Remembers that a host says it is gone for good.
    package func hostGone(_ host: String) async throws {
        _ = try await execute(
            """
            insert into hosts (host, known_since, answered_at, gone_at) values (\(host), null, now(), now())
            on conflict (host) do update set \(RemoteHost.open), gone_at = now()
            """)
    }

    /// Those of the given hosts to which only session traffic is still sent.
    package func hostsWithoutBroadcasts(among hosts: [String]) async throws -> Set<String> {
        let found = try await rows(
            """
            select host from hosts
            where host = any(\(hosts)::text[])
                and (failure_days >= \(RemoteHost.unreachableDays) or gone_at is not null)
            """)
        return Set(try found.map { try $0.get("host") })
    }

    /// Remembers which form of signature a host accepted when it refused the other; nil forgets.
    package func rememberSignatureForm(_ form: String?, of host: String) async throws {
        _ = try await execute(
            """
            insert into hosts (host, known_since, answered_at, signature_form, signature_form_at)
            values (\(host), null, now(), \(form), now())
            on conflict (host) do update set signature_form = excluded.signature_form, signature_form_at = now()
            """)
    }

    /// What ``rememberSignatureForm(_:of:)`` wrote in the last seven days.
    package func signatureForm(of host: String) async throws -> String? {
        try await row(
            """
            select signature_form from hosts
            where host = \(host) and signature_form is not null and signature_form_at > now() - interval '7 days'
            """
        ).map { try $0.get("signature_form") }
    }

    /// Forgets hosts of which nobody ever proved to be there: those that never answered after eight days, the others
    /// after thirty, and beyond `most` rows the oldest.
    package func forgetUnprovenHosts(most: Int = 50_000) async throws {
        _ = try await execute(
            """
            delete from hosts where known_since is null and gone_at is null
                and greatest(answered_at, failed_at, signature_form_at) < now()
                    - case when answered_at is null then interval '8 days' else interval '30 days' end
            """)
        _ = try await execute(
            """
            delete from hosts where host in (
                select host from hosts where known_since is null
                order by coalesce(answered_at, failed_at) desc nulls last, host offset \(most))
            """)
    }
}

extension RemoteHost {
    fileprivate static let open: SQL = """
        answered_at = now(), failures = 0, failure_days = 0, closed_until = null, \(recovered)
        """
    fileprivate static let recovered: SQL =
        "recovered_at = case when hosts.closed_until is null then hosts.recovered_at else now() end"
}
