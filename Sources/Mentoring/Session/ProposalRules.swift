import Foundation
import Wire

/// Other times that the mentor puts forward, or the wish that the mentee choose another. They change nothing until the
/// mentee moves the session.
extension Hearing {
    func propose(_ slots: [Slot], _ reason: Reason) -> Decision {
        guard session.status.isOpen else { return refuse(.ended(session.status), sending: .state) }
        guard session.proposal?.activity != command.activity else { return refuse(.duplicate) }
        if let mismatch { return refuse(mismatch, sending: .state) }
        if let last = lastSaidOnThisRevision, published < last { return refuse(.overtaken) }
        guard !hasStarted else { return refuse(.tooLate) }
        guard !lacksWords(reason) || !slots.isEmpty else { return refuse(.reasonMissing) }
        guard slots.count <= Proposal.mostSlots || !isHome else { return refuse(.tooManySlots) }

        let usable = slots.filter { unusable($0) == nil }.prefix(Proposal.mostSlots)
        if let fault = slots.lazy.compactMap(unusable).first, isHome || usable.isEmpty { return refuse(fault) }
        return apply(.proposed(Array(usable), reason)) {
            $0.proposal = Proposal(
                activity: command.activity, slots: Array(usable), reason: reason, published: published)
        }
    }

    func declineProposal(_ activity: URI?, _ reason: Reason) -> Decision {
        guard session.status.isOpen else { return refuse(.ended(session.status)) }
        guard let proposal = session.proposal, activity == nil || activity == proposal.activity else {
            return refuse(.unknownProposal)
        }
        return apply(.proposalDeclined(of: proposal.activity, reason)) { $0.proposal = nil }
    }

    /// Why a time cannot be asked for.
    func unusable(_ slot: Slot) -> Refusal? {
        if slot.start <= now { return .slotInPast }
        return slot.start > now.addingTimeInterval(SessionTimes.furthestStart) ? .slotTooFarAhead : nil
    }

    /// An offer older than the last offer, or than the Accept of this very revision, was replaced by it.
    private var lastSaidOnThisRevision: Date? {
        let accepted = session.agreement.flatMap { $0.revision == session.revision ? $0.published : nil }
        return [accepted, session.proposal?.published].compactMap(\.self).max()
    }
}
