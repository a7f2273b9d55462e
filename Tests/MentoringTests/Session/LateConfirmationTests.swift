import Foundation
import Testing
import Wire

@testable import Mentoring

/// A mirror whose mentor accepted, which then heard that the owner holds the session for declined, and now hears that it
/// stands.
@Suite struct LateConfirmationTests {
    static let declined = Sample.session(.scheduled, .mirror).hearing(
        .confirmDecline(of: Sample.activity("accept")), by: .mentee, revision: 0
    ).session

    @Test("believed while the time is free") func believes() throws {
        #expect(Self.declined.status == .declined)
        #expect(SessionRules.slotInQuestion(.confirm(), on: Self.declined) == Self.declined.slot)
        let decision = Self.declined.hearing(.confirm(), by: .mentee, revision: 0)
        #expect(decision.session.status == .scheduled)
    }

    @Test("taken back by the mentor once the time went to somebody else") func takesBack() throws {
        let decision = Self.declined.hearing(.confirm(), by: .mentee, revision: 0, mentorIsFree: false)
        #expect(decision.session.status == .cancelled)
        #expect(decision.session.ending?.reason == Reason(.taken))
        #expect(decision.event?.kind == .cancelled(Reason(.taken)))
        #expect(decision.event?.by == .mentor)
        #expect(decision.session.takenSlots.isEmpty)
    }

    @Test("a session that stands asks for no time") func stands() {
        let standing = Sample.session(.scheduled, .mirror)
        #expect(SessionRules.slotInQuestion(.confirm(), on: standing) == nil)
        #expect(standing.hearing(.confirm(), by: .mentee, revision: 0, mentorIsFree: false).session.status == .scheduled)
    }
}
