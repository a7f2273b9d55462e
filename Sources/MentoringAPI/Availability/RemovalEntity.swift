import Foundation
import JSONTree
import Mentoring
import Wire

/// A rule that takes times of a day away, as it is told.
struct RemovalEntity {
    private let obstacle: ToldObstacle
    private var starts: [Date]

    /// In the order of their first times; rules that are told alike are one.
    static func all(of day: SlotDay, isOwn: Bool) -> [RemovalEntity] {
        var told: [RemovalEntity] = []
        for removal in day.removed {
            let obstacle = ToldObstacle(removal.obstacle, isOwn: isOwn)
            if let same = told.firstIndex(where: { $0.obstacle == obstacle }) {
                told[same].starts += removal.starts
            } else {
                told.append(RemovalEntity(obstacle: obstacle, starts: removal.starts))
            }
        }
        for index in told.indices { told[index].starts.sort() }
        return told
    }

    var json: JSON {
        [
            "rule": .string(obstacle.rule), "value": obstacle.value.json,
            "returns": obstacle.returns.map { .string($0.description) } ?? .null,
            "reason": obstacle.reason.map { .string($0) } ?? .null,
            "starts": .array(starts.map { .string(DateTime.format($0)) }),
        ]
    }
}
