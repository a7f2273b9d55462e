import HTTPTypes
import Hummingbird

/// Lets programs in browsers use the addresses that are made for programs: everybody's, because nothing there is
/// allowed by a cookie (Fetch Standard section 3.2). On errors, too, or the page would not see what is wrong.
struct CrossOrigin: RouterMiddleware {
    private static let prefixes = [
        "/api/", "/oauth/token", "/oauth/revoke", "/.well-known/", "/nodeinfo/", "/media/", "/health",
    ]
    private static let fields: HTTPFields = [
        .accessControlAllowOrigin: "*",
        .accessControlExposeHeaders:
            "Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After",
    ]

    func handle(
        _ request: Request, context: ServerContext,
        next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let path = request.head.path ?? ""
        guard Self.prefixes.contains(where: path.hasPrefix) else { return try await next(request, context) }
        if request.method == .options {
            return Response(
                status: .noContent,
                headers: Self.fields + [
                    .accessControlAllowMethods: "GET, POST, PUT, PATCH, DELETE, OPTIONS",
                    .accessControlAllowHeaders: "Authorization, Content-Type, Idempotency-Key",
                    .accessControlMaxAge: "600",
                ])
        }
        var response = try await next(request, context)
        response.headers.append(contentsOf: Self.fields)
        return response
    }
}
