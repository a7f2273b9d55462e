import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct NotificationTellingTests {
    /// Noor has a program that wants to be told of some things.
    private func subscribe(
        _ home: TestCommunity, _ account: ActorID, _ alerts: Set<ClientNotificationKind>,
        _ policy: PushSubscription.Policy = .all, name: String = "p"
    ) async throws -> StoredPushSubscription {
        let hash = Array("\(account) \(name)".utf8)
        try await home.database.insertToken(hash: hash, name: name, scopes: [.push], account: account)
        let grant = try #require(try await home.database.tokenGrant(hash: hash))
        return try await home.database.replacePushSubscription(
            PushSubscription(
                endpoint: try uri("https://push.example:8443/\(name)"), key: [UInt8](repeating: 4, count: 65),
                secret: [UInt8](repeating: 1, count: 16), isStandard: true, alerts: alerts, policy: policy,
                sealedToken: [1]),
            of: account, token: grant.id)
    }

    @Test("Each program that wants a notification gets a job for it, together with it or not at all")
    func jobs() async throws {
        try await withCommunity { home in
            let (mika, noor) = (try await home.person("mika").actor.id, try await home.person("noor").actor.id)
            let one = try await subscribe(home, noor, [.mention, .follow])
            let other = try await subscribe(home, noor, [.follow], name: "q")
            _ = try await subscribe(home, noor, [.favourite], name: "r")
            _ = try await subscribe(home, mika, [.follow], name: "s")
            struct Undone: Error {}
            await #expect(throws: Undone.self) {
                try await home.database.transaction { transaction in
                    try await transaction.insertWantedNotification(for: noor, kind: "follow", from: mika)
                    throw Undone()
                }
            }
            #expect(try await home.count(.jobs) == 0)
            for _ in 0..<2 { try await home.database.insertWantedNotification(for: noor, kind: "follow", from: mika) }
            let id = try #require(try await home.database.allNotifications(for: noor, limit: 9).first?.id)
            let jobs = try await home.jobs("push")
            #expect(jobs.map { $0.payload["notification"]?.int } == [Int(id), Int(id)])
            #expect(Set(jobs.map { $0.payload["subscription"]?.int }) == [Int(one.id), Int(other.id)])
            let lanes = try await home.database.rows("select distinct lane from jobs")
            #expect(try lanes.map { try $0.get("lane") } == ["push push.example:8443"])
        }
    }

    @Test(
        "A program hears of those whose doings it wants to hear of",
        arguments: [
            (.all, true, true, true), (.followed, false, true, false), (.follower, false, false, true),
            (.none, false, false, false),
        ] as [(PushSubscription.Policy, Bool, Bool, Bool)])
    func policies(policy: PushSubscription.Policy, stranger: Bool, followed: Bool, follower: Bool) async throws {
        try await withCommunity { home in
            let noor = try await home.person("noor").actor.id
            let (known, fan, other) = (
                try await home.neighbour("known").id, try await home.neighbour("fan").id,
                try await home.neighbour("other").id
            )
            try await home.database.saveFollow(by: noor, of: known, uri: try uri("https://a.example/1"), state: .accepted)
            try await home.database.saveFollow(by: fan, of: noor, uri: try uri("https://a.example/2"), state: .accepted)
            _ = try await subscribe(home, noor, [.follow], policy)
            for (sender, isHeard) in [(other, stranger), (known, followed), (fan, follower)] {
                let before = try await home.count(.jobs)
                try await home.database.insertWantedNotification(for: noor, kind: "follow", from: sender)
                #expect(try await home.count(.jobs) - before == (isHeard ? 1 : 0))
            }
        }
    }

    @Test("People of limited servers wait, unless somebody decided to hear them; then they are like others")
    func limited() async throws {
        try await withCommunity { home in
            let noor = try await home.person("noor").actor.id
            let stranger = try await home.neighbour("stranger", at: "l.example").id
            try await home.database.save(
                DomainRule(
                    domain: DomainName(host: "l.example"), kind: .limit, reason: "", author: "test", createdAt: Date()))
            _ = try await subscribe(home, noor, [.follow])
            try await home.database.insertWantedNotification(for: noor, kind: "follow", from: stranger)
            let page = Page(limit: 9)
            #expect(try await home.database.notifications(for: noor, NotificationSearch(page: page)).isEmpty)
            #expect(try await home.database.allNotifications(for: noor, limit: 9).isEmpty)
            let all = NotificationSearch(includesFiltered: true, page: page)
            #expect(try await home.database.notifications(for: noor, all).count == 1)
            #expect(try await home.count(.jobs) == 0)
            let requests = try await home.database.notificationRequests(to: noor, page)
            #expect(requests.map(\.from) == [stranger] && requests.map(\.count) == [1])
            #expect(try await home.database.acceptNotificationRequests(requests.map(\.id), to: noor) == 1)
            #expect(try await home.database.notifications(for: noor, NotificationSearch(page: page)).count == 1)
            try await home.database.insertWantedNotification(for: noor, kind: "follow_request", from: stranger)
            #expect(try await home.database.notifications(for: noor, NotificationSearch(page: page)).count == 2)
            #expect(try await home.database.notificationRequests(to: noor, page).isEmpty)
        }
    }

    @Test("Groups are those of twelve hours, and never change")
    func hours() async throws {
        try await withCommunity { home in
            let noor = try await home.person("noor").actor.id
            for (name, hour) in [("a", 0), ("b", 0), ("c", 12), ("d", 12)] {
                let sender = try await home.neighbour(name).id
                try await home.database.insertWantedNotification(for: noor, kind: "follow", from: sender)
                _ = try await home.database.execute(
                    "update notifications set group_hour = \(480_000 + hour) where from_id = \(sender)")
            }
            let search = NotificationSearch(page: Page(limit: 9))
            let kinds = Set(ClientNotificationKind.allCases)
            let groups = try await home.database.notificationGroups(for: noor, search, grouped: kinds)
            #expect(groups.map(\.key) == ["follow-480012", "follow-480000"] && groups.map(\.count) == [2, 2])
            #expect(groups.map { $0.newest.id - $0.oldestOnPage } == [1, 1])
            let now = try await home.database.row(
                "select (floor(extract(epoch from now()) / 43200) * 12)::integer as hour")
            let sender = try await home.neighbour("e").id
            try await home.database.insertWantedNotification(for: noor, kind: "follow", from: sender)
            let newest = try await home.database.notificationGroups(for: noor, search, grouped: kinds).first
            #expect(newest?.key == "follow-\(try #require(now).get("hour", as: Int.self))")
        }
    }
}
