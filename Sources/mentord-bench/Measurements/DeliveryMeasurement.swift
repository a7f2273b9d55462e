import Foundation
import NIOCore
import PostgreSQL

/// How fast posts get from a person here to followers on all hosts.
struct DeliveryMeasurement {
    let stage: Stage

    func measure() async throws -> Report {
        try await stage.follow(Home.star)
        try await stage.settle()
        let (posting, alone, lags) = try await calm()
        let (rate, use) = try await busy()
        return Report(
            [
                .milliseconds(.posting, "posting, command and all, 3,000 followers", posting),
                .milliseconds(.postingAlone, "posting, command and all, no followers", alone),
                .milliseconds(.lagMiddle, "post to 300 hosts, p50", lags.quantile(0.5)),
                .milliseconds(.lagTail, "post to 300 hosts, p99", lags.quantile(0.99)),
                .rate(.deliveryRate, "deliveries", rate),
            ], use: ("deliveries", use))
    }

    /// One post at a time: how long the command takes, with followers and without, and each delivery, from the writing
    /// of the activity.
    private func calm() async throws -> (posting: Double, alone: Double, lags: Distribution) {
        tell("publishing \(stage.scale.calmPosts) posts one by one")
        var (posting, alone): ([Double], [Double]) = ([], [])
        _ = stage.peers.takeReceipts()
        for number in 0..<stage.scale.calmPosts {
            alone.append(try await stage.timePosting(as: Home.hermit))
            posting.append(try await stage.timePosting(as: Home.star))
            try await stage.waitForReceipts((number + 1) * World.hosts)
            try await stage.settle()
        }
        let receipts = stage.peers.takeReceipts()
        try await DeliveryProof(receipts: receipts, stage: stage).check(posts: stage.scale.calmPosts)
        let writtenAt = try await writtenAt()
        let lags = receipts.compactMap { receipt in
            writtenAt[receipt.body].map { (Double(receipt.at) / 1e9 - $0) * 1000 }
        }
        guard lags.count == receipts.count else { throw BenchFailure.refused("A delivery carries what nobody wrote.") }
        return (Distribution(posting).quantile(0.5), Distribution(alone).quantile(0.5), Distribution(lags))
    }

    /// Many posts at once: the rate between the first delivery and the last.
    private func busy() async throws -> (rate: Double, use: ProcessorUse) {
        tell("publishing \(stage.scale.posts) posts at once")
        let start = stage.server.processorTime
        try await stage.server.post("Many news", times: stage.scale.posts, as: Home.star)
        try await stage.waitForReceipts(stage.scale.posts * World.hosts)
        let use = stage.server.processorTime.use(since: start)
        try await stage.settle()
        let receipts = stage.peers.takeReceipts()
        try await DeliveryProof(receipts: receipts, stage: stage).check(posts: stage.scale.posts)
        return (receipts.rate, use)
    }

    /// When the activities of the star were written, in seconds since 1970, by their bytes.
    private func writtenAt() async throws -> [ByteBuffer: Double] {
        let rows = try await stage.database.rows(
            """
            select body, extract(epoch from activities.created_at)::float8 as at
            from activities join actors on actors.id = actor_id where actors.uri = \(stage.home.uri(of: Home.star))
            """)
        return Dictionary(
            try rows.map { (ByteBuffer(string: try $0.get("body")), try $0.get("at", as: Double.self)) }
        ) { first, _ in first }
    }
}

extension [Receipt] {
    /// Deliveries a second between the first and the last.
    var rate: Double {
        guard let first = map(\.uptime).min(), let last = map(\.uptime).max(), last > first else { return 0 }
        return Double(count - 1) / (Double(last - first) / 1e9)
    }
}

extension Stage {
    /// How long publishing one post takes until the command returns, in milliseconds.
    func timePosting(as person: String) async throws -> Double {
        let begin = ContinuousClock.now
        try await server.post("News of today", as: person)
        return (ContinuousClock.now - begin) / .milliseconds(1)
    }
}
