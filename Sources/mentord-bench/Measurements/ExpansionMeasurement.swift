import PostgreSQL

/// What a post of somebody with very many followers costs: until the command returns, until all deliveries are written,
/// and to hosts that were never spoken to before.
struct ExpansionMeasurement {
    let stage: Stage

    func measure() async throws -> Report {
        let scale = stage.scale
        tell("inventing \(scale.crowd) followers on \(scale.crowdHosts) hosts")
        try await inventCrowd()
        _ = stage.peers.takeReceipts()
        let begin = ContinuousClock.now
        let posting = try await stage.timePosting(as: Home.celebrity)
        while try await isExpanding() { try await Task.sleep(for: .milliseconds(50)) }
        let expansion = (ContinuousClock.now - begin) / .milliseconds(1)
        try await stage.waitForReceipts(scale.crowdHosts)
        try await stage.settle()
        let crowd = "\(scale.crowd) followers"
        return Report([
            .milliseconds(.crowdPosting, "posting, command and all, \(crowd)", posting),
            .milliseconds(.crowdExpansion, "posting until all deliveries are written, \(crowd)", expansion),
            .rate(.crowdRate, "deliveries to \(scale.crowdHosts) new hosts", stage.peers.takeReceipts().rate),
        ])
    }

    /// Whether deliveries are still being written.
    private func isExpanding() async throws -> Bool {
        try await stage.database.row("select from jobs where kind = 'spread' and dead_at is null limit 1") != nil
    }

    /// Writes followers as if they had come one by one.
    private func inventCrowd() async throws {
        let domain = "\(Certificates.crowdDomain):\(stage.world.port)"
        let scale = stage.scale
        try await stage.database.execute(
            """
            with people as (
                insert into actors (uri, kind, username, domain, inbox, shared_inbox)
                select address || '/users/p' || n, 'Person', 'p' || n, substr(address, 9),
                    address || '/users/p' || n || '/inbox', address || '/inbox'
                from generate_series(1, \(scale.crowd)::int) as n
                cross join lateral (
                    select 'https://c' || n % \(scale.crowdHosts)::int || '.' || \(domain)::text) host (address)
                returning id, uri
            )
            insert into follows (follower_id, followed_id, uri, state)
            select id, (select id from actors where uri = \(stage.home.uri(of: Home.celebrity))), uri || '/follow',
                'accepted'
            from people
            """)
        try await stage.database.execute("analyze actors, follows")
    }
}
