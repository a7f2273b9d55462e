import Testing
import Wire

@testable import Mentoring

struct ToldObstacleTests {
    static let kept: [(Obstacle, String)] = [
        (.blocked(reason: "Dentist"), "busy"), (.taken(.session), "busy"), (.taken(.calendar), "busy"),
        (.mostADay(3), "full"), (.mostOfTypeADay(1), "full"), (.mostAWeek(7), "full"), (.hoursAMonth(10), "full"),
    ]

    @Test("What a mentor does and how much they take is told to nobody but them", arguments: kept)
    func isKept(obstacle: Obstacle, heard: String) {
        let others = ToldObstacle(obstacle, isOwn: false)
        #expect(others.rule == heard && others.value == nil && others.reason == nil && others.returns == nil)
        #expect(ToldObstacle(obstacle, isOwn: true).rule == obstacle.label)
    }

    @Test("Everybody may hear how a time could be had") func isTold() throws {
        #expect(ToldObstacle(.notice(minutes: 120), isOwn: false).value == 120)
        let day = try #require(CalendarDay("2026-11-30"))
        #expect(ToldObstacle(.absence(returns: day), isOwn: false).returns == day)
    }
}
