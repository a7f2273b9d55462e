import Foundation
import Social
import Testing
import Wire

struct FollowRulesTests {
    struct Case: Sendable {
        var relation = Relation()
        var isLocked = false
        var isLimited = false
        var kind = Actor.Kind.person
        var isGone = false
        let answer: FollowRules.Answer
    }

    static let cases = [
        Case(answer: .accept), Case(isLocked: true, answer: .ask), Case(isLimited: true, answer: .ask),
        Case(isLocked: true, isLimited: true, answer: .ask), Case(relation: Relation(blocks: true), answer: .refuse),
        Case(relation: Relation(isBlockedBy: true), answer: .refuse),
        Case(relation: Relation(isBlockedBy: true), isLocked: true, answer: .refuse),
        Case(relation: Relation(follows: .accepted, isBlockedBy: true), answer: .refuse),
        Case(relation: Relation(follows: .accepted), answer: .accept),
        Case(relation: Relation(isFollowedBy: .accepted), isLocked: true, answer: .ask),
        Case(kind: .application, answer: .refuse), Case(kind: .service, answer: .accept),
        Case(isGone: true, answer: .refuse),
    ]

    @Test(
        "Open people are followed, locked ones and those of limited servers asked, blocked ones refused",
        arguments: cases)
    func answers(_ wish: Case) throws {
        let follower = try actor(1, isLocal: false, goneAt: wish.isGone ? .distantPast : nil)
        let followed = try actor(2, kind: wish.kind, isLocked: wish.isLocked)
        #expect(
            FollowRules.answer(to: follower, wishing: followed, wish.relation, isLimited: wish.isLimited) == wish.answer
        )
    }
}
