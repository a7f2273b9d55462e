import Foundation
package import JSONTree
import Schemas

/// Holds documents against JSON Schemas: as much of draft 2020-12 and draft 4 as those in `schemas/json` and NodeInfo's
/// use. A keyword that it does not know is an error, so that no schema is believed to hold what nobody looked at.
package struct JSONSchema: Sendable {
    /// By path below `schemas/json`.
    private let documents: [String: JSON]

    /// Those of this project.
    package init() throws {
        var documents: [String: JSON] = [:]
        for (path, text) in Schemas.files where path.hasPrefix("json/") && !path.contains("/examples/") {
            documents[String(path.dropFirst(5))] = try TestSupport.json(text)
        }
        self.documents = documents
    }

    /// One that refers to no other.
    package init(_ text: String) throws { documents = ["schema.json": try TestSupport.json(text)] }

    /// Where and why a document is not as the schema says.
    ///
    /// - Parameter name: the path of the schema without `.json`, such as `post/create`.
    package func errors(in document: JSON, as name: String = "schema") -> [String] {
        guard let schema = documents["\(name).json"] else { return ["there is no schema \(name)"] }
        return check(document, Part(schema, in: "\(name).json"), at: "$").errors
    }

    private struct Part {
        let schema: JSON
        let file: String

        init(_ schema: JSON, in file: String) {
            self.schema = schema
            self.file = file
        }
    }

    private struct Outcome {
        var errors: [String] = []
        /// Members of an object that some keyword has looked at.
        var known: Set<String> = []

        mutating func add(_ other: Outcome) {
            errors += other.errors
            known.formUnion(other.known)
        }
    }

    private func check(_ value: JSON, _ part: Part, at path: String) -> Outcome {
        if let isAllowed = part.schema.bool {
            return Outcome(errors: isAllowed ? [] : ["\(path): nothing may be here"])
        }
        guard let schema = part.schema.object else { return Outcome(errors: ["\(part.file): no schema at \(path)"]) }
        var outcome = Outcome()
        for (keyword, rule) in schema where keyword != "unevaluatedProperties" {
            outcome.add(check(value, keyword, rule, schema, part.file, at: path))
        }
        if let rule = schema["unevaluatedProperties"], let members = value.object {
            for (name, member) in members where !outcome.known.contains(name) {
                outcome.add(check(member, Part(rule, in: part.file), at: "\(path).\(name)"))
            }
        }
        return outcome
    }

    private func check(
        _ value: JSON, _ keyword: String, _ rule: JSON, _ schema: JSON.Object, _ file: String, at path: String
    ) -> Outcome {
        func part(_ schema: JSON) -> Part { Part(schema, in: file) }
        func demand(_ isRight: Bool) -> Outcome {
            Outcome(
                errors: isRight ? [] : ["\(path): \(keyword) \(rule.serializedText()), not \(value.serializedText())"])
        }
        switch keyword {
        case "$schema", "$id", "$defs", "id", "title", "description", "format", "then", "else": return Outcome()
        case "$ref":
            guard let target = resolve(rule.string ?? "", from: file) else { return demand(false) }
            return check(value, target, at: path)
        case "type": return demand(rule.list.contains { value.isOf($0.string ?? "") })
        case "const": return demand(value == rule)
        case "enum": return demand(rule.list.contains(value))
        case "pattern": return demand(value.string.map { $0.matches(rule.string ?? "") } ?? true)
        case "minLength": return demand(value.string.map { $0.unicodeScalars.count >= rule.int ?? 0 } ?? true)
        case "maxLength": return demand(value.string.map { $0.unicodeScalars.count <= rule.int ?? 0 } ?? true)
        case "minimum": return demand(value.double.map { $0 >= rule.double ?? 0 } ?? true)
        case "maximum": return demand(value.double.map { $0 <= rule.double ?? 0 } ?? true)
        case "minItems": return demand(value.array.map { $0.count >= rule.int ?? 0 } ?? true)
        case "maxItems": return demand(value.array.map { $0.count <= rule.int ?? 0 } ?? true)
        case "uniqueItems":
            let items = value.array ?? []
            return demand(items.indices.allSatisfy { !items[..<$0].contains(items[$0]) })
        case "minProperties": return demand(value.object.map { Array($0).count >= rule.int ?? 0 } ?? true)
        case "maxProperties": return demand(value.object.map { Array($0).count <= rule.int ?? 0 } ?? true)
        case "required":
            return demand(
                value.object.map { object in rule.list.allSatisfy { object[$0.string ?? ""] != nil } } ?? true)
        case "dependentRequired":
            guard let object = value.object, let rules = rule.object else { return Outcome() }
            return demand(
                rules.allSatisfy { name, needed in
                    object[name] == nil || needed.list.allSatisfy { object[$0.string ?? ""] != nil }
                })
        case "prefixItems", "items":
            guard let items = value.array else { return Outcome() }
            let first = schema["prefixItems"].list
            var outcome = Outcome()
            for (index, item) in items.enumerated() {
                guard keyword == "items" ? index >= first.count : index < first.count else { continue }
                outcome.errors +=
                    check(item, part(keyword == "items" ? rule : first[index]), at: "\(path)[\(index)]").errors
            }
            return outcome
        case "properties", "additionalProperties", "propertyNames":
            return members(value, keyword, rule, schema, file, at: path)
        case "allOf":
            return rule.list.reduce(into: Outcome()) { $0.add(check(value, part($1), at: path)) }
        case "oneOf", "anyOf":
            let right = rule.list.map { check(value, part($0), at: path) }.filter(\.errors.isEmpty)
            guard keyword == "oneOf" ? right.count == 1 : !right.isEmpty else {
                return Outcome(errors: ["\(path): \(right.count) of \(keyword) for \(value.serializedText())"])
            }
            return right.reduce(into: Outcome()) { $0.add($1) }
        case "not": return demand(!check(value, part(rule), at: path).errors.isEmpty)
        case "if":
            let condition = check(value, part(rule), at: path)
            guard let then = schema[condition.errors.isEmpty ? "then" : "else"] else {
                return condition.errors.isEmpty ? condition : Outcome()
            }
            var outcome = check(value, part(then), at: path)
            if condition.errors.isEmpty { outcome.known.formUnion(condition.known) }
            return outcome
        default: return Outcome(errors: ["\(file): nobody knows the keyword \(keyword)"])
        }
    }

    private func members(
        _ value: JSON, _ keyword: String, _ rule: JSON, _ schema: JSON.Object, _ file: String, at path: String
    ) -> Outcome {
        guard let object = value.object else { return Outcome() }
        let named = schema["properties"]?.object
        var outcome = Outcome()
        for (name, member) in object {
            switch keyword {
            case "propertyNames":
                outcome.errors += check(.string(name), Part(rule, in: file), at: "\(path)'\(name)").errors
            case "properties":
                guard let rule = named?[name] else { continue }
                outcome.known.insert(name)
                outcome.errors += check(member, Part(rule, in: file), at: "\(path).\(name)").errors
            default:
                guard named?[name] == nil else { continue }
                outcome.known.insert(name)
                outcome.errors += check(member, Part(rule, in: file), at: "\(path).\(name)").errors
            }
        }
        return outcome
    }

    /// A path relative to the referring file, and a pointer into the file found there.
    private func resolve(_ reference: String, from file: String) -> Part? {
        let sides = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        var folders = file.split(separator: "/").dropLast().map(String.init)
        var target = file
        if let path = sides.first, !path.isEmpty {
            for step in path.split(separator: "/") {
                if step == ".." { _ = folders.popLast() } else { folders.append(String(step)) }
            }
            target = folders.joined(separator: "/")
        }
        guard var schema = documents[target] else { return nil }
        for step in sides.count == 2 ? sides[1].split(separator: "/") : [] {
            guard let next = schema[String(step)] else { return nil }
            schema = next
        }
        return Part(schema, in: target)
    }
}

extension JSON {
    fileprivate func isOf(_ type: String) -> Bool {
        switch type {
        case "null": isNull
        case "boolean": bool != nil
        case "integer": int != nil
        case "number": number != nil
        case "string": string != nil
        case "array": array != nil
        case "object": object != nil
        default: false
        }
    }
}

extension String {
    /// Whether a regular expression of ECMAScript's kind is found in the text.
    fileprivate func matches(_ pattern: String) -> Bool {
        guard let expression = try? NSRegularExpression(pattern: pattern) else { return false }
        return expression.firstMatch(in: self, range: NSRange(startIndex..., in: self)) != nil
    }
}
