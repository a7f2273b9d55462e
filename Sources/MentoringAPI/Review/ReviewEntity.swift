import Foundation
import JSONTree
import Mentoring
import Social
import Wire

extension Rating {
    var json: JSON.Object {
        var object = JSON.Object()
        var list = JSON.Object()
        for dimension in RatingDimension.allCases { list[dimension.rawValue] = scores[dimension].map { .int($0) } }
        object["scores"] = .object(list)
        object["overall"] = .double(Double(overall) / 10)
        object["words"] = .string(words)
        return object
    }
}

extension RatingSummary {
    var json: JSON {
        ["count": .int(count), "mean": mean.map { .double(Double($0) / 10) } ?? .null]
    }
}

extension Review {
    /// nil while the rating itself is not here.
    func json(_ people: [ActorID: Actor]) -> JSON? {
        guard var object = rating?.json else { return nil }
        object["id"] = .string(id.uuidString.lowercased())
        object["by"] = people[author].map(PersonEntity.json) ?? .null
        object["cleared"] = .bool(clearedAt != nil)
        return .object(object)
    }

    fileprivate func privateJSON(_ people: [ActorID: Actor]) -> JSON {
        guard var object = json(people)?.object else { return .null }
        object["public"] = .bool(rating?.isPublic ?? false)
        object["given_at"] = .string(DateTime.format(givenAt))
        return .object(object)
    }
}

extension SessionReviews {
    /// As one of the two sees it: the other's rating only once it was shown.
    func json(for role: Role, _ people: [ActorID: Actor], at now: Date) -> JSON {
        let other = given[role.other]
        return [
            "open": .bool(refusal(by: role, at: now) == nil),
            "closes_at": closesAt.map { .string(DateTime.format($0)) } ?? .null,
            "own": given[role].map { $0.privateJSON(people) } ?? .null,
            "other_has_rated": .bool(other != nil),
            "other": other.flatMap { $0.revealedAt == nil ? nil : $0.privateJSON(people) } ?? .null,
            "everybody_reads": .bool(arePublic),
        ]
    }
}
