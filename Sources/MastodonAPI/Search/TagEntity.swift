import Foundation
import JSONTree
import Social
import Wire

/// A hashtag (docs.joinmastodon.org/entities/Tag).
struct TagEntity {
    let name: String
    let addresses: Addresses
    var isFollowed: Bool?

    init(name: String, addresses: Addresses, isFollowed: Bool? = nil) {
        self.name = name
        self.addresses = addresses
        self.isFollowed = isFollowed
    }

    /// With a history of a week, because clients look at its first and last day.
    var json: JSON {
        let today = (Date().timeIntervalSince1970 / 86_400).rounded(.down)
        let history = (0..<7).map { day -> JSON in
            let midnight = Int(exactly: (today - Double(day)) * 86_400) ?? 0
            return ["day": .string(String(midnight)), "uses": "0", "accounts": "0"]
        }
        return [
            "id": .string(name), "name": .string(name), "url": .string(addresses.tag(name).string),
            "history": .array(history),
            "following": isFollowed.map(JSON.bool),
        ]
    }
}
