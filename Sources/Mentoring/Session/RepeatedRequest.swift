package import Foundation
package import Wire

extension SessionRules {
    /// A request whose Event is known already, whatever its Invite's id: the same session (federation profile 6.3). A
    /// newer revision inside it is a move whose Update was lost. Otherwise nothing happens, and our last answer goes
    /// back if it is more than an hour old.
    ///
    /// - Parameter sender: the verified actor.
    package static func decideRepeatedRequest(
        _ request: RemoteRequest, from sender: ActorID, on session: Session, now: Date, mentorIsFree: Bool,
        holding: Holding = .never
    ) -> Decision {
        guard session.custody == .mirror, sender == session.mentee, request.event == session.uri,
            request.requester == request.attributedTo
        else { return .refused(.wrongActor, session, replies: []) }
        let move = request.slot.map {
            Move(
                slot: $0, place: request.place, rate: request.rate, answerBy: request.answerBy,
                heldUntil: request.heldUntil)
        }
        let isAnother = request.slot.map { !$0.isSameTime(as: session.slot) } ?? false
        let isNewer = (request.revision.map { $0 > session.revision } ?? isAnother) && request.state == .pending
        let action = move.flatMap { isNewer ? SessionAction.reschedule($0) : nil }
        let command = SessionCommand(
            action ?? .confirm(), by: .mentee, revision: request.revision, published: now, activity: request.invite)
        if action != nil {
            return decide(command, on: session, now: now, mentorIsFree: mentorIsFree, holding: holding)
        }
        return Hearing(command: command, session: session, now: now, mentorIsFree: mentorIsFree)
            .refuse(.duplicate, sending: .lastAnswer)
    }
}
