package import Wire

/// What a token allows, by the names of the Mastodon API (docs.joinmastodon.org/api/oauth-scopes).
package enum Scope: String, CaseIterable, Hashable, Sendable {
    case read
    case readAccounts = "read:accounts"
    case readBlocks = "read:blocks"
    case readBookmarks = "read:bookmarks"
    case readFavourites = "read:favourites"
    case readFilters = "read:filters"
    case readFollows = "read:follows"
    case readLists = "read:lists"
    case readMutes = "read:mutes"
    case readNotifications = "read:notifications"
    case readSearch = "read:search"
    case readStatuses = "read:statuses"
    case write
    case writeAccounts = "write:accounts"
    case writeBlocks = "write:blocks"
    case writeBookmarks = "write:bookmarks"
    case writeConversations = "write:conversations"
    case writeFavourites = "write:favourites"
    case writeFilters = "write:filters"
    case writeFollows = "write:follows"
    case writeLists = "write:lists"
    case writeMedia = "write:media"
    case writeMutes = "write:mutes"
    case writeNotifications = "write:notifications"
    case writeReports = "write:reports"
    case writeStatuses = "write:statuses"
    /// Follows, blocks and mutes, read and written.
    case follow
    case push
    /// Who one is, and nothing else.
    case profile

    /// Whether a token with this scope may do what asks for another.
    package func covers(_ wanted: Scope) -> Bool {
        if self == wanted { return true }
        return switch self {
        case .read: wanted == .profile || wanted.rawValue.hasPrefix("read:")
        case .readAccounts: wanted == .profile
        case .write: wanted.rawValue.hasPrefix("write:")
        case .follow:
            [.readBlocks, .readFollows, .readMutes, .writeBlocks, .writeFollows, .writeMutes].contains(wanted)
        default: false
        }
    }

    /// Reads a list separated by spaces or commas; an unknown scope is an error that names it.
    ///
    /// What an administrator's program asks for (`admin:…`) is read over: nothing is granted for it.
    package static func list(_ text: String, field: String = "scopes") throws(FieldError) -> [Scope] {
        var scopes: [Scope] = []
        var isEmpty = true
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "+" || $0.isNewline }) {
            isEmpty = false
            if word.hasPrefix("admin:") { continue }
            guard let scope = Scope(rawValue: String(word)) else {
                throw FieldError(
                    field: field,
                    message:
                        "'\(word.prefix(50))' is not a scope. Use \(allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            if !scopes.contains(scope) { scopes.append(scope) }
        }
        guard !isEmpty else { throw FieldError(field: field, message: "Name at least one scope.") }
        return scopes
    }
}

extension Collection<Scope> {
    /// Whether a token with these scopes may do what asks for one.
    package func cover(_ wanted: Scope) -> Bool { contains { $0.covers(wanted) } }

    /// Separated by spaces, as OAuth writes them (RFC 6749 section 3.3).
    package var text: String { map(\.rawValue).joined(separator: " ") }
}
