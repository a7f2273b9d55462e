import PostgreSQL
import Social
package import Wire

/// Notifications that are shown as one: likes and boosts of one post or new followers within twelve hours, else a
/// single one. Its key was given with the row, so that a group never falls apart or together while somebody turns
/// pages.
package struct NotificationGroup: Sendable {
    /// People of whom a group shows who they are.
    package static let sampleLength = 8

    package let key: String
    package let newest: StoredNotification
    package let count: Int
    /// The oldest that lies on the page.
    package let oldestOnPage: Int64
    /// The last people first.
    package let sample: [ActorID]
}

extension Queryable {
    /// Groups by their newest notifications, newest first. So each group is on one page alone.
    ///
    /// - Parameter grouped: kinds that the asker can show together.
    package func notificationGroups(
        for recipient: ActorID, _ search: NotificationSearch, grouped: Set<ClientNotificationKind>
    ) async throws -> [NotificationGroup] {
        let newest = try await newestOfGroups(for: recipient, search, grouped: grouped)
        // On a page that is not full, older ones of its groups are all there is.
        let isFull = newest.count == search.page.limit || search.page.above != nil
        let bound = isFull ? newest.last?.id ?? 0 : search.page.since.map { $0 &+ 1 } ?? 0
        return try await groups(of: newest, for: recipient, search, grouped: grouped, pageFrom: bound)
    }

    /// How many groups have something new since the marker, counted to at most the page's limit.
    package func unreadGroups(
        for recipient: ActorID, _ search: NotificationSearch, grouped: Set<ClientNotificationKind>
    ) async throws -> Int {
        var search = search
        search.page = Page(since: try await notificationMarker(of: recipient), limit: search.page.limit)
        return try await newestOfGroups(for: recipient, search, grouped: grouped).count
    }

    /// The group that a client names; a single notification has its number in the key.
    package func notificationGroup(_ key: String, for recipient: ActorID) async throws -> NotificationGroup? {
        var newest: StoredNotification?
        let search = NotificationSearch(includesFiltered: true, page: Page(limit: 1))
        if let id = NotificationGroup.single(key) {
            newest = try await notification(id, for: recipient)
        } else {
            newest = try await row(
                """
                select \(StoredNotification.columns)
                from notifications left join posts on posts.id = notifications.post_id
                where recipient_id = \(recipient) and group_key = \(key)
                    and \(StoredNotification.isShown(to: recipient))
                order by notifications.id desc limit 1
                """
            ).map(StoredNotification.init)
        }
        guard let newest else { return nil }
        let kinds = NotificationGroup.single(key) == nil ? Set(ClientNotificationKind.allCases) : []
        return try await groups(of: [newest], for: recipient, search, grouped: kinds, pageFrom: 0).first
    }

    /// The people of a group with the numbers of their notifications, the last first.
    package func people(ofGroup key: String, for recipient: ActorID, _ page: Page) async throws -> [(
        position: Int64, actor: ActorID
    )] {
        page.newestFirst(
            try await rows(
                """
                select id, from_id from notifications
                where recipient_id = \(recipient) and from_id is not null and \(NotificationGroup.holds(key))
                    and session_id is null and \(page.holds("id"))
                    and \(StoredNotification.hasShownSender("notifications", to: recipient))
                \(page.end(by: "id"))
                """
            ).map { (try $0.get("id"), try $0.get("from_id")) })
    }

    package func deleteNotifications(ofGroup key: String, for recipient: ActorID) async throws {
        _ = try await execute(
            """
            delete from notifications
            where recipient_id = \(recipient) and session_id is null and \(NotificationGroup.holds(key))
            """)
    }

    private func newestOfGroups(
        for recipient: ActorID, _ search: NotificationSearch, grouped: Set<ClientNotificationKind>
    ) async throws -> [StoredNotification] {
        let query = search.page.above == nil
            ? NotificationGroup.walk(for: recipient, search, grouped: grouped)
            : NotificationGroup.next(for: recipient, search, grouped: grouped)
        return search.page.newestFirst(try await rows(query).map(StoredNotification.init))
    }

