import Foundation
import JSONTree
import Mentoring
import Wire

/// A rule that takes times of a day away, as it is told. What a mentor does at other times, and how full the mentor's
/// days are, is nobody else's business: others hear `busy` and `full`.
struct RemovalEntity {
    private let rule: String
    private let value: Int?
    private let returns: CalendarDay?
    private let reason: String?
    private var starts: [Date]

    /// In the order of their first times; rules that are told alike are one.
    static func all(of day: SlotDay, isOwn: Bool) -> [RemovalEntity] {
        var told: [RemovalEntity] = []
        for removal in day.removed {
            let entity = RemovalEntity(removal, isOwn: isOwn)
            if let same = told.firstIndex(where: { $0.isTold(as: entity) }) {
                told[same].starts += entity.starts
            } else {
                told.append(entity)
            }
        }
        for index in told.indices { told[index].starts.sort() }
        return told
    }

    private init(_ removal: SlotDay.Removal, isOwn: Bool) {
        starts = removal.starts
        returns = if case .absence(let day) = removal.obstacle { day } else { nil }
        reason = if isOwn, case .blocked(let words) = removal.obstacle, !words.isEmpty { words } else { nil }
        rule = Self.rule(removal.obstacle, isOwn: isOwn)
        value =
            switch removal.obstacle {
            case .notice(let number), .furthest(days: let number), .offGrid(let number): number
            case .mostOfTypeADay(let number), .mostADay(let number), .mostAWeek(let number), .hoursAMonth(let number):
                isOwn ? number : nil
            case .past, .absence, .exception, .outsideHours, .hoursEnd, .blocked, .taken: nil
            }
    }

    static func rule(_ obstacle: Obstacle, isOwn: Bool) -> String {
        switch obstacle {
        case .blocked, .taken: isOwn ? obstacle.label : "busy"
        case .mostOfTypeADay, .mostADay, .mostAWeek, .hoursAMonth: isOwn ? obstacle.label : "full"
        case .past, .absence, .exception, .outsideHours, .offGrid, .hoursEnd, .notice, .furthest: obstacle.label
        }
    }

    private func isTold(as other: RemovalEntity) -> Bool {
        rule == other.rule && value == other.value && returns == other.returns && reason == other.reason
    }

    var json: JSON {
        [
            "rule": .string(rule), "value": value.json, "returns": returns.map { .string($0.description) } ?? .null,
            "reason": reason.map { .string($0) } ?? .null,
            "starts": .array(starts.map { .string(DateTime.format($0)) }),
        ]
    }
}
