import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

extension OutboundError {
    /// What an error of the HTTP client and the layers below it means.
    init(causedBy error: any Error) {
        self =
            switch error {
            case let error as OutboundError: error
            case is CancellationError: .cancelled
            case is HeaderBlockTooLong: .headersTooLarge
            case let error as HTTPClientError: Self.meaning(of: error)
            case let error as HTTPParserError: Self.meaning(of: error)
            case NIOSSLError.uncleanShutdown: .connectionLost
            case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: .tls
            case NIOHTTPDecompression.DecompressionError.limit: .tooLarge
            case is NIOConnectionError, ChannelError.connectTimeout: .connect
            case let error as IOError: Self.meaning(ofErrno: error.errnoCode)
            case is ChannelError: .connectionLost
            default: .malformedResponse
            }
    }

    private static func meaning(of error: HTTPClientError) -> OutboundError {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout: .connect
        case .tlsHandshakeTimeout: .tls
        case .readTimeout, .writeTimeout, .deadlineExceeded: .timeout
        case .remoteConnectionClosed: .connectionLost
        case .cancelled, .alreadyShutdown: .shutDown
        case .invalidURL, .emptyHost, .emptyScheme: .invalidRequest
        default: .malformedResponse
        }
    }

    private static func meaning(of error: HTTPParserError) -> OutboundError {
        switch error {
        case .headerOverflow: .headersTooLarge
        case .invalidEOFState: .connectionLost
        default: .malformedResponse
        }
    }

    /// Errors that only `connect` gives are told from those of an established connection: after them another address
    /// can be tried, since nothing was sent.
    private static func meaning(ofErrno code: CInt) -> OutboundError {
        switch code {
        case ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT, ENETDOWN, EMFILE, ENFILE: .connect
        default: .connectionLost
        }
    }
}
