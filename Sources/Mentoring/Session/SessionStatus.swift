/// Where a session stands. Which changes are legal is decided by `SessionRules`:
///
///     pending   → scheduled, declined, cancelled, expired
///     scheduled → pending (moved), cancelled, completed, noShow
///     declined  → scheduled (the mentor's later Accept), cancelled
///     expired, completed, noShow → cancelled (the mentor's cancel, which was under way)
///     cancelled → nothing, ever
///
/// A mirror follows its owner's word besides: pending, scheduled and declined → declined or expired; and from its own
/// clock's expiry, which is a guess, to whatever the owner says.
package enum SessionStatus: String, CaseIterable, Sendable {
    case pending, scheduled, declined, cancelled, expired, completed
    case noShow = "no_show"

    /// Value of `mnt:state` (federation profile 6.1).
    package var wireName: String {
        switch self {
        case .pending: "requested"
        case .scheduled: "confirmed"
        case .noShow: "noShow"
        case .declined, .cancelled, .expired, .completed: rawValue
        }
    }

    package init?(wireName: String) {
        guard let status = Self.allCases.first(where: { $0.wireName.utf8.elementsEqual(wireName.utf8) }) else {
            return nil
        }
        self = status
    }

    /// Whether something is still to come.
    package var isOpen: Bool { self == .pending || self == .scheduled }
}
