import Foundation
import JSONTree
import Mentoring
import WebServer
import Wire

extension Problem {
    /// Why the rules refused what a person wanted: a conflict with what stands, told with the present state; or a
    /// time that nobody can choose.
    ///
    /// - Parameter nearest: free times that come nearest to one that is taken.
    init(_ refusal: Refusal, of session: Session, nearest: [Date]? = nil) {
        switch refusal {
        case .slotInPast: self = .invalid([FieldError(field: "start", message: "Choose a time to come.")])
        case .slotTooFarAhead:
            self = .invalid([FieldError(field: "start", message: "Choose a time within the next two years.")])
        case .reasonMissing: self = .invalid([FieldError(field: "reason", message: "Say why, in a few words.")])
        case .wrongRole:
            self = Problem(status: 403, message: "That is for the other side to do.")
        default:
            self = .conflict(
                Self.sentence(refusal, session),
                details: [
                    ("conflict", .string(refusal.label)), ("status", .string(session.status.rawValue)),
                    ("revision", .int(session.revision)),
                ] + Self.clash(refusal)
                    + (nearest.map { [("nearest", .array($0.map { .string(DateTime.format($0)) }))] } ?? []))
        }
    }

    /// What is in the way, told to its own mentor alone.
    private static func clash(_ refusal: Refusal) -> [(name: String, value: JSON)] {
        guard case .tooNear(let clash) = refusal else { return [] }
        return [
            (
                "clash",
                [
                    "kind": .string(clash.kind.rawValue), "start": .string(DateTime.format(clash.start)),
                    "end": .string(DateTime.format(clash.end)),
                ]
            )
        ]
    }

    private static func sentence(_ refusal: Refusal, _ session: Session) -> String {
        switch refusal {
        case .notPending, .ended, .alreadyAnswered, .duplicate: "The session is \(session.status.rawValue) already."
        case .notScheduled(.pending): "The session is pending: decline it instead."
        case .notScheduled: "The session is \(session.status.rawValue)."
        case .tooLate: "The session's time has come."
        case .notStarted: "The session has not begun."
        case .withinGrace: "Give the other side ten minutes."
        case .alreadyReported: "That has been said before."
        case .nothingToDispute: "Nothing has been reported."
        case .nothingAsked: "The mentor has asked nothing."
        case .slotTaken: "The mentor has another session at that time."
        case .tooNear(let clash) where clash.kind.isSession:
            "Another session is nearer to it than you want. Accept with 'override' to have both."
        case .tooNear: "That time is kept for somebody else. Accept with 'override' to give it away."
        case .mentorFull: "The mentor has as many mentees as they can have at once."
        case .unknownProposal: "No other time has been proposed."
        case .unchanged: "That is what stands already."
        default: "This cannot be done now: the session is \(session.status.rawValue)."
        }
    }
}
