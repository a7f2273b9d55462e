import Foundation
package import JSONTree
import Wire

/// The parameters of a request, wherever a client put them: in the query, in a form, in JSON, or in several of these.
///
/// The Mastodon API has grown with clients that send the same thing in each of these ways. So reading is lenient: a
/// number may be a text, a list a single value, and null is absent. What is said twice counts as said last: query, then
/// body.
package struct Input: Sendable {
    package struct File: Sendable {
        package let name: String
        package let contentType: String?
        package let bytes: ArraySlice<UInt8>
    }

    package let values: JSON.Object
    package let files: [String: File]

    package init(_ values: JSON.Object, files: [String: File] = [:]) {
        self.values = values
        self.files = files
    }

    /// A value as text; numbers and booleans as they are written in a form. Empty is a text.
    package func text(_ name: String) -> String? {
        switch values[name] {
        case .string(let text): text
        case .number(let number): JSON.number(number).serializedText()
        case .bool(let flag): flag ? "true" : "false"
        default: nil
        }
    }

    /// Everything but 0, f, false and off, in any letter case, is true; what is empty is absent.
    package func flag(_ name: String) -> Bool? {
        guard let text = text(name), !text.isEmpty else { return nil }
        return !["0", "f", "false", "off"].contains(text.lowercased())
    }

    /// A whole number; nil when it is absent, empty or none.
    package func integer(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

    /// The number of something here, as clients hold it: decimal digits.
    package func id(_ name: String) -> Int64? { text(name).flatMap { Self.id($0) } }

    /// Digits alone, within 63 bits.
    package static func id(_ text: String) -> Int64? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(text) : nil
    }

    /// A list, also where one value stands alone or the members have indices; nil when the name is absent.
    package func list(_ name: String) -> [JSON]? {
        switch values[name] {
        case nil, .null: nil
        case .array(let values): values
        case .object(let object): object.map(\.value)
        case let value?: [value]
        }
    }

    package func texts(_ name: String) -> [String]? {
        list(name).map { values in values.compactMap { Input(["": $0]).text("") } }
    }

    package func ids(_ name: String) -> [Int64] { (texts(name) ?? []).compactMap(Self.id) }

    /// The parameters inside of a name.
    package func nested(_ name: String) -> Input? { values[name]?.object.map { Input($0) } }

    /// The objects of a list.
    package func nestedList(_ name: String) -> [Input]? {
        list(name).map { values in values.compactMap { $0.object.map { Input($0) } } }
    }

    package func has(_ name: String) -> Bool { values[name].map { !$0.isNull } ?? false }
}

extension Exchange {
    /// - Throws: 400 when the body is not what its type says, 415 for a type that carries no parameters.
    package func input() throws(Problem) -> Input {
        let query = target.utf8.firstIndex(of: UInt8(ascii: "?")).map { target.utf8[target.utf8.index(after: $0)...] }
        let fields = query.map { FormFields.read($0) } ?? []
        guard !body.isEmpty else { return Input(FieldTree(fields).json) }
        let type = HeaderParameters(field("content-type") ?? "")
        switch type.value {
        case "application/x-www-form-urlencoded", "":
            return Input(FieldTree(fields + FormFields.read(body)).json)
        case "application/json":
            var values = FieldTree(fields).json
            let json: JSON
            do {
                json = try JSON.parse(body)
            } catch {
                throw Problem.badRequest("The body is not JSON that can be read: \(error).")
            }
            guard let object = json.object else { throw Problem.badRequest("The body must be a JSON object.") }
            for (name, value) in object { values[name] = value }
            return Input(values)
        case "multipart/form-data":
            guard let boundary = type["boundary"], let multipart = MultipartBody(body, boundary: boundary) else {
                throw Problem.badRequest("The multipart body cannot be read.")
            }
            var texts = fields
            var files: [String: Input.File] = [:]
            // Only files may be large.
            let length = multipart.parts.reduce(0) { $0 + ($1.fileName == nil ? $1.bytes.count : 0) }
            guard length <= 262_144 else { throw Problem.tooLarge }
            for part in multipart.parts {
                if let name = part.fileName {
                    files[part.name] = Input.File(name: name, contentType: part.contentType, bytes: part.bytes)
                } else {
                    texts.append((part.name, String(decoding: part.bytes, as: UTF8.self)))
                }
            }
            return Input(FieldTree(texts).json, files: files)
        default:
            throw Problem(
                status: 415, message: "Send application/json, application/x-www-form-urlencoded or multipart/form-data."
            )
        }
    }
}
