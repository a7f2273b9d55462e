/// Cancel by either side.
extension Hearing {
    func cancel(_ reason: Reason) -> Decision {
        guard !lacksWords(reason) else { return refuse(.reasonMissing) }
        guard session.status != .cancelled else {
            return refuse(session.ending?.activity == command.activity ? .duplicate : .ended(.cancelled))
        }
        return switch (command.role, isHome) {
        case (.mentor, true): cancelAsMentor(reason)
        case (.mentor, false): cancelFromAfar(reason)
        case (_, true): cancelAsMentee(reason)
        case (_, false): cancelByOwner(reason)
        }
    }

    private func cancelAsMentee(_ reason: Reason) -> Decision {
        switch session.status {
        case .pending: apply(.cancelled(reason)) { end(&$0, as: .cancelled, reason) }
        case .scheduled where hasStarted: refuse(.tooLate)
        case .scheduled: apply(.cancelled(reason)) { end(&$0, as: .cancelled, reason) }
        default: refuse(.ended(session.status))
        }
    }

    private func cancelAsMentor(_ reason: Reason) -> Decision {
        switch session.status {
        case .pending: refuse(.notScheduled(.pending))
        case .scheduled where hasStarted: refuse(.tooLate)
        case .scheduled: withdraw(reason, as: .cancelled)
        default: refuse(.ended(session.status))
        }
    }

    /// The mentor's own copy has ended already, and nothing opens it again.
    private func cancelFromAfar(_ reason: Reason) -> Decision {
        switch session.status {
        case .pending, .declined, .expired:
            apply(.cancelled(reason)) {
                hear(.cancelled, &$0)
                end(&$0, as: .cancelled, reason)
            }
        case .scheduled, .completed, .noShow: withdraw(reason, as: .cancelled)
        case .cancelled: refuse(.ended(.cancelled))
        }
    }

    /// The Event is gone from its owner's server, whenever the news arrives. After an outcome it is only cleared away.
    private func cancelByOwner(_ reason: Reason) -> Decision {
        switch session.status {
        case .pending, .scheduled, .declined, .expired: apply(.cancelled(reason)) { end(&$0, as: .cancelled, reason) }
        case .cancelled, .completed, .noShow: refuse(.ended(session.status))
        }
    }
}
