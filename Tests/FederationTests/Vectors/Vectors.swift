import Foundation
import JSONTree

/// The files of `schemas/vectors`.
enum Vectors {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "schemas/vectors")

    static func file(_ name: String) throws -> JSON {
        let text = try Data(contentsOf: folder.appending(path: "\(name).json"))
        return try JSON.parse(Array(text), limits: JSON.Limits(values: 100_000))
    }

    /// Where a value is not as a pattern says: members that the pattern does not name may be there, those that it has
    /// as null may not; lists are as long as the pattern's.
    static func faults(in value: JSON, against pattern: JSON, at place: String = "$") -> [String] {
        if let members = pattern.object {
            guard value.object != nil else { return ["\(place) is no object"] }
            return members.flatMap { name, wanted -> [String] in
                let here = "\(place).\(name)"
                guard !wanted.isNull else { return value[name] == nil ? [] : ["\(here) is there"] }
                return value[name].map { faults(in: $0, against: wanted, at: here) } ?? ["\(here) is missing"]
            }
        }
        if let wanted = pattern.array {
            guard let values = value.array, values.count == wanted.count else { return ["\(place) has another length"] }
            return zip(values, wanted).enumerated().flatMap {
                faults(in: $1.0, against: $1.1, at: "\(place)[\($0)]")
            }
        }
        return value == pattern ? [] : ["\(place) is \(value), not \(pattern)"]
    }
}
