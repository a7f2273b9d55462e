package import Foundation

/// For how long a request that waits for its answer keeps its time from others, as its mentor wants it.
package enum Holding: Hashable, Sendable {
    package static let hours = 1...168
    /// Where a mentor with hours has said nothing else.
    package static let standard = Holding.first(hours: 24)

    /// Until it is answered.
    case always
    case never
    /// At the beginning of the wait.
    case first(hours: Int)

    /// Until when a request keeps its time; nil where it does not.
    ///
    /// - Parameters:
    ///   - answerBy: when the wait ends in any case.
    ///   - stated: until when the asker's server believes it does. More than the mentor gives is not granted.
    package func end(since asked: Date, answerBy: Date, stated: Date? = nil) -> Date? {
        let granted: Date
        switch self {
        case .never: return nil
        case .always: granted = answerBy
        case .first(let hours): granted = min(answerBy, asked.addingTimeInterval(Double(hours) * 3600))
        }
        let end = min(granted, stated ?? granted)
        return end > asked ? end : nil
    }
}

extension Holding: LosslessStringConvertible {
    /// `always`, `never`, or the number of hours.
    package var description: String {
        switch self {
        case .always: "always"
        case .never: "never"
        case .first(let hours): String(hours)
        }
    }

    package init?(_ text: String) {
        switch text {
        case "always": self = .always
        case "never": self = .never
        default:
            guard let hours = Int(text), Self.hours.contains(hours) else { return nil }
            self = .first(hours: hours)
        }
    }
}

/// The same as a mentor enters it.
package struct HoldingDraft: Sendable {
    /// `always`, `never` or `first`.
    package var requests: String
    /// Of `first`, and of nothing else.
    package var hours: Int?

    package init(requests: String = "first", hours: Int? = nil) {
        self.requests = requests
        self.hours = hours
    }

    func checked(_ field: String, _ checks: inout FieldChecks) -> Holding {
        guard requests == "first" else {
            if hours != nil { checks.fail("\(field).hours", "Only 'first' has hours.") }
            if requests == "always" { return .always }
            if requests != "never" { checks.fail("\(field).requests", "Use one of always, never, first.") }
            return .never
        }
        guard let hours else { return .standard }
        guard Holding.hours.contains(hours) else {
            checks.fail("\(field).hours", "Use \(Holding.hours.lowerBound) to \(Holding.hours.upperBound).")
            return .standard
        }
        return .first(hours: hours)
    }
}
