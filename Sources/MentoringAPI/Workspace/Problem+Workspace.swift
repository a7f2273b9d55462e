import JSONTree
import Mentoring
import UseCases
import WebServer
import Wire

extension Problem {
    init(_ refused: WorkspaceDesk.Refused) {
        func invalid(_ field: String, _ message: String) -> Problem {
            .invalid([FieldError(field: field, message: message)])
        }
        func conflict(_ message: String) -> Problem {
            .conflict(
                message,
                details: [
                    ("conflict", .string(refused.refusal.rawValue)),
                    ("status", .string(refused.session.status.rawValue)),
                ])
        }
        self =
            switch refused.refusal {
            case .unknownItem: .notFound
            case .notYours: .forbidden("That is the other side's: only they can change it.")
            case .notDoable: invalid("done", "Links and topics are not done.")
            case .full:
                invalid(
                    "kind", "You have \(WorkspaceItem.mostOfOneSide) items in this session already: remove one first.")
            case .tooEarly: invalid("at", "A session begins 15 minutes before its time at the earliest.")
            case .tooLate: invalid("at", "A session begins at most 12 hours after its time.")
            case .inFuture: invalid("at", "Give a time that has passed.")
            case .endNotAfterStart: invalid("at", "A session ends after its start.")
            case .tooLong: invalid("at", "A session lasts a day at most.")
            case .ended: conflict("The session is \(refused.session.status.rawValue).")
            case .notAgreed: conflict("The session is \(refused.session.status.rawValue): it cannot begin or end.")
            case .alreadyStarted: conflict("The session has begun already.")
            case .notStarted: conflict("The session has not begun.")
            case .alreadyEnded: conflict("The session has ended already.")
            case .unheard: conflict("The other community has not answered for long. Try again later.")
            }
    }

    /// The notes have changed since they were read: what stands now, so that nothing is lost.
    init(_ overtaken: WorkspaceDesk.Overtaken) {
        self.init(
            status: 412, message: "The notes have changed since you have read them. Nothing was saved.",
            details: [("conflict", "overtaken"), ("current", overtaken.notes.json)])
    }
}