    private func groups(
        of newest: [StoredNotification], for recipient: ActorID, _ search: NotificationSearch,
        grouped: Set<ClientNotificationKind>, pageFrom bound: Int64
    ) async throws -> [NotificationGroup] {
        let kinds = Set(grouped.map(\.rawValue))
        let keys = newest.filter { kinds.contains($0.kind) }.compactMap(\.groupKey)
        var found: [String: Row] = [:]
        if !keys.isEmpty {
            let rows = try await rows(
                """
                select given.key as group_key, counted.count, counted.oldest,
                    array(select member.from_id from notifications member
                        where recipient_id = \(recipient) and group_key = given.key and \(search.means("member"))
                            and \(StoredNotification.hasShownSender("member", to: recipient))
                        order by member.id desc limit \(NotificationGroup.sampleLength)) as sample
                from unnest(\(keys)::text[]) as given (key) cross join lateral (
                    select count(*) as count, min(member.id) filter (where member.id >= \(bound)) as oldest
                    from notifications member
                    where recipient_id = \(recipient) and group_key = given.key and \(search.means("member"))) counted
                """)
            for row in rows { found[try row.get("group_key")] = row }
        }
        return try newest.map { notification in
            guard kinds.contains(notification.kind), let key = notification.groupKey, let row = found[key] else {
                return NotificationGroup(single: notification)
            }
            let sample: [Int64] = try row.get("sample")
            return NotificationGroup(
                key: key, newest: notification, count: try row.get("count"),
                oldestOnPage: try row.get("oldest", as: Int64?.self) ?? notification.id,
                sample: sample.map(ActorID.init(rawValue:)))
        }
    }
}

extension NotificationGroup {
    private static let prefix = "ungrouped-"

    init(single notification: StoredNotification) {
        self.init(
            key: Self.key(of: notification.id), newest: notification, count: 1, oldestOnPage: notification.id,
            sample: notification.from.map { [$0] } ?? [])
    }

    /// The key of what stands alone.
    package static func key(of notification: Int64) -> String { "\(prefix)\(notification)" }

    static func single(_ key: String) -> Int64? { key.hasPrefix(prefix) ? Int64(key.dropFirst(prefix.count)) : nil }

    /// The newest of each group from the newest on: a walk down that steps over what belongs to groups it has met, so
    /// that ten thousand likes cost no more than a look at each.
    ///
    /// A group of which something lies above the page is met, too, but was shown there. A post of the recipient's own,
    /// as all are that are in groups, is visible with each of them.
    fileprivate static func walk(
        for recipient: ActorID, _ search: NotificationSearch, grouped: Set<ClientNotificationKind>
    ) -> SQL {
        let key: SQL = """
            case when notifications.kind = any(\(grouped.map(\.rawValue).sorted())::text[])
                then notifications.group_key end
            """
        let isNewest: SQL = if let before = search.page.before {
            """
            not exists (select from notifications later
                where later.recipient_id = \(recipient) and later.group_key = \(key) and later.id >= \(before)
                    and \(search.means("later")) and \(StoredNotification.hasShownSender("later", to: recipient)))
            """
        } else {
            "true"
        }
        return """
            with recursive walk (id, met, is_newest, found) as (
                select \(search.page.before ?? .max)::bigint, '{}'::text[], false, 0
                union all
                select next.id, case when key is null then met else array_append(met, key) end, next.is_newest,
                    found + next.is_newest::integer
                from walk cross join lateral (
                    select notifications.id, \(key) as key, \(isNewest) as is_newest
                    from notifications left join posts on posts.id = notifications.post_id
                    where recipient_id = \(recipient) and notifications.id < walk.id
                        and notifications.id > \(search.page.since ?? 0) and notifications.from_id is not null
                        and (\(key) is null or \(key) <> all(met))
                        and \(search.means("notifications")) and \(StoredNotification.isShown(to: recipient))
                    order by notifications.id desc limit 1) next
                where found < \(search.page.limit)
            )
            select \(StoredNotification.columns)
            from walk join notifications on notifications.id = walk.id
            where is_newest order by notifications.id desc
            """
    }

    /// Those right above a position.
    fileprivate static func next(
        for recipient: ActorID, _ search: NotificationSearch, grouped: Set<ClientNotificationKind>
    ) -> SQL {
        """
        select \(StoredNotification.columns)
        from notifications left join posts on posts.id = notifications.post_id
        where recipient_id = \(recipient) and notifications.from_id is not null and \(search.means("notifications"))
            and \(search.page.holds("notifications.id")) and \(StoredNotification.isShown(to: recipient))
            and not exists (select from notifications later
                where later.recipient_id = \(recipient) and later.group_key = notifications.group_key
                    and later.id > notifications.id
                    and notifications.kind = any(\(grouped.map(\.rawValue).sorted())::text[])
                    and \(search.means("later")) and \(StoredNotification.hasShownSender("later", to: recipient)))
        \(search.page.end(by: "notifications.id"))
        """
    }

    /// Whether a row of `notifications` belongs to a group.
    static func holds(_ key: String) -> SQL {
        single(key).map { "id = \($0)" } ?? "group_key = \(key)"
    }
}

extension StoredNotification {
    /// The key by which all notifications like this one are named.
    package var key: String { groupKey ?? NotificationGroup.key(of: id) }
}
