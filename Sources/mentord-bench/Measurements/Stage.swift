import NIOCore
import PostgreSQL

/// What all measurements have in common: the server with its database, the world, and what the world has said so far.
final class Stage {
    let server: ServerUnderTest
    let database: Pool
    let peers: PeerServer
    let world: World
    let home: Home
    let scale: Scale
    private var activities: Activities
    private var isIntroduced = false

    init(server: ServerUnderTest, database: Pool, peers: PeerServer, world: World, home: Home, scale: Scale) {
        self.server = server
        self.database = database
        self.peers = peers
        self.world = world
        self.home = home
        self.scale = scale
        activities = Activities(world: world, home: home)
    }

    /// Sends the first activity of everybody, whose keys the server has to fetch, and lets people here follow some of
    /// them.
    ///
    /// - Returns: how that went; nil when they are known already.
    func introduceWorld() async throws -> Load? {
        guard !isIntroduced else { return nil }
        isIntroduced = true
        let load = try await send(activities.introductions())
        try await database.execute(
            """
            insert into follows (follower_id, followed_id, uri, state)
            select people.id, authors.id, people.uri || '/follows/' || authors.id, 'accepted'
            from actors authors
            join (select id, uri, row_number() over (order by id) as place from actors
                where uri = any(\(home.people.map(home.uri))::text[])) people
                on place % 4 = authors.id % 4
            where authors.uri = any(\(world.authors.map(\.uri))::text[])
            on conflict do nothing
            """)
        try await settle()
        // As the database itself does within a minute; until then it plans for the empty tables of a moment ago.
        try await database.execute("analyze")
        return load
    }

    /// Activities of the usual mix.
    func sendMix(_ count: Int) async throws -> Load { try await send(activities.next(count)) }

    /// Everybody in the world follows somebody here.
    func follow(_ person: String) async throws {
        _ = try await introduceWorld()
        _ = try await send(activities.follows(of: person))
    }

    /// What was sent while the clock ran.
    struct Load {
        let result: LoadResult
        let use: ProcessorUse
    }

    /// Signs activities, sends them while the clock runs, and looks whether everything acknowledged is in the database.
    private func send(_ activities: [Activities.Activity]) async throws -> Load {
        tell("sending \(activities.count) activities")
        let requests = try await SignedRequests.make(for: activities, of: world, to: server.origin)
        let start = server.processorTime
        let result = try await LoadGenerator(port: server.port).send(requests, lanes: activities.map(\.person))
        let use = server.processorTime.use(since: start)
        guard result.others.isEmpty else {
            throw BenchFailure.refused("The inbox answered otherwise than with 202, by status: \(result.others)")
        }
        try await Evidence(of: result.accepted.map { activities[$0] }).check(in: database)
        return Load(result: result, use: use)
    }

    /// Waits until nothing waits to be delivered.
    func settle() async throws {
        try await wait(for: "deliveries") {
            let row = try await self.database.row(
                "select count(*) as n from jobs where kind in ('deliver', 'spread') and dead_at is null")
            return try row?.get("n") ?? 0
        }
        let dead: Int? = try await database.row("select count(*) as n from jobs where dead_at is not null")?.get("n")
        guard dead == 0 else { throw BenchFailure.refused("\(dead ?? 0) deliveries were given up.") }
    }

    /// Waits until the peers have so many deliveries.
    func waitForReceipts(_ count: Int) async throws {
        try await wait(for: "receipts", pause: .milliseconds(20)) { max(count - self.peers.receiptCount, 0) }
    }

    /// Waits until `left` is 0; fails when it does not move for a minute.
    private func wait(
        for what: String, pause: Duration = .milliseconds(200), left: () async throws -> Int
    ) async throws {
        var last = Int.max
        var movedAt = ContinuousClock.now
        while case let now = try await left(), now > 0 {
            if now != last { (last, movedAt) = (now, .now) }
            guard ContinuousClock.now - movedAt < .seconds(60) else {
                throw BenchFailure.stalled("\(now) \(what) are missing")
            }
            try await Task.sleep(for: pause)
        }
    }
}
