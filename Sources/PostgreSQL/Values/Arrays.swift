package import Foundation

/// An element whose arrays are values too: PostgreSQL's one-dimensional arrays, or `bytea` for bytes.
package protocol SQLArrayElement: SQLEncodable, SQLDecodable {
    static var sqlArrayType: SQLType { get }
    static func sqlText(ofArray array: [Self]) -> SQLText
    static func array(sqlText: String) -> [Self]?
}

extension Array: SQLEncodable where Element: SQLArrayElement {
    package static var sqlType: SQLType { Element.sqlArrayType }
    package var sqlText: SQLText { Element.sqlText(ofArray: self) }
}

extension Array: SQLDecodable where Element: SQLArrayElement {
    package init?(sqlText: String) {
        guard let array = Element.array(sqlText: sqlText) else { return nil }
        self = array
    }
}

extension Bool: SQLArrayElement {}
extension Int: SQLArrayElement {}
extension Int16: SQLArrayElement {}
extension Int32: SQLArrayElement {}
extension Int64: SQLArrayElement {}
extension Double: SQLArrayElement {}
extension String: SQLArrayElement {}
extension UUID: SQLArrayElement {}
extension Date: SQLArrayElement {}
extension Optional: SQLArrayElement where Wrapped: SQLArrayElement {}

/// The array syntax of the manual's section 8.15: `{1,"a \"b\"",NULL}`.
extension SQLArrayElement {
    package static var sqlArrayType: SQLType { .inferred }

    package static func sqlText(ofArray array: [Self]) -> SQLText {
        var text = "{"
        for (index, element) in array.enumerated() {
            if index > 0 { text += "," }
            switch element.sqlText {
            case .null: text += "NULL"
            case .unencodable(let reason): return .unencodable(reason)
            case .text(let element): text += backslashQuoted(element, quote: "\"")
            }
        }
        return .text(text + "}")
    }

    package static func array(sqlText: String) -> [Self]? {
        guard let elements = arrayElements(of: sqlText) else { return nil }
        var array: [Self] = []
        array.reserveCapacity(elements.count)
        for text in elements {
            guard let element = text.map(Self.init(sqlText:)) ?? sqlNull else { return nil }
            array.append(element)
        }
        return array
    }
}

/// The texts of a one-dimensional array's elements, nil for NULL; nil if `text` is not such an array.
private func arrayElements(of text: String) -> [String?]? {
    var bytes = Substring(text).utf8
    guard bytes.popFirst() == UInt8(ascii: "{") else { return nil }
    if bytes.elementsEqual("}".utf8) { return [] }

    var elements: [String?] = []
    while true {
        var element: [UInt8] = []
        let isQuoted = bytes.first == UInt8(ascii: "\"")
        if isQuoted {
            bytes.removeFirst()
            while let byte = bytes.popFirst(), byte != UInt8(ascii: "\"") {
                guard let kept = byte == UInt8(ascii: "\\") ? bytes.popFirst() : byte else { return nil }
                element.append(kept)
            }
        } else {
            let plain = bytes.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
            guard !plain.isEmpty, plain.first != UInt8(ascii: "{") else { return nil }
            element += plain
            bytes = bytes[plain.endIndex...]
        }
        let isNull = !isQuoted && element.elementsEqual("NULL".utf8)
        elements.append(isNull ? nil : String(decoding: element, as: UTF8.self))

        switch bytes.popFirst() {
        case UInt8(ascii: ","): continue
        case UInt8(ascii: "}"): return bytes.isEmpty ? elements : nil
        default: return nil
        }
    }
}
