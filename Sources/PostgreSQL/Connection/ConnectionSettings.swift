internal import CPostgreSQL

/// Where the database is and what every connection to it is started with.
///
/// All limits travel in the start-up packet, so nothing is SET on a session later and a transaction pooler can stand
/// between. Such a pooler must be told to ignore `options`; where it cannot, set the limits to nil.
package struct ConnectionSettings: Sendable, Equatable {
    /// A `postgresql://` URL or a `key=value` string, libpq manual section "Connection Strings". May hold a password.
    package var url: String
    /// Instead of the database that `url` names.
    package var database: String?
    package var applicationName = "mentord"
    /// After this an attempt on one host is given up; whole seconds.
    package var connectTimeout: Duration = .seconds(5)
    package var statementTimeout: Duration? = .seconds(5)
    package var lockTimeout: Duration? = .seconds(2)
    package var idleInTransactionTimeout: Duration? = .seconds(10)
    /// How many statement texts a connection remembers and prepares at their second use; 0 prepares none.
    package var preparedStatements = 256

    /// Settings with the usual limits for the database at `url`.
    package init(url: String) {
        self.url = url
    }

    /// Keys and values for `PQconnectdbParams`, later ones overriding earlier ones.
    func parameters() throws(PostgresError) -> [(key: String, value: String)] {
        guard let given = Self.parse(url) else { throw .malformedURL }
        let limits = [
            ("statement_timeout", statementTimeout), ("lock_timeout", lockTimeout),
            ("idle_in_transaction_session_timeout", idleInTransactionTimeout),
        ].compactMap { name, limit in limit.map { "-c \(name)=\($0.wholeMilliseconds)" } }
        let options = ([given["options"]].compactMap(\.self) + ["-c TimeZone=UTC -c DateStyle=ISO"] + limits)
            .joined(separator: " ")

        // Only the first `dbname` may be a whole URL; what follows overrides it.
        // A dead peer is found in 5 + 3 × 3 s when idle, in 15 s when something was sent.
        return [
            ("connect_timeout", String(max(2, connectTimeout.components.seconds))),
            ("keepalives_idle", "5"), ("keepalives_interval", "3"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "15000"), ("fallback_application_name", applicationName),
            ("dbname", url),
            ("client_encoding", "UTF8"), ("options", options),
        ] + (database.map { [("dbname", $0)] } ?? [])
    }

    /// The settings given in a connection string; nil if it is malformed.
    private static func parse(_ url: String) -> [String: String]? {
        guard !url.utf8.contains(0), let parsed = PQconninfoParse(url, nil) else { return nil }
        defer { PQconninfoFree(parsed) }
        var settings: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                settings[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        return settings
    }
}

/// Shown without the URL, which may hold a password.
extension ConnectionSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "settings of application \(applicationName)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["applicationName": applicationName]) }
}

extension Duration {
    /// Rounded down, at least 0, at most what `poll(2)` and PostgreSQL's settings can take.
    var wholeMilliseconds: Int32 {
        guard self > .zero else { return 0 }
        let (seconds, attoseconds) = components
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        return Int32(seconds) * 1000 + Int32(attoseconds / 1_000_000_000_000_000)
    }
}
