import CorpusTesting

@testable import HTTPSignatures

/// What reading a Dictionary promises for every field value.
enum StructuredFieldPromises {
    static func check(_ input: [UInt8]) throws {
        guard let members = try? StructuredFieldParser.dictionary(input, maximumLength: .max) else { return }
        try expect(input.allSatisfy { $0 < 0x80 }, "accepted other bytes than ASCII")
        try expect(Set(members.map(\.key)).count == members.count, "one key twice")
        let text = members.map(\.serialized).joined(separator: ",")
        let again = try? StructuredFieldParser.dictionary(text.utf8, maximumLength: .max)
        try expect(again == members, "what was read is written as \(text.debugDescription), which is read otherwise")
        // RFC 9651 section 4.1 has one text for each value, and the parser accepts no looser spelling than OWS, a
        // sign and zeros before a number, and `=?1`.
        try expect(text.utf8.count <= input.count, "the canonical text is longer: \(text.debugDescription)")
    }

    static func checkEffort(_ input: [UInt8]) throws {
        try Effort.check(input) { _ = try? StructuredFieldParser.dictionary($0, maximumLength: .max) }
    }
}

extension StructuredField.Member {
    fileprivate var serialized: String {
        switch value {
        case .innerList(let list): "\(key)=\(list.serialized)"
        case .item(let item) where item.value == .boolean(true): key + item.parameters.serialized
        case .item(let item): "\(key)=\(item.serialized)"
        }
    }
}
