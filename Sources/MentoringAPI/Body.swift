import Foundation
import JSONTree
import Mentoring
import WebServer
import Wire

extension Exchange {
    /// The body as a JSON object, read field by field.
    ///
    /// - Parameter limits: what the body may cost.
    func read<Value>(within limits: JSON.Limits = JSON.Limits(), _ read: (JSONFields) -> Value) throws -> Value {
        guard contentType?.essence == "application/json" else {
            throw Problem(status: 415, message: "Send application/json.")
        }
        let json: JSON
        do {
            json = try JSON.parse(body, limits: limits)
        } catch {
            throw Problem.badRequest("The body is not JSON that can be read: \(error).")
        }
        return try json.read(read)
    }

    /// The number of results that the asker wants, 1 to 40.
    func limit() throws(FieldError) -> Int {
        guard let text = query("limit") else { return 20 }
        guard let limit = Int(text), (1...40).contains(limit) else {
            throw FieldError(field: "limit", message: "Use 1 to 40.")
        }
        return limit
    }

    /// Where to go on, as an earlier page's `next` says.
    func cursor(_ name: String) throws(FieldError) -> Int64? {
        guard let text = query(name) else { return nil }
        guard let number = Int64(text), number > 0 else {
            throw FieldError(field: name, message: "Use the value that 'next' gave.")
        }
        return number
    }
}

extension JSONRule<Date> {
    /// An RFC 3339 time with its offset.
    static var time: JSONRule {
        JSONRule("Must be a time with its offset such as 2026-12-03T15:00:00+01:00.", standIn: .distantPast) {
            $0.string.flatMap(DateTime.parse)
        }
    }
}

extension JSONRule<PlaceDraft> {
    static var place: JSONRule {
        .object { fields in
            PlaceDraft(medium: fields.optional("medium", .oneOf()) ?? .online, fields)
        }
    }
}

extension PlaceDraft {
    init(medium: Place.Medium, _ fields: JSONFields) {
        self.init(
            medium: medium.rawValue, detail: fields.optional("detail", .text(length: 0...1000)),
            link: fields.optional("link", .text(length: 1...URI.maximumLength)),
            platform: fields.optional("platform", .text(length: 0...200)),
            passcode: fields.optional("passcode", .text(length: 0...200)))
    }
}

extension JSONRule<RateDraft> {
    static var rate: JSONRule {
        .object { fields in
            RateDraft(
                amount: fields.required("amount", .text(length: 1...20)),
                currency: fields.required("currency", .text(length: 3...3)),
                per: fields.optional("per", .text(length: 1...20)) ?? Rate.Unit.session.rawValue)
        }
    }
}
