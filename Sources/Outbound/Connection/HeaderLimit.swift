import NIOCore
import NIOHTTP1

/// Thrown into a connection whose response head does not end within the limit.
struct HeaderBlockTooLong: Error {}

/// Ends a connection when a response's status line and header block, with all interim responses before it, grow
/// beyond a number of bytes. The HTTP decoder's own limit is 2 MiB and cannot be set from here.
///
/// Two handlers stand around the decoder: the first counts bytes before it, the second sees the head that comes out.
/// Both run on the channel's event loop only.
enum HeaderLimit {
    static func install(in channel: any Channel, bytes: Int) throws {
        let pipeline = channel.pipeline.syncOperations
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        let meter = Meter(limit: bytes)
        try pipeline.addHandler(ByteCounter(meter: meter), position: .before(decoder))
        try pipeline.addHandler(HeadWatcher(meter: meter), position: .after(decoder))
    }

    private final class Meter {
        let limit: Int
        var isInHead = true
        var count = 0

        init(limit: Int) {
            self.limit = limit
        }
    }

    private final class ByteCounter: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias InboundOut = ByteBuffer

        /// A read may hold the head and much of the body. It is passed on in pieces, so that the end of the head is
        /// noticed before the body is counted as part of it.
        private static let pieceLength = 4096

        private let meter: Meter

        init(meter: Meter) {
            self.meter = meter
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var bytes = unwrapInboundIn(data)
            while meter.isInHead, bytes.readableBytes > 0 {
                let length = min(bytes.readableBytes, Self.pieceLength)
                guard meter.count + length <= meter.limit + Self.pieceLength,
                    let piece = bytes.readSlice(length: length)
                else {
                    context.fireErrorCaught(HeaderBlockTooLong())
                    context.close(promise: nil)
                    return
                }
                meter.count += length
                context.fireChannelRead(wrapInboundOut(piece))
            }
            if bytes.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(bytes)) }
        }
    }

    private final class HeadWatcher: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart
        typealias InboundOut = HTTPClientResponsePart

        private let meter: Meter

        init(meter: Meter) {
            self.meter = meter
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                if head.status.code >= 200 { meter.isInHead = false }
            case .body:
                break
            case .end:
                meter.isInHead = true
                meter.count = 0
            }
            context.fireChannelRead(data)
        }
    }
}
