import PostgreSQL

/// A part of a list that is shown newest first: what the Mastodon API calls `max_id`, `since_id` and `min_id`.
package struct Page: Hashable, Sendable {
    /// Only what is older than this.
    package var before: Int64?
    /// Only what is newer than this; the newest of it first.
    package var since: Int64?
    /// Only what is newer than this, and of it what is next to it.
    package var above: Int64?
    package var limit: Int

    package init(before: Int64? = nil, since: Int64? = nil, above: Int64? = nil, limit: Int) {
        self.before = before
        self.since = since
        self.above = above
        self.limit = limit
    }

    /// Whether a column lies in the part.
    func holds(_ column: SQL) -> SQL {
        var bounds: [SQL] = []
        if let before { bounds.append("\(column) < \(before)") }
        if let low = [since, above].compactMap(\.self).max() { bounds.append("\(column) > \(low)") }
        return bounds.isEmpty ? "true" : .joined(bounds, separator: " and ")
    }

    /// How a query has to sort and to end.
    func end(by column: SQL) -> SQL {
        above == nil ? "order by \(column) desc limit \(limit)" : "order by \(column) asc limit \(limit)"
    }

    /// Rows of such a query, newest first.
    func newestFirst<Value>(_ rows: [Value]) -> [Value] { above == nil ? rows : rows.reversed() }
}
