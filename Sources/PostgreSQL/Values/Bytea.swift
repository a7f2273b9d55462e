/// `[UInt8]` is `bytea`, in its hexadecimal form. A single byte is a `smallint`.
extension UInt8: SQLArrayElement {
    package static var sqlArrayType: SQLType { .bytea }

    package static func sqlText(ofArray array: [UInt8]) -> SQLText {
        let digits = Array("0123456789abcdef".utf8)
        var text = Array("\\x".utf8)
        text.reserveCapacity(2 + array.count * 2)
        for byte in array {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return .text(String(decoding: text, as: UTF8.self))
    }

    package static func array(sqlText: String) -> [UInt8]? {
        let text = sqlText.utf8
        guard text.starts(with: "\\x".utf8), text.count.isMultiple(of: 2) else { return nil }
        var array: [UInt8] = []
        array.reserveCapacity(text.count / 2 - 1)
        var high: UInt8?
        for digit in text.dropFirst(2) {
            guard let value = hexValue(digit) else { return nil }
            if let upper = high {
                array.append(upper << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return array
    }
}

private func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
}
