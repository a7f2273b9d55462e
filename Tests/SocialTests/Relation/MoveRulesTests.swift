import Foundation
import Social
import Testing
import Wire

struct MoveRulesTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func refusal(_ old: Actor, to target: Actor, aliases: [URI]? = nil) -> MoveRules.Refusal? {
        do {
            try MoveRules.judge(old, to: target, aliases: aliases ?? [old.uri], now: now)
            return nil
        } catch {
            return error
        }
    }

    @Test("The new account has to name the old one, exactly")
    func confirmation() throws {
        let (old, target) = (try actor(1), try actor(2, isLocal: false))
        #expect(refusal(old, to: target) == nil)
        #expect(refusal(old, to: target, aliases: [target.uri, old.uri]) == nil)
        #expect(refusal(old, to: target, aliases: []) == .notConfirmed)
        #expect(refusal(old, to: target, aliases: [target.uri]) == .notConfirmed)
        for other in [
            "https://a.example/users/p1/", "https://A.example/users/p1", "http://a.example/users/p1",
            "https://a.example/@p1",
        ] {
            #expect(refusal(old, to: target, aliases: [try #require(URI(other))]) == .notConfirmed, "\(other)")
        }
    }

    @Test("Nobody moves to themself, nor to who left")
    func targets() throws {
        let old = try actor(1)
        #expect(refusal(old, to: old) == .toItself)
        #expect(refusal(old, to: try actor(2, goneAt: now)) == .targetLeft)
        #expect(refusal(old, to: try actor(2, movedTo: ActorID(rawValue: 3))) == .targetLeft)
        #expect(refusal(old, to: try actor(2, movedTo: old.id)) == .targetLeft)
    }

    @Test("A week lies between two moves", arguments: [(0, false), (7 * 86_400, false), (7 * 86_400 + 1, true)])
    func pause(seconds: Double, isAllowed: Bool) throws {
        let old = try actor(1, movedTo: ActorID(rawValue: 3), movedAt: now.addingTimeInterval(-seconds))
        #expect(refusal(old, to: try actor(2)) == (isAllowed ? nil : .tooSoon))
    }
}
