package import Foundation
import JSONTree
import Jobs
import Mentoring
package import PostgreSQL
import Social
import Store
package import Wire

/// Keeps what is known of a mentor's free time and room: for those who look for one, and for other servers.
package struct MentorSupply: Sendable {
    /// Changes so near to each other are looked at once, this long after the last of them can have happened.
    static let step = 1.0
    static let delay = 0.5
    /// Other servers are told no sooner again whether a mentor has room.
    static let telling = 15.0 * 60

    private let profiles: Profiles

    package init(profiles: Profiles) { self.profiles = profiles }

    /// Has looked anew when a mentor has time, after something changed by which that can be another: hours, sessions,
    /// holds, calendars, the profile. For whoever is no mentor of ours nothing is done.
    package static func renew(_ mentor: ActorID, in transaction: Transaction) async throws {
        guard let now = try await transaction.clock(forMentor: mentor) else { return }
        let second = (now.timeIntervalSince1970 / step).rounded(.down) * step + step + delay
        try await look(at: mentor, when: Date(timeIntervalSince1970: second), in: transaction)
    }

    private static func look(at mentor: ActorID, when: Date, in transaction: Transaction) async throws {
        try await JobQueue().enqueue(
            NewJob(
                kind: RefreshSupply.kind,
                payload: ["mentor": .string(String(mentor.rawValue)), "at": .string(DateTime.format(when))],
                key: "\(mentor.rawValue) \(DateTime.format(when))", priority: 150, dueAt: when),
            in: transaction)
    }

    /// Works out anew when a mentor has time, tells others whether there is room, and has looked again when either will
    /// change by itself.
    package func refresh(_ mentor: ActorID, now: Date, in transaction: Transaction) async throws {
        guard let profile = try await transaction.lockProfile(of: mentor) else { return }
        let isOpen = profile.isShown && profile.isOpen
        let next = isOpen ? try await nextFree(of: mentor, profile.offers, now: now, in: transaction) : nil
        try await transaction.setNextFree(next, of: mentor)
        let roomChanges = profile.isFull ? try await transaction.nextSessionEnd(of: mentor, after: now) : nil
        let again = try await tellRoom(of: mentor, isFull: profile.isFull, now: now, in: transaction)
        for time in Set([next?.lapsesAt, roomChanges, again].compactMap(\.self)) {
            try await Self.look(at: mentor, when: max(time, now).addingTimeInterval(1), in: transaction)
        }
    }

    private func nextFree(
        of mentor: ActorID, _ offers: [MentorOffer], now: Date, in transaction: Transaction
    ) async throws -> NextFree? {
        let lengths = offers.shortestLengths(in: try await transaction.catalogue())
        let time = now..<now.addingTimeInterval(NextFree.horizon)
        // What takes the mentor's time is the same for every type.
        guard let (type, minutes) = lengths.first,
            let search = try await transaction.slotSearch(of: mentor, type: type, minutes: minutes, in: time, now: now)
        else { return nil }
        // What is kept for minutes while somebody writes is as good as free.
        let taken = search.taken.filter { $0.kind != .hold }
        return NextFree(search.availability, lengths: lengths, taken: taken, now: now)
    }

    /// Gives when to try again, where it is too soon to tell the change.
    private func tellRoom(
        of mentor: ActorID, isFull: Bool, now: Date, in transaction: Transaction
    ) async throws -> Date? {
        guard let told = try await transaction.toldRoom(of: mentor), told.isFull != isFull else { return nil }
        if let at = told.at, now < at.addingTimeInterval(Self.telling) { return at.addingTimeInterval(Self.telling) }
        try await transaction.setToldRoom(isFull: isFull, of: mentor, at: now)
        try await profiles.touch(mentor, in: transaction)
        return nil
    }
}
