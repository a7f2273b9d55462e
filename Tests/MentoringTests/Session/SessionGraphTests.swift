import Foundation
import Testing
import Wire

@testable import Mentoring

/// The whole graph: every status × action × role × custody, against a table written out by hand.
@Suite struct SessionGraphTests {
    /// Columns: custody, role, action, moment, then what becomes of a session that is pending, scheduled, declined,
    /// cancelled, expired (by the clock), completed, noShow. `>x` moves to x, `=` happens without moving, a word is
    /// the label of the refusal.
    static let table = """
        here   mentor accept          waiting   >scheduled already_answered >scheduled ended ended ended ended
        here   mentor accept          overdue   >scheduled already_answered >scheduled ended ended ended ended
        here   mentor accept          begun     too_late already_answered too_late ended ended ended ended
        here   mentor decline         waiting   >declined not_pending already_answered ended ended ended ended
        here   mentor decline         begun     too_late not_pending already_answered ended ended ended ended
        here   clock  decline         waiting   >declined not_pending already_answered ended ended ended ended
        here   mentee cancel          waiting   >cancelled >cancelled ended ended ended ended ended
        here   mentee cancel          begun     >cancelled too_late ended ended ended ended ended
        here   mentor cancel          waiting   not_scheduled >cancelled ended ended ended ended ended
        here   mentor cancel          begun     not_scheduled too_late ended ended ended ended ended
        here   mentor propose         waiting   = = ended ended ended ended ended
        here   mentor propose         begun     too_late too_late ended ended ended ended ended
        here   mentee decline_proposal waiting  = = ended ended ended ended ended
        here   mentee reschedule      waiting   >pending >pending ended ended ended ended ended
        here   mentee reschedule      begun     too_late too_late ended ended ended ended ended
        here   clock  expire          waiting   not_due not_pending ended ended ended ended ended
        here   clock  expire          overdue   >expired not_pending ended ended ended ended ended
        here   mentee report          waiting   not_scheduled not_started ended ended ended not_started not_started
        here   mentee report          begun     not_scheduled >completed ended ended ended already_reported already_reported
        here   mentor report          begun     not_scheduled = ended ended ended = =
        here   mentor dispute         begun     nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute = =
        here   mentee dispute         begun     nothing_to_dispute = nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute
        here   clock  settle          begun     not_scheduled not_due ended ended ended ended ended
        here   clock  settle          longAfter not_scheduled >completed ended ended ended ended ended
        here   mentor inquire         waiting   = not_pending ended ended ended ended ended
        here   mentee tell            waiting   nothing_asked not_pending ended ended ended ended ended
        here   clock  remind          waiting   not_due not_due not_due not_due not_due not_due not_due
        here   clock  remind          nearing   = = not_due not_due not_due not_due not_due

        owner  mentor acknowledge     waiting   duplicate duplicate duplicate duplicate duplicate duplicate duplicate
        owner  mentor accept          waiting   >scheduled = >scheduled ended ended ended ended
        owner  mentor accept          overdue   >scheduled = >scheduled ended ended ended ended
        owner  mentor accept          begun     too_late = too_late ended ended ended ended
        owner  mentor decline         waiting   >declined >cancelled = ended ended >cancelled >cancelled
        owner  mentor decline         begun     too_late too_late = ended ended ended ended
        owner  mentee cancel          waiting   >cancelled >cancelled ended ended ended ended ended
        owner  mentee cancel          begun     >cancelled too_late ended ended ended ended ended
        owner  mentor cancel          waiting   >cancelled >cancelled >cancelled ended >cancelled >cancelled >cancelled
        owner  mentor cancel          begun     >cancelled too_late >cancelled ended >cancelled ended ended
        owner  mentor propose         waiting   = = ended ended ended ended ended
        owner  mentor propose         begun     too_late too_late ended ended ended ended ended
        owner  mentee decline_proposal waiting  = = ended ended ended ended ended
        owner  mentee reschedule      waiting   >pending >pending ended ended ended ended ended
        owner  mentee reschedule      begun     too_late too_late ended ended ended ended ended
        owner  clock  expire          waiting   not_due not_pending ended ended ended ended ended
        owner  clock  expire          overdue   >expired not_pending ended ended ended ended ended
        owner  mentee report          waiting   not_scheduled not_started ended ended ended not_started not_started
        owner  mentee report          begun     not_scheduled >completed ended ended ended already_reported already_reported
        owner  mentor report          begun     not_scheduled = ended ended ended = =
        owner  mentor dispute         begun     nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute = =
        owner  mentee dispute         begun     nothing_to_dispute = nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute
        owner  clock  settle          begun     not_scheduled not_due ended ended ended ended ended
        owner  clock  settle          longAfter not_scheduled >completed ended ended ended ended ended
        owner  mentor inquire         waiting   = not_pending ended ended ended ended ended
        owner  mentee tell            waiting   nothing_asked not_pending ended ended ended ended ended
        owner  clock  remind          waiting   not_due not_due not_due not_due not_due not_due not_due
        owner  clock  remind          nearing   = = not_due not_due not_due not_due not_due

        mirror mentor accept          waiting   >scheduled already_answered >scheduled ended ended ended ended
        mirror mentor accept          overdue   >scheduled already_answered >scheduled ended ended ended ended
        mirror mentor accept          begun     too_late already_answered too_late ended ended ended ended
        mirror mentor decline         waiting   >declined not_pending already_answered ended ended ended ended
        mirror mentor decline         begun     too_late not_pending already_answered ended ended ended ended
        mirror clock  decline         waiting   >declined not_pending already_answered ended ended ended ended
        mirror mentee cancel          waiting   >cancelled >cancelled >cancelled ended >cancelled ended ended
        mirror mentee cancel          begun     >cancelled >cancelled >cancelled ended >cancelled ended ended
        mirror mentor cancel          waiting   not_scheduled >cancelled ended ended ended ended ended
        mirror mentor cancel          begun     not_scheduled too_late ended ended ended ended ended
        mirror mentor propose         waiting   = = ended ended ended ended ended
        mirror mentor propose         begun     too_late too_late ended ended ended ended ended
        mirror mentee decline_proposal waiting  = = ended ended ended ended ended
        mirror mentee reschedule      waiting   >pending >pending = ended >pending ended ended
        mirror mentee reschedule      begun     >pending >pending = ended >pending ended ended
        mirror mentee confirm         waiting   >cancelled = ended ended ended ended ended
        mirror mentee confirm         begun     never_accepted = ended ended ended ended ended
        mirror mentee confirm_decline waiting   >declined >declined duplicate ended >declined ended ended
        mirror mentor inquire         waiting   = not_pending ended ended ended ended ended
        mirror mentee tell            waiting   nothing_asked not_pending ended ended ended ended ended
        mirror clock  remind          nearing   not_due not_due not_due not_due not_due not_due not_due
        mirror clock  expire          overdue   not_due not_pending ended ended ended ended ended
        mirror clock  expire          begun     >expired not_pending ended ended ended ended ended
        mirror mentee expire          waiting   >expired >expired >expired ended = ended ended
        mirror mentee report          waiting   never_accepted not_started ended ended ended not_started not_started
        mirror mentee report          begun     never_accepted >completed ended ended ended already_reported already_reported
        mirror mentor report          begun     not_scheduled = ended ended ended = =
        mirror mentor dispute         begun     nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute = =
        mirror mentee dispute         begun     nothing_to_dispute = nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute nothing_to_dispute
        """

