import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle
import Social
package import Store
import UseCases
package import Wire

/// The HTTP server: puts routes on a socket, within the limits of every request.
package struct Server: Service {
    package struct Configuration: Sendable {
        package var host: String
        package var port: Int
        /// Whether the world reaches this server by https alone.
        package var isSecure: Bool
        /// With it the server speaks TLS itself; without it in plain, to a proxy or on a loopback name.
        package var certificate: ServerCertificate?
        /// The proxies whose `X-Forwarded-For` is believed.
        package var trustedProxies: [CIDR] = []
        package var deadlines = Deadlines()
        /// Connections of one client at once.
        package var connectionsPerClient = 50
        /// A factor on how often programs of people may ask; 0 for as often as they like.
        package var requestFactor = 1.0
        package var sockets = SocketLimits()

        package init(host: String, port: Int, isSecure: Bool) {
            self.host = host
            self.port = port
            self.isSecure = isSecure
        }
    }

    /// Bytes of the target, or of one field.
    static let largestField = 8 * 1024
    static let largestHeader = 32 * 1024
    static let headerFields = 100
    static let connections = 2048
    /// Bodies with files that are held at once; others are not read until it is their turn.
    static let uploads = 8

    private let application: Application<MethodResponder>

    /// - Parameters:
    ///   - sockets: where connections become WebSockets.
    ///   - refusalPage: shows people what is wrong; without it they get JSON like everybody.
    ///   - authorise: finds the holder of a bearer token, or throws the ``Problem`` to answer.
    ///   - onListening: called once with the port that is really bound.
    package init(
        _ configuration: Configuration, routes: [Route], sockets: [SocketRoute] = [], refusalPage: RefusalPage? = nil,
        authorise: @escaping Authoriser, logger: Logger, onListening: @escaping @Sendable (Int) async -> Void
    ) {
        let routes = routes + sockets.map(\.route)
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        let limits = RequestLimits(factor: configuration.requestFactor)
        let uploads = Doorway(inside: Self.uploads, waiting: 3 * Self.uploads, patience: .seconds(20))
        router.add(middleware: CrossOrigin())
        let refusals = Refusals(page: refusalPage)
        router.add(middleware: SafeHeaders(isSecure: configuration.isSecure, refusals: refusals))
        for (path, routes) in Dictionary(grouping: routes, by: \.path) {
            let allowed = routes.map(\.method.rawValue).sorted().joined(separator: ", ")
            for verb in MethodResponder.verbs {
                let route = routes.first { $0.method.rawValue == verb.rawValue }
                router.on(RouterPath(path), method: verb) { request, context in
                    guard let route else {
                        let problem = Problem(
                            status: 405, message: "This address takes \(allowed).", headers: [("allow", allowed)])
                        return refusals.answer(problem, to: request).response(on: context.channel)
                    }
                    var answer = await Self.answer(
                        request, context, route: route, authorise: authorise, refusals: refusals, limits: limits,
                        uploads: uploads, configuration: configuration)
                    // Nobody would read it: routes answer HEAD as they do GET.
                    if request.method == .head { answer.events = nil }
                    return answer.response(on: context.channel)
                }
            }
        }
        let idle = TimeAmount(configuration.deadlines.idle)
        var http = HTTP1Channel.Configuration(additionalChannelHandlers: [RequestWatch()], idleTimeout: idle)
        http.httpDecoder = .init(
            maxHeaderFieldSize: Self.largestField, maxHeaderListSize: Self.largestHeader,
            maxHeaderFieldCount: Self.headerFields)
        let mostBytes = 65_536 + 2 * (routes.map { $0.uploadLimit ?? $0.bodyLimit }.max() ?? 0)
        let judge = SocketJudge(sockets, trustedProxies: configuration.trustedProxies)
        let cap = ConnectionCap(configuration.connectionsPerClient, exempt: configuration.trustedProxies)
        application = Application(
            responder: MethodResponder(router: router.buildResponder()),
            server: HTTPServerBuilder { [http] responder in
                GuardedConnection(
                    http: HTTP1Channel(responder: responder, configuration: http),
                    certificate: configuration.certificate, cap: cap, deadlines: configuration.deadlines,
                    mostBytes: mostBytes, sockets: judge, socketLimits: configuration.sockets)
            },
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port), serverName: "mentord",
                availableConnectionsDelegate: MaximumAvailableConnections(Self.connections)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? configuration.port) },
            logger: logger)
    }

    package func run() async throws { try await application.run() }

    private static func answer(
        _ request: Request, _ context: ServerContext, route: Route, authorise: Authoriser, refusals: Refusals,
        limits: RequestLimits, uploads: Doorway, configuration: Configuration
    ) async -> Answer {
        var allowance: RequestLimits.Allowance?
        do {
            let fields = fields(of: request)
            let forwarded = fields.filter { $0.name == "x-forwarded-for" }.map(\.value)
            let client = ClientAddress.of(
                peer: context.peer, forwarded: forwarded, trusted: configuration.trustedProxies)
            let grant = try await authorise(fields.first { $0.name == "authorization" }?.value, route.access)
            let isUpload = route.uploadLimit != nil && request.headers[.contentType]?.isMultipart == true
            allowance = limits.take(isUpload ? .uploads : route.pace, grant: grant, client: client, at: Date())
            if let wait = allowance?.wait { throw Problem.tooMany(retryAfter: wait) }
            if isUpload { guard await uploads.enter() else { throw Problem.crowded } }
            defer { if isUpload { uploads.leave() } }
            let limit = isUpload ? route.uploadLimit ?? route.bodyLimit : route.bodyLimit
            // Programs of people write parameters into the bodies of any request.
            let isBodyless = request.method == .get && !route.path.hasPrefix("/api/")
            let body = isBodyless
                ? [] : try await RequestBody.read(request, limit: limit, within: configuration.deadlines)
            let exchange = Exchange(
                method: request.method.rawValue, target: request.head.path ?? "/",
                parameters: Dictionary(
                    context.parameters.map { (String($0.key), decoded($0.value)) }
                ) { first, _ in first },
                query: request.uri.queryParameters.map { (decoded($0.key), String($0.value)) }, fields: fields,
                body: body,
                grant: grant, client: client)
            return try await route.handler(exchange).with(allowance)
        } catch {
            let problem = Problem(explaining: error)
            if problem.status >= 500 {
                context.logger.log(
                    level: problem.status == 500 ? .error : .notice, "request failed",
                    metadata: ["path": "\(route.path)", "error": "\(error)"])
            }
            return refusals.answer(problem, to: request).with(allowance)
        }
    }

    private static func decoded(_ text: Substring) -> String { text.removingPercentEncoding ?? String(text) }

    private static func fields(of request: Request) -> [(name: String, value: String)] {
        let host = request.head.authority.map { [(name: "host", value: $0)] } ?? []
        return host + request.headers.map { (name: $0.name.canonicalName, value: $0.value) }
    }
}

/// Finds the holder of the token in an `Authorization` header, as far as a route wants one.
package typealias Authoriser = @Sendable (_ header: String?, _ access: Route.Access) async throws -> TokenGrant?

extension String {
    fileprivate var isMultipart: Bool { lowercased().hasPrefix("multipart/") }
}

extension Answer {
    fileprivate func with(_ allowance: RequestLimits.Allowance?) -> Answer {
        var answer = self
        answer.fields += allowance?.fields ?? []
        return answer
    }

    /// - Parameter channel: the connection that it goes out on.
    func response(on channel: any Channel) -> Response {
        var headers = HTTPFields()
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        if let events {
            let body = ResponseBody { writer in try await events.write(to: &writer, on: channel) }
            return Response(status: .init(code: status), headers: headers, body: body)
        }
        return Response(
            status: .init(code: status), headers: headers,
            body: body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}
