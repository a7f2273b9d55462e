import NIOCore
import NIOWebSocket

/// Puts messages together out of the frames of one WebSocket (RFC 6455 section 5). A pure value.
struct MessageAssembly {
    enum Outcome: Equatable {
        case message(String)
        /// To be answered with the same bytes.
        case ping(ByteBuffer)
        /// The other side ends the talk, or agrees to its end.
        case close
        /// Nothing that has to be answered.
        case nothing
        case fault(SocketFault)
    }

    /// Bytes of a message, however many frames it comes in.
    private let limit: Int
    /// The message so far, where one has begun.
    private var begun: ByteBuffer?

    init(limit: Int) { self.limit = limit }

    mutating func take(_ frame: WebSocketFrame) -> Outcome {
        // A client masks everything (section 5.1), and no extension was agreed to.
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return .fault(.notTheProtocol) }
        switch frame.opcode {
        case .text:
            guard begun == nil else { return .fault(.notTheProtocol) }
            return take(frame.unmaskedData, after: ByteBuffer(), isLast: frame.fin)
        case .continuation:
            guard let begun else { return .fault(.notTheProtocol) }
            return take(frame.unmaskedData, after: begun, isLast: frame.fin)
        case .binary: return .fault(.binary)
        case .ping: return .ping(frame.unmaskedData)
        case .pong: return .nothing
        case .connectionClose: return .close
        default: return .fault(.notTheProtocol)
        }
    }

    private mutating func take(_ bytes: ByteBuffer, after before: ByteBuffer, isLast: Bool) -> Outcome {
        guard before.readableBytes + bytes.readableBytes <= limit else { return .fault(.tooLarge) }
        var message = before
        message.writeImmutableBuffer(bytes)
        guard isLast else {
            begun = message
            return .nothing
        }
        begun = nil
        guard let text = String(validating: message.readableBytesView, as: UTF8.self) else { return .fault(.notUTF8) }
        return .message(text)
    }
}
