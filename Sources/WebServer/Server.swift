import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle
package import Social
import Wire

/// The HTTP server: puts routes on a socket, within the limits of every request.
package struct Server: Service {
    package struct Configuration: Sendable {
        package var host: String
        package var port: Int
        /// Whether the world reaches this server by https alone.
        package var isSecure: Bool
        /// How long a body may take to arrive.
        package var bodyTime: Duration = .seconds(30)

        package init(host: String, port: Int, isSecure: Bool) {
            self.host = host
            self.port = port
            self.isSecure = isSecure
        }
    }

    static let largestHeader = 32 * 1024
    static let headerFields = 100
    static let connections = 2048
    static let idleSeconds: Int64 = 60

    private let application: Application<RouterResponder<BasicRequestContext>>

    /// - Parameters:
    ///   - authorise: finds the holder of a bearer token, or throws the ``Problem`` to answer.
    ///   - onListening: called once with the port that is really bound.
    package init(
        _ configuration: Configuration, routes: [Route], authorise: @escaping Authoriser, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) {
        let router = Router(options: .autoGenerateHeadEndpoints)
        router.add(middleware: SafeHeaders(isSecure: configuration.isSecure))
        for (path, routes) in Dictionary(grouping: routes, by: \.path) {
            let allowed = routes.map(\.method.rawValue).sorted().joined(separator: ", ")
            for method in Route.Method.allCases {
                let route = routes.first { $0.method == method }
                guard let verb = HTTPRequest.Method(rawValue: method.rawValue) else { continue }
                router.on(RouterPath(path), method: verb) { request, context in
                    guard let route else {
                        return Problem(
                            status: 405, message: "This address takes \(allowed).", headers: [("allow", allowed)]
                        ).answer.response
                    }
                    return await Self.answer(
                        request, context, route: route, authorise: authorise, bodyTime: configuration.bodyTime
                    ).response
                }
            }
        }
        var limits = HTTP1Channel.Configuration(idleTimeout: .seconds(Self.idleSeconds))
        limits.httpDecoder = .init(
            maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: Self.largestHeader, maxHeaderFieldCount: Self.headerFields)
        application = Application(
            responder: router.buildResponder(), server: .http1(configuration: limits),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port), serverName: "mentord",
                availableConnectionsDelegate: MaximumAvailableConnections(Self.connections)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? configuration.port) },
            logger: logger)
    }

    package func run() async throws { try await application.run() }

    private static func answer(
        _ request: Request, _ context: BasicRequestContext, route: Route, authorise: Authoriser, bodyTime: Duration
    ) async -> Answer {
        do {
            let fields = fields(of: request)
            let account: Account? =
                switch route.access {
                case .open: nil
                case .token(let scope): try await authorise(fields.first { $0.name == "authorization" }?.value, scope)
                }
            let body = try await body(of: request, limit: route.bodyLimit, within: bodyTime)
            let exchange = Exchange(
                method: request.method.rawValue, target: request.head.path ?? "/",
                parameters: Dictionary(
                    context.parameters.map { (String($0.key), $0.value.removingPercentEncoding ?? String($0.value)) }
                ) { first, _ in first },
                query: request.uri.queryParameters.map { (String($0.key), String($0.value)) }, fields: fields, body: body,
                account: account)
            return try await route.handler(exchange)
        } catch {
            let problem = Problem(explaining: error)
            if problem.status >= 500 {
                context.logger.log(
                    level: problem.status == 500 ? .error : .notice, "request failed",
                    metadata: ["path": "\(route.path)", "error": "\(error)"])
            }
            return problem.answer
        }
    }

    private static func fields(of request: Request) -> [(name: String, value: String)] {
        let host = request.head.authority.map { [(name: "host", value: $0)] } ?? []
        return host + request.headers.map { (name: $0.name.canonicalName, value: $0.value) }
    }

    /// Reads the whole body within its size and time, so that nobody can hold a connection by dripping bytes.
    private static func body(of request: Request, limit: Int, within time: Duration) async throws -> [UInt8] {
        guard request.method != .get, request.method != .head else { return [] }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Problem.tooLarge }
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                do {
                    var bytes: [UInt8] = []
                    for try await buffer in request.body {
                        guard bytes.count + buffer.readableBytes <= limit else { throw Problem.tooLarge }
                        bytes.append(contentsOf: buffer.readableBytesView)
                    }
                    return bytes
                } catch where !(error is Problem || error is CancellationError) {
                    // Broken chunks, or a connection that ended: the sender's doing.
                    throw Problem.badRequest("The body cannot be read.")
                }
            }
            group.addTask {
                try await Task.sleep(for: time)
                throw Problem.tooSlow
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }
}

/// Finds the account behind an `Authorization` header for a scope.
package typealias Authoriser = @Sendable (_ header: String?, _ scope: Scope) async throws -> Account

extension Answer {
    var response: Response {
        var headers = HTTPFields()
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        return Response(
            status: .init(code: status), headers: headers,
            body: body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}
