import Logging
import MastodonAPI
import ServiceLifecycle

/// Tells those who listen on this server what happens, as long as the server runs.
struct Streams: Service {
    let hub: StreamHub
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await hub.run { error in logger.warning("streams wait", metadata: ["error": "\(error)"]) }
        }
    }
}
