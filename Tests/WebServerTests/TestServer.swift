import JSONTree
import ServiceLifecycle
import Social
import TestSupport
import WebServer
import Wire

/// Runs `body` with the port of a server of some routes.
func withServer(
    _ routes: [Route] = sampleRoutes, sockets: [SocketRoute] = [], refusalPage: RefusalPage? = nil,
    isSecure: Bool = false,
    authorise: @escaping Authoriser = { _, access in
        if access == .open { nil } else { throw Problem.unauthorised }
    },
    configure: (inout Server.Configuration) -> Void = { _ in }, _ body: (Int) async throws -> Void
) async throws {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    var configuration = Server.Configuration(host: "127.0.0.1", port: 0, isSecure: isSecure)
    configure(&configuration)
    let server = Server(
        configuration, routes: routes, sockets: sockets, refusalPage: refusalPage, authorise: authorise,
        logger: quietLogger
    ) { number in
        port.yield(number)
        port.finish()
    }
    let group = ServiceGroup(services: [server], logger: quietLogger)
    try await withThrowingTaskGroup { tasks in
        tasks.addTask { try await group.run() }
        for await number in ports {
            do {
                try await body(number)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
    }
}

struct Secret: Error {}

let sampleRoutes = [
    Route(.get, "/hello", access: .open) { _ in .json(["hello": "you"]) },
    Route(.post, "/echo", access: .open, bodyLimit: 1000) { Answer(status: 200, body: $0.body) },
    Route(.put, "/echo", access: .open, bodyLimit: 1000) { Answer(status: 200, body: $0.body) },
    Route(.get, "/people/{name}", access: .open) { exchange in
        .json([
            "name": .string(exchange.parameter("name")), "target": .string(exchange.target),
            "query": .strings(exchange.query.map { "\($0.name)=\($0.value)" }),
        ])
    },
    Route(.get, "/client", access: .open) { .json(.string($0.client.description)) },
    Route(.get, "/large", access: .open) { _ in Answer(status: 200, body: [UInt8](repeating: 0x61, count: 16 << 20)) },
    Route(.get, "/hosts", access: .open) { exchange in
        .strings(exchange.fields.filter { $0.name == "host" }.map(\.value))
    },
    Route(.get, "/read", access: .token(.read)) { try .json(.string($0.requireAccount().email)) },
    Route(.post, "/write", access: .token(.write)) { try .json(.string($0.requireAccount().email)) },
    Route(.get, "/broken", access: .open) { _ in throw Secret() },
    Route(.get, "/field", access: .open) { _ in throw FieldError(field: "start", message: "Choose another.") },
    Route(.get, "/moved", access: .open) { _ in Answer(status: 302, fields: [("location", "/hello")]) },
]

extension Answer {
    fileprivate static func strings(_ texts: [String]) -> Answer { .json(.strings(texts)) }
}
