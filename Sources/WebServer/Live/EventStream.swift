import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// An answer that goes on until somebody ends it: server-sent events (HTML Standard section 9.2), as texts that are
/// complete with their line ends.
package struct EventStream: Sendable {
    package let outbox: Outbox
    /// Said at once.
    private let greeting: String
    /// Said again and again, so that nobody on the way takes the connection for dead, and a dead one is noticed.
    private let beat: String
    private let pause: Duration
    /// Held as long as the answer is.
    private let holder: any Sendable

    package init(
        outbox: Outbox, greeting: String, beat: String, every pause: Duration = .seconds(15),
        holding holder: any Sendable
    ) {
        self.outbox = outbox
        self.greeting = greeting
        self.beat = beat
        self.pause = pause
        self.holder = holder
    }

    /// Returns when the stream has ended, for whatever reason.
    @concurrent
    func write(to writer: inout any ResponseBodyWriter, on channel: any Channel) async throws {
        let outbox = outbox
        channel.eventLoop.execute { channel.setLive(true) }
        channel.closeFuture.whenComplete { _ in outbox.end(.left) }
        outbox.onEnd { if $0 == .tooSlow { channel.close(promise: nil) } }
        let beats = Task { [beat, pause] in
            while true {
                try await Task.sleep(for: pause)
                outbox.send(beat)
            }
        }
        defer {
            beats.cancel()
            outbox.end(.left)
        }
        try await writer.write(ByteBuffer(string: greeting))
        for await text in outbox.texts.cancelOnGracefulShutdown() {
            try await writer.write(ByteBuffer(string: text))
            outbox.wrote(text)
        }
        channel.eventLoop.execute { channel.setLive(false) }
        try await writer.finish(nil)
    }
}
