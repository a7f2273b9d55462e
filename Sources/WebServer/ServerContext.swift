import Hummingbird
import Logging
import NIOCore
import Wire

/// What the server knows of a request beside the request: its connection, and the other end of it.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    let peer: IPAddress

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        peer = source.channel.remoteAddress.flatMap { IPAddress($0) } ?? .loopback
    }
}
