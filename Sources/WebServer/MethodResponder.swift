import HTTPTypes
import Hummingbird

/// Has methods that no address takes, as far as the parser knows them, answered as TRACE is: 405 where the address is there
/// (RFC 9110 section 15.5.6), 404 where it is not.
struct MethodResponder: HTTPResponder {
    /// What the router knows of every address; HEAD goes with GET.
    static let verbs: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .options, .trace]

    let router: RouterResponder<ServerContext>

    @concurrent func respond(to request: Request, context: ServerContext) async throws -> Response {
        if request.method == .head || Self.verbs.contains(request.method) {
            return try await router.respond(to: request, context: context)
        }
        var head = request.head
        head.method = .trace
        return try await router.respond(to: Request(head: head, body: request.body), context: context)
    }
}
