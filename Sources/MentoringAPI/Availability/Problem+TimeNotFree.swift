import Foundation
import JSONTree
import Mentoring
import UseCases
import WebServer
import Wire

extension Problem {
    /// A wished time that the mentor does not have, told with the nearest ones that there are.
    init(_ refusal: TimeNotFree) {
        self = .conflict(
            Self.sentence(refusal.obstacle),
            details: [
                ("conflict", "time_not_free"), ("rule", .string(ToldObstacle(refusal.obstacle, isOwn: false).rule)),
                ("nearest", .array(refusal.nearest.map { .string(DateTime.format($0)) })),
            ])
    }

    private static func sentence(_ obstacle: Obstacle) -> String {
        switch obstacle {
        case .absence(let returns): "The mentor is away and returns on \(returns)."
        case .notice(let minutes): "This mentor is to be asked at least \(minutes) minutes ahead."
        case .furthest(let days): "This mentor is to be asked at most \(days) days ahead."
        case .blocked, .taken: "The mentor has no time then."
        case .mostOfTypeADay, .mostADay, .mostAWeek, .hoursAMonth:
            "The mentor has as many sessions about that time as they want."
        case .past: "Choose a time to come."
        case .exception, .outsideHours, .offGrid, .hoursEnd: "The mentor does not offer that time."
        }
    }
}

/// Runs what books a time, and tells what is not free as an answer.
func booking<Result>(_ act: () async throws -> Result) async throws -> Result {
    do {
        return try await act()
    } catch let refusal as TimeNotFree {
        throw Problem(refusal)
    }
}
