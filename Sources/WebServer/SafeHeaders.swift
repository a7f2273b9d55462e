import HTTPTypes
import Hummingbird

/// Headers that every answer carries, errors included: what a browser must not do with it.
struct SafeHeaders: RouterMiddleware {
    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'
        """
    private static let messages = [404: "Record not found", 400: "The request cannot be understood."]

    let isSecure: Bool
    let refusals: Refusals

    func handle(
        _ request: Request, context: ServerContext,
        next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            // One host exactly, or two readers may take the request for two (RFC 9112 section 3.2).
            let others = request.headers.count { $0.name.canonicalName == "host" }
            guard request.head.authority?.isEmpty == false, others == 0 else { throw HTTPError(.badRequest) }
            response = try await next(request, context)
        } catch let error as HTTPError {
            let message = Self.messages[error.status.code] ?? "That cannot be answered."
            let problem = Problem(status: error.status.code, message: message)
            response = refusals.answer(problem, to: request).response(on: context.channel)
        }
        // A page that needs another one brings it.
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = Self.policy
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        response.set("x-frame-options", "DENY")
        response.set("referrer-policy", "no-referrer")
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }
}

extension Response {
    fileprivate mutating func set(_ name: String, _ value: String) {
        if let name = HTTPField.Name(name) { headers[name] = value }
    }
}
