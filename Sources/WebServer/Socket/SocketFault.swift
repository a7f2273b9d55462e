import NIOWebSocket

/// What a WebSocket must not send.
package enum SocketFault: Hashable, Sendable {
    /// Against the rules of RFC 6455.
    case notTheProtocol
    /// Bytes, where only text is spoken.
    case binary
    case notUTF8
    case tooLarge
}

extension Outbox.End {
    /// What the other side is told (RFC 6455 section 7.4.1).
    var code: WebSocketErrorCode {
        switch self {
        case .left: .normalClosure
        case .goingAway: .goingAway
        case .notAllowed, .tooSlow: .policyViolation
        case .unacceptable(.notTheProtocol): .protocolError
        case .unacceptable(.binary): .unacceptableData
        case .unacceptable(.notUTF8): .dataInconsistentWithMessage
        case .unacceptable(.tooLarge): .messageTooLarge
        }
    }
}
