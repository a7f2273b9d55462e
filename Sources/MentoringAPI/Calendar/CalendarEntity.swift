import Foundation
import JSONTree
import Mentoring
import Wire

extension OutsideCalendar {
    /// What its owner reads, and nobody else: the address is a secret.
    var json: JSON {
        [
            "id": .string(String(id)), "name": .string(name), "address": .string(address.string),
            "host": .string(address.host), "state": .string(state.rawValue), "last_good_at": lastGoodAt.json,
            "last_tried_at": lastTriedAt.json, "problem": problem.map { .string($0) } ?? .null, "busy": .int(busyCount),
        ]
    }
}

extension Date? {
    fileprivate var json: JSON { map { .string(DateTime.format($0)) } ?? .null }
}