    struct Row: CustomTestStringConvertible, Sendable {
        let custody: Custody
        let role: Role
        let action: String
        let moment: String
        let expected: [String]

        var testDescription: String { "\(custody) \(role) \(action) \(moment)" }
    }

    static let rows: [Row] = table.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 11, let custody = Custody(rawValue: words[0]), let role = Role(rawValue: words[1]) else {
            return nil
        }
        return Row(custody: custody, role: role, action: words[2], moment: words[3], expected: Array(words[4...]))
    }

    static let statuses: [SessionStatus] = [.pending, .scheduled, .declined, .cancelled, .expired, .completed, .noShow]
    static let moments = [
        "waiting": Sample.waiting, "overdue": Sample.overdue, "begun": Sample.begun, "longAfter": Sample.longAfter,
        "nearing": Sample.nearing,
    ]
    static let actions: [String: SessionAction] = {
        let actions: [SessionAction] = [
            .accepting, .decline(Sample.words), .cancel(Sample.words), .propose([Sample.thirdSlot], Sample.words),
            .declineProposal(of: nil, Sample.words), Sample.session().moved(to: Sample.otherSlot), .confirm(),
            .confirmDecline(of: nil), .expire, .report(.completed), .dispute(Sample.words), .settle,
            .remind, .inquire("Which tools?"), .tell("Only pencils."), .acknowledge,
        ]
        return Dictionary(uniqueKeysWithValues: actions.map { ($0.label, $0) })
    }()

    static func decide(_ row: Row, _ status: SessionStatus) -> (before: Session, Decision)? {
        guard let action = actions[row.action], let now = moments[row.moment] else { return nil }
        var session = Sample.session(status, row.custody, proposal: Sample.proposal())
        if row.action == "settle" || (row.action, row.role) == ("dispute", .mentee), status == .scheduled {
            session.mentorReport = OutcomeReport(
                outcome: .completed, at: Sample.begun, activity: Sample.activity("outcome"))
        }
        let isRemoteMove = row.action == "reschedule" && row.custody == .mirror
        return (session, session.hearing(action, by: row.role, revision: isRemoteMove ? 1 : nil, now: now))
    }

    static func text(_ decision: Decision, from before: Session) -> String {
        switch decision {
        case .refused(let refusal, _, _): refusal.label
        case .applied(let after, let event, _):
            // A move may lead from pending to pending.
            if case .rescheduled = event.kind, after.status == .pending {
                ">pending"
            } else {
                after.status == before.status ? "=" : ">\(after.status.rawValue)"
            }
        }
    }

    @Test("every row of the table is read", arguments: [rows.count])
    func readsWholeTable(count: Int) {
        #expect(count == Self.table.split(separator: "\n").count { !$0.allSatisfy(\.isWhitespace) })
        #expect(Self.actions.count == 16)
    }

    @Test(arguments: rows) func followsTable(row: Row) throws {
        for (status, expected) in zip(Self.statuses, row.expected) {
            let (before, decision) = try #require(Self.decide(row, status))
            #expect(Self.text(decision, from: before) == expected, "\(status)")
        }
    }

    @Test("whatever the table does not name is refused for its role, in every status")
    func refusesEverythingElse() throws {
        let named = Set(Self.rows.map { "\($0.custody) \($0.role) \($0.action)" })
        var refused = 0
        for custody in Custody.allCases {
            for role in Role.allCases {
                for action in Self.actions.keys where !named.contains("\(custody) \(role) \(action)") {
                    for status in Self.statuses {
                        let row = Row(custody: custody, role: role, action: action, moment: "waiting", expected: [])
                        let (before, decision) = try #require(Self.decide(row, status))
                        #expect(
                            decision == .refused(.wrongRole, before, replies: []), "\(row.testDescription) \(status)")
                        refused += 1
                    }
                }
            }
        }
        #expect(refused + named.count * 7 == 3 * 3 * 16 * 7)
    }

    @Test("a refusal changes nothing but the book-keeping, and never anything for people who act here")
    func refusalChangesNothing() throws {
        for row in Self.rows {
            for status in Self.statuses {
                let (before, decision) = try #require(Self.decide(row, status))
                guard case .refused(_, var after, let replies) = decision else { continue }
                if row.custody.isHome(of: row.role) {
                    #expect(after == before && replies.isEmpty)
                } else {
                    after.answer = before.answer
                    after.restatedAt = before.restatedAt
                    #expect(after == before)
                }
            }
        }
    }

    @Test("an ending is recorded exactly while the session is declined, cancelled or expired")
    func recordsEndings() throws {
        for row in Self.rows {
            for status in Self.statuses {
                let (_, decision) = try #require(Self.decide(row, status))
                let after = decision.session
                let hasEnded = [.declined, .cancelled, .expired].contains(after.status)
                #expect((after.ending != nil) == hasEnded, "\(row.testDescription) \(status)")
                #expect(after.status.isOpen || (after.proposal == nil && after.heldSlot == nil))
                if after.status == .scheduled { #expect(after.agreement?.revision == after.revision) }
            }
        }
    }
}
