import HTTPTypes
import Hummingbird
import Wire

/// Makes the page on which a person reads what is wrong; only its body and type count.
package typealias RefusalPage = @Sendable (Problem) throws -> Answer

/// How it is told that something is not answered as was wished: on a page to whoever would rather have HTML than JSON,
/// as it is with browsers, and as JSON to everybody else and below `/api/`. Status and headers are the same.
struct Refusals: Sendable {
    /// Nil where there are no pages.
    let page: RefusalPage?

    func answer(_ problem: Problem, to request: Request) -> Answer {
        let plain = problem.answer
        guard let page, request.wantsPage, let shown = try? page(problem) else { return plain }
        let fields = plain.fields.filter { $0.name != "content-type" }
        return Answer(
            status: plain.status, fields: shown.fields.filter { $0.name == "content-type" } + fields, body: shown.body)
    }
}

extension Request {
    fileprivate var wantsPage: Bool {
        guard head.path?.hasPrefix("/api/") == false else { return false }
        for type in Wire.MediaType.accepted(headers[.accept] ?? "") {
            if type.isPage { return true }
            if type.essence.hasSuffix("json") { return false }
        }
        return false
    }
}
