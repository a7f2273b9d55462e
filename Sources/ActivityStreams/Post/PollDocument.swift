package import Foundation
import JSONTree
import Wire

/// The choice that a `Question` puts, as Mastodon, Misskey and Pleroma write it.
package struct PollDocument: Equatable, Sendable {
    package struct Option: Equatable, Sendable {
        /// Plain text; a vote names it.
        package var name: String
        /// nil where the author does not tell.
        package var votes: Int?

        package init(name: String, votes: Int?) {
            self.name = name
            self.votes = votes
        }
    }

    package var options: [Option]
    /// `anyOf` instead of `oneOf`.
    package var allowsSeveral: Bool
    package var endTime: Date?
    package var isClosed: Bool
    package var closedAt: Date?
    package var votersCount: Int?

    package init(
        options: [Option], allowsSeveral: Bool, endTime: Date?, isClosed: Bool = false, closedAt: Date? = nil,
        votersCount: Int?
    ) {
        self.options = options
        self.allowsSeveral = allowsSeveral
        self.endTime = endTime
        self.isClosed = isClosed
        self.closedAt = closedAt
        self.votersCount = votersCount
    }

    package static let mostOptions = 20
    package static let longestOption = 200
}

// MARK: - Reading

extension PollDocument {
    /// Reads `oneOf` or else `anyOf`; nil where there is no option with a name. Options beyond the 20th are left out.
    init?(_ question: JSON) {
        let single = Self.options(question["oneOf"])
        let options = single.isEmpty ? Self.options(question["anyOf"]) : single
        guard !options.isEmpty else { return nil }
        let closedAt = question.date("closed")
        self.init(
            options: options, allowsSeveral: single.isEmpty, endTime: question.date("endTime"),
            isClosed: closedAt != nil || question["closed"]?.bool == true, closedAt: closedAt,
            votersCount: question.count("votersCount"))
    }

    private static func options(_ value: JSON?) -> [Option] {
        value.list.prefix(mostOptions).compactMap { option in
            option.line("name", limit: longestOption).map {
                Option(name: $0, votes: (option["replies"] ?? .null).count("totalItems"))
            }
        }
    }
}

// MARK: - Writing

extension PollDocument {
    func write(to object: inout JSON.Object) {
        object[allowsSeveral ? "anyOf" : "oneOf"] = .array(
            options.map {
                [
                    "type": "Note", "name": .string($0.name),
                    "replies": ["type": "Collection", "totalItems": .int($0.votes ?? 0)],
                ]
            })
        object["endTime"] = endTime.map { .string(DateTime.format($0)) }
        object["closed"] = closedAt.map { .string(DateTime.format($0)) } ?? (isClosed ? true : nil)
        object["votersCount"] = votersCount.map { .int($0) }
    }
}
