import Foundation
import Testing
import Wire

@testable import Mentoring

struct PrivateOfferTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let mentor = ActorID(rawValue: 1)
    private static let mentee = ActorID(rawValue: 2)
    private static let stranger = ActorID(rawValue: 3)

    private static func later(_ minutes: Double) -> Date { now.addingTimeInterval(minutes * 60) }

    private static func offer(
        reader: ActorID? = nil, rate: Rate? = nil, revoked: Bool = false, used: Bool = false, ends: Double = 600
    ) -> PrivateOffer {
        PrivateOffer(
            id: 1, mentor: mentor, reader: reader,
            terms: PrivateOffer.Terms(
                kind: SessionKind(name: "support", label: "Support", pricing: .mentorSetsRate), minutes: 45, rate: rate,
                message: "", starts: [later(300), later(600)], expiresAt: later(ends)),
            createdAt: later(-10), revokedAt: revoked ? now : nil, usedAt: used ? now : nil)
    }

    private static func request(
        start: Double = 300, minutes: Double = 45, kind: String = "support", rate: Rate? = nil
    ) throws -> RemoteRequest {
        let origin = "https://a.example"
        let person = try #require(URI("\(origin)/users/mika"))
        return RemoteRequest(
            event: try #require(URI("\(origin)/sessions/1")), invite: try #require(URI("\(origin)/activities/1")),
            requester: person, attributedTo: person,
            kind: SessionKind(name: kind, label: kind, pricing: nil), topic: "", start: later(start),
            end: later(start + minutes), rate: rate)
    }

    @Test func itIsOpenUntilItIsTakenRevokedOrOver() {
        #expect(Self.offer().state(at: Self.now) == .open)
        #expect(Self.offer(used: true).state(at: Self.now) == .used)
        #expect(Self.offer(revoked: true).state(at: Self.now) == .revoked)
        #expect(Self.offer(ends: 5).state(at: Self.later(4.99)) == .open)
        #expect(Self.offer(ends: 5).state(at: Self.later(5)) == .expired)
    }

    @Test func itIsForWhoeverHasItOrForOneAndNeverForItsMentor() {
        #expect(Self.offer().isFor(Self.stranger) && !Self.offer().isFor(Self.mentor))
        let named = Self.offer(reader: Self.mentee)
        #expect(named.isFor(Self.mentee) && !named.isFor(Self.stranger) && !named.isFor(Self.mentor))
    }

    @Test(arguments: [
        (TakenTime.Kind.session, 290.0, 301.0, [600.0]), (.session, 345, 400, [300, 600]), (.session, 200, 300, [300, 600]),
        (.ownSession, 344, 346, [600]), (.hold, 300, 345, [600]), (.request, 0, 1000, []), (.calendar, 0, 1000, [300, 600]),
    ])
    func whatTheMentorIsBoundByTakesItsTimes(kind: TakenTime.Kind, start: Double, end: Double, left: [Double]) {
        let taken = TakenTime(start: Self.later(start), end: Self.later(end), kind: kind)
        #expect(Self.offer().free(besides: [taken], now: Self.now) == left.map(Self.later))
    }

    @Test func timesThatHavePassedAreNotFree() {
        #expect(Self.offer().free(besides: [], now: Self.later(300)) == [Self.later(600)])
    }

    @Test func aRequestGetsWhatWasOfferedAndNothingElse() throws {
        let euro = try #require(Currency("EUR"))
        let rate = try #require(Rate(amount: "20.00", currency: euro, per: .hour))
        let free = [Self.later(300), Self.later(600)]
        func refusal(_ offer: PrivateOffer, _ request: RemoteRequest, free: [Date] = free) -> Reason.Code? {
            offer.refusal(of: request, from: Self.mentee, free: free, now: Self.now)?.code
        }
        #expect(refusal(Self.offer(), try Self.request()) == nil)
        #expect(refusal(Self.offer(reader: Self.mentee), try Self.request(start: 600)) == nil)
        #expect(refusal(Self.offer(rate: rate), try Self.request(rate: rate)) == nil)
        #expect(refusal(Self.offer(reader: Self.stranger), try Self.request()) == .expired)
        #expect(refusal(Self.offer(used: true), try Self.request()) == .expired)
        #expect(refusal(Self.offer(revoked: true), try Self.request()) == .expired)
        #expect(refusal(Self.offer(), try Self.request(start: 301)) == .scheduleConflict)
        #expect(refusal(Self.offer(), try Self.request(minutes: 60)) == .scheduleConflict)
        #expect(refusal(Self.offer(), try Self.request(kind: "art")) == .policy)
        #expect(refusal(Self.offer(rate: rate), try Self.request()) == .policy)
        #expect(refusal(Self.offer(), try Self.request(rate: rate)) == .policy)
        #expect(refusal(Self.offer(), try Self.request(), free: [Self.later(600)]) == .taken)
    }
}
