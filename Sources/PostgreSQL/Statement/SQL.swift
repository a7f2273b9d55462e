/// One SQL statement, or a fragment of one, with its bound values.
///
/// Written as an interpolated literal: `"select id from actors where uri = \(uri)"` has the text
/// `select id from actors where uri = $1` and one parameter. Interpolation binds a value or splices another `SQL`;
/// there is no way to paste a run-time string into the text, because the literal parts are `StaticString`.
package struct SQL: Sendable {
    /// UTF-8 of the statement without its placeholders.
    private var text: [UInt8]
    /// Where in `text` the placeholder of each parameter stands, ascending.
    private var placeholders: [Int]
    private(set) var parameters: SQLParameters

    private init(text: [UInt8]) {
        self.text = text
        placeholders = []
        parameters = SQLParameters()
    }

    /// Text of the program's own making. Not for other targets.
    init(trusted text: String) {
        self.init(text: Array(text.utf8))
    }

    /// The fragments in order with `separator` between them; empty for no fragments.
    package static func joined(_ fragments: some Sequence<SQL>, separator: SQL = ", ") -> SQL {
        var joined = SQL(text: [])
        for (index, fragment) in fragments.enumerated() {
            if index > 0 { joined.append(separator) }
            joined.append(fragment)
        }
        return joined
    }

    /// Appends `fragment`, renumbering its parameters after those already present.
    package mutating func append(_ fragment: SQL) {
        let offset = text.count
        text += fragment.text
        placeholders += fragment.placeholders.map { $0 + offset }
        parameters.append(fragment.parameters)
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.append(right)
        return sum
    }

    /// The statement's UTF-8 with `$1`, `$2` … in place, without a terminating NUL.
    func rendered() -> [UInt8] {
        var rendered: [UInt8] = []
        rendered.reserveCapacity(text.count + placeholders.count * 4)
        var start = 0
        for (index, end) in placeholders.enumerated() {
            rendered += text[start..<end]
            rendered.append(UInt8(ascii: "$"))
            rendered += String(index + 1).utf8
            start = end
        }
        rendered += text[start...]
        return rendered
    }
}

extension SQL: ExpressibleByStringInterpolation {
    package init(stringLiteral literal: StaticString) {
        self.init(text: literal.withUTF8Buffer(Array.init))
    }

    package init(stringInterpolation interpolation: Interpolation) {
        self = interpolation.sql
    }

    /// Collects literal text, bound values and spliced fragments.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var sql = SQL(text: [])

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql.text.reserveCapacity(literalCapacity)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { sql.text += $0 }
        }

        /// Binds `value` as the next parameter.
        package mutating func appendInterpolation(_ value: some SQLEncodable) {
            sql.placeholders.append(sql.text.count)
            sql.parameters.append(value)
        }

        /// Binds `value` or NULL as the next parameter.
        package mutating func appendInterpolation<Value: SQLEncodable>(_ value: Value?) {
            sql.placeholders.append(sql.text.count)
            sql.parameters.append(value)
        }

        /// Splices `fragment` with its parameters.
        package mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment)
        }
    }
}

extension SQL: CustomStringConvertible {
    /// The text with placeholders, without values.
    package var description: String { String(decoding: rendered(), as: UTF8.self) }
}
