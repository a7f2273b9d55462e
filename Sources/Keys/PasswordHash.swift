/// A stored password: cost, salt and derived key, as one line of text
/// `$scrypt$ln=15,r=8,p=1$salt$key` (PHC string format; Base64 without padding).
package struct PasswordHash: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The longest password that is hashed, in UTF-8 bytes.
    package static let maximumPasswordLength = 1024

    package let cost: ScryptCost
    let salt: [UInt8]
    let key: [UInt8]

    init(cost: ScryptCost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Reads a stored line; nil unless it is well formed and its cost is within the bounds of
    /// ``ScryptCost/init(costExponent:blockSize:parallelism:)``.
    package init?(storedText: String) {
        guard storedText.utf8.count <= 256 else { return nil }
        let parts = storedText.utf8.split(
            separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1].elementsEqual("scrypt".utf8) else {
            return nil
        }
        let numbers = parts[2].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard numbers.count == 3,
            let costExponent = Self.number(numbers[0], named: "ln="),
            let blockSize = Self.number(numbers[1], named: "r="),
            let parallelism = Self.number(numbers[2], named: "p="),
            let cost = ScryptCost(
                costExponent: costExponent, blockSize: blockSize, parallelism: parallelism),
            let salt = Base64.decode(parts[3], as: .unpadded), (8...64).contains(salt.count),
            let key = Base64.decode(parts[4], as: .unpadded), (16...64).contains(key.count)
        else { return nil }
        self.init(cost: cost, salt: salt, key: key)
    }

    /// The line to store.
    package var storedText: String {
        "$scrypt$ln=\(cost.costExponent),r=\(cost.blockSize),p=\(cost.parallelism)"
            + "$\(Base64.encode(salt, as: .unpadded))$\(Base64.encode(key, as: .unpadded))"
    }

    /// Whether the cost is another than today's, so that the next sign-in should store a new hash.
    package var isOutdated: Bool { cost != .standard }

    package var description: String { "PasswordHash" }

    package var customMirror: Mirror { Mirror(self, children: ["cost": cost]) }

    /// At most four decimal digits after the name.
    private static func number(_ text: Substring.UTF8View, named name: String) -> Int? {
        let digits = text.dropFirst(name.utf8.count)
        guard text.starts(with: name.utf8), (1...4).contains(digits.count),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
