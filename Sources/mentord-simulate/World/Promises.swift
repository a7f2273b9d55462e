import Foundation
import Mentoring
import Wire

/// What must hold, whatever happens. What does not is written down.
struct Promises {
    var broken: [String] = []
    /// Sessions that were held against each other at the end, and how many of them were agreed.
    private(set) var compared = 0
    private(set) var agreed = 0
    private(set) var ends: [SessionStatus: Int] = [:]
    /// What mentors have accepted, each on their own server.
    private var accepted: Set<Acceptance> = []

    private struct Acceptance: Hashable {
        let session: URI
        let revision: Int
        let start: Date

        init(_ session: Session) {
            self.session = session.uri
            revision = session.revision
            start = session.slot.start
        }

        /// nil where the two are not going to meet, or did not.
        init?(agreed session: Session) {
            switch session.status {
            case .scheduled, .completed, .noShow: self.init(session)
            case .pending, .declined, .cancelled, .expired: return nil
            }
        }
    }

    /// After everything that happens in one community.
    mutating func check(_ before: [Session], _ after: [Session], _ happened: [Daemon.Happening], at host: String) {
        for happening in happened {
            if case .accepted = happening.event.kind, happening.session.custody == .mirror, happening.event.by == .mentor {
                accepted.insert(Acceptance(happening.session))
            }
        }
        for session in after {
            let earlier = before.first { $0.uri == session.uri }
            guard session != earlier else { continue }
            if let earlier { check(earlier, became: session, at: host) }
            guard session.status == .scheduled else { continue }
            if session.agreement?.revision != session.revision { broken.append("\(host): agreed without an answer") }
            if !accepted.contains(Acceptance(session)) {
                broken.append("\(host): \(session.uri) is agreed for what its mentor never accepted")
            }
            if session.custody == .mirror { checkCalendar(of: session, among: after, at: host) }
        }
    }

    private mutating func check(_ earlier: Session, became session: Session, at host: String) {
        if earlier.status == .cancelled, session.status != .cancelled {
            broken.append("\(host): \(session.uri) was cancelled and is \(session.status)")
        }
        if session.revision < earlier.revision { broken.append("\(host): the revision of \(session.uri) went back") }
    }

    private mutating func checkCalendar(of session: Session, among others: [Session], at host: String) {
        let clash = others.first { other in
            other.mentor == session.mentor && other.uri != session.uri && other.status == .scheduled
                && other.slot.overlaps(session.slot)
        }
        if clash != nil { broken.append("\(host): a mentor has agreed to two sessions at one time") }
    }

    /// After a stranger's word.
    mutating func checkUntouched(_ before: [Session], _ after: [Session]) {
        for session in before where after.first(where: { $0.uri == session.uri }) != session {
            broken.append("a stranger changed \(session.uri)")
        }
    }

    /// When nothing is under way and nothing is due: of every meeting before which there was time to talk, both sides say
    /// the same.
    mutating func checkEnd(of daemons: [Daemon], calmSince calm: Date) {
        let copies = daemons.flatMap(\.sessions)
        var seen: Set<URI> = []
        for uri in copies.map(\.uri) where seen.insert(uri).inserted {
            let owner = copies.first { $0.uri == uri && $0.custody == .owner }
            let mirror = copies.first { $0.uri == uri && $0.custody == .mirror }
            if let owner { ends[owner.status, default: 0] += 1 }
            if [owner, mirror].contains(where: { $0?.status == .pending }) { broken.append("\(uri) waits for ever") }
            let begins = [owner, mirror].compactMap { $0.flatMap(Self.agreedStart) }
            guard begins.allSatisfy({ $0 > calm.addingTimeInterval(Self.timeToTalk) }) else { continue }
            compared += 1
            if begins.isEmpty { continue }
            agreed += 1
            guard let owner, let mirror else {
                broken.append("\(uri) is agreed on one side and unknown on the other")
                continue
            }
            guard let one = Acceptance(agreed: owner), let other = Acceptance(agreed: mirror) else {
                broken.append("\(uri) is \(owner.status) for the mentee and \(mirror.status) for the mentor")
                continue
            }
            if one != other { broken.append("\(uri) is agreed for two times") }
        }
    }

    private static let timeToTalk = 86_400.0

    private static func agreedStart(_ session: Session) -> Date? { Acceptance(agreed: session)?.start }
}
