import PostgreSQL

extension Community {
    /// Sends SIGKILL and starts the server again, as if its leases of 90 seconds had run out in between.
    func killAndRestart() async throws {
        await kill()
        try await startAfterDeath()
    }

    /// Starts the server that was killed, as if its leases had run out.
    func startAfterDeath() async throws {
        try await withDatabase { database in
            // What the dead server had asked for may still be carried out.
            try await eventually("the dead server's statements have ended") {
                try await database.rows(
                    """
                    select pid from pg_stat_activity
                    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
                    """
                ).isEmpty
            }
            _ = try await database.execute("update jobs set leased_until = now() where leased_until > now()")
            try await start()
        }
    }
}
