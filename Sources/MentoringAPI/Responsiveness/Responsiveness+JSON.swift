import JSONTree
import Mentoring

extension Responsiveness {
    var json: JSON {
        [
            "active": activity.map { .string($0.rawValue) } ?? .null,
            "usual_hours": usualHours.map { .int($0) } ?? .null, "answered_percent": .int(answeredShare),
        ]
    }
}
