import JSONTree
import Mentoring
import WebServer
import Wire

/// `reason` and `code`: why, in the person's own words and in one of those that programs know.
struct ReasonBody {
    private let text: String?
    private let code: Reason.Code?

    /// What people choose from; the others are said by communities.
    private static let codes: [Reason.Code] = [.scheduleConflict, .illness, .notAFit, .capacity, .other, .unspecified]

    init(_ fields: JSONFields) {
        text = fields.optional("reason", .text(length: 0...5000))
        code = fields.optional("code", .oneOf())
        if let code, !Self.codes.contains(code) {
            fields.refuse("code", "Use one of \(Self.codes.map(\.rawValue).joined(separator: ", ")).")
        }
    }

    /// - Throws: what is wrong in `reason`.
    func checked() throws(InvalidFields) -> Reason { try Reason(writing: text ?? "", code: code ?? .unspecified) }
}
