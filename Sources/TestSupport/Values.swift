package import Foundation
package import JSONTree
package import Mentoring
package import Wire

/// A value of the test's own that cannot be read.
package struct UnreadableSample: Error {
    package let text: String

    package init(text: String) { self.text = text }
}

package func uri(_ text: String) throws -> URI {
    guard let uri = URI(text) else { throw UnreadableSample(text: text) }
    return uri
}

/// An RFC 3339 time.
package func date(_ text: String) throws -> Date {
    guard let date = DateTime.parse(text) else { throw UnreadableSample(text: text) }
    return date
}

package func json(_ text: String) throws -> JSON { try JSON.parse(Array(text.utf8)) }

package func username(_ text: String) throws -> Username {
    guard let name = Username(text) else { throw UnreadableSample(text: text) }
    return name
}

package func handle(_ text: String) throws -> Handle {
    guard let handle = Handle(text) else { throw UnreadableSample(text: text) }
    return handle
}

package func zone(_ name: String) throws -> TimeZoneName {
    guard let zone = TimeZoneName(name) else { throw UnreadableSample(text: name) }
    return zone
}

package func slot(_ start: Date, minutes: Int = 45, zone name: String = "Europe/Berlin") throws -> Slot {
    guard let slot = Slot(start: start, minutes: minutes, zone: try zone(name)) else {
        throw UnreadableSample(text: "\(start)")
    }
    return slot
}

package func rate(_ amount: String, _ code: String = "EUR", per unit: Rate.Unit = .hour) throws -> Rate {
    guard let currency = Currency(code), let rate = Rate(amount: amount, currency: currency, per: unit) else {
        throw UnreadableSample(text: amount)
    }
    return rate
}

extension Date {
    /// The present second: a moment that the database and the wire keep as it is.
    package static var thisSecond: Date {
        Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
    }

    /// A whole hour so many days from now.
    package static func hence(days: Double) -> Date {
        Date(timeIntervalSince1970: ((Date().timeIntervalSince1970 + days * 86_400) / 3600).rounded(.down) * 3600)
    }
}
