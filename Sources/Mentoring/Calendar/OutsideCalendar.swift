package import Foundation
package import Wire

/// A calendar that a mentor has elsewhere, and how reading it goes.
package struct OutsideCalendar: Hashable, Sendable {
    /// Of one person.
    package static let most = 5
    package static let nameLength = 1...100
    /// From the day before on: what began then may not be over.
    package static let daysBehind = 1
    package static let daysAhead = 400

    package enum State: String, CaseIterable, Sendable {
        /// Not tried yet.
        case waiting
        case good
        /// The last try gave nothing; the times of the last good one still count.
        case failing
    }

    /// What was read last, by which the next try tells whether anything is new.
    package struct Copy: Hashable, Sendable {
        package let etag: String?
        package let modified: String?
        package let digest: [UInt8]
        /// In which its days and its times without a zone were understood.
        package let zone: TimeZoneName
        package let readAt: Date

        package init(etag: String?, modified: String?, digest: [UInt8], zone: TimeZoneName, readAt: Date) {
            self.etag = etag
            self.modified = modified
            self.digest = digest
            self.zone = zone
            self.readAt = readAt
        }

        /// Whether the same text would give the same times: once a day the time that is looked at has moved on.
        package func isFresh(in zone: TimeZoneName, at now: Date) -> Bool {
            zone == self.zone && now.timeIntervalSince(readAt) < 86_400
        }
    }

    package let id: Int64
    package let owner: ActorID
    package let name: String
    /// Secret: whoever knows it can read the calendar.
    package let address: URI
    package internal(set) var nextTryAt: Date
    package internal(set) var lastTriedAt: Date?
    package internal(set) var lastGoodAt: Date?
    /// In a row.
    package internal(set) var failures: Int
    /// What the last try came to, where it gave nothing.
    package internal(set) var failure: String?
    package internal(set) var isTold: Bool
    package internal(set) var unreadable: Int
    package internal(set) var copy: Copy?
    /// How many times of it are known.
    package let busyCount: Int

    package init(
        id: Int64, owner: ActorID, name: String, address: URI, nextTryAt: Date, lastTriedAt: Date?, lastGoodAt: Date?,
        failures: Int, failure: String?, isTold: Bool, unreadable: Int, copy: Copy?, busyCount: Int
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.address = address
        self.nextTryAt = nextTryAt
        self.lastTriedAt = lastTriedAt
        self.lastGoodAt = lastGoodAt
        self.failures = failures
        self.failure = failure
        self.isTold = isTold
        self.unreadable = unreadable
        self.copy = copy
        self.busyCount = busyCount
    }

    package var state: State { failures > 0 ? .failing : lastGoodAt == nil ? .waiting : .good }

    /// What its owner should know, as a sentence.
    package var problem: String? {
        if let failure, failures > 0 { return failure }
        guard unreadable > 0 else { return nil }
        return unreadable == 1
            ? "One entry does not say when it is in a way that can be read, and is left out."
            : "\(unreadable) entries do not say when they are in a way that can be read, and are left out."
    }
}
