import JSONTree
import Social
import Store
import Wire

extension Entities {
    /// Groups with all that they are about, each thing once (docs.joinmastodon.org/methods/grouped_notifications).
    ///
    /// What a group names is there: a client leaves out one with gaps. Groups whose people or post are gone are left
    /// out.
    ///
    /// - Parameter isShort: whether of people behind the first of each group no more than their picture is told.
    func notificationGroups(_ found: [NotificationGroup], for reader: ActorID, isShort: Bool) async throws -> JSON {
        let accounts = try await accountsByID(Set(found.flatMap(\.sample))).accounts
        let posts = found.compactMap(\.newest.post)
        let readable = try await database.posts(posts, for: .actor(reader))
        var seen: Set<PostID> = []
        let entries = posts.filter { seen.insert($0).inserted }.compactMap { readable[$0] }.map { FeedEntry(post: $0) }
        let statuses = try await statuses(entries, for: reader)
        let shown = Set(statuses.compactMap { $0["id"]?.string })

        var groups: [JSON] = []
        var whole: [ActorID] = []
        var short: [ActorID] = []
        for group in found {
            let sample = group.sample.filter { accounts[$0] != nil }
            let status = group.newest.post.map { String($0.rawValue) }
            guard let first = sample.first, status.map(shown.contains) ?? true else { continue }
            groups.append(Self.json(group, sample: sample, status: status))
            whole.append(first)
            if isShort { short += sample.dropFirst() } else { whole += sample.dropFirst() }
        }
        var told: Set<ActorID> = []
        let full = whole.filter { told.insert($0).inserted }.compactMap { accounts[$0] }
        var answer: JSON.Object = [
            "accounts": .array(full), "statuses": .array(statuses), "notification_groups": .array(groups),
        ]
        if isShort {
            let rest = short.filter { told.insert($0).inserted }.compactMap { accounts[$0] }
            answer["partial_accounts"] = .array(rest.map(Self.shortened))
        }
        return .object(answer)
    }

    private static func json(_ group: NotificationGroup, sample: [ActorID], status: String?) -> JSON {
        [
            "group_key": .string(group.key), "notifications_count": .int(group.count),
            "type": .string(group.newest.kind),
            // A number, where the rest are texts: so do all servers and clients.
            "most_recent_notification_id": .int(Int(group.newest.id)),
            "page_min_id": .string(String(group.oldestOnPage)), "page_max_id": .string(String(group.newest.id)),
            "latest_page_notification_at": .string(ClientTime.text(group.newest.createdAt)),
            "sample_account_ids": .strings(sample.map { String($0.rawValue) }), "status_id": status.map(JSON.string),
        ]
    }

    /// What of an account is needed to show its picture (PartialAccountWithAvatar).
    private static func shortened(_ account: JSON) -> JSON {
        let fields = ["id", "acct", "url", "avatar", "avatar_static", "locked", "bot"]
        return .object(JSON.Object(fields.map { ($0, account[$0]) }))
    }
}
