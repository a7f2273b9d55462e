import Hummingbird
import Logging
import NIOCore
import Wire

/// What the server knows of a request beside the request: the other end of its connection.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let peer: IPAddress

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress.flatMap { IPAddress($0) } ?? .loopback
    }
}
