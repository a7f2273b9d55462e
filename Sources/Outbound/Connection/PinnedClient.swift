import AsyncHTTPClient
import Dispatch
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOSSL
import Wire

/// An HTTP client for one host that connects to one judged address and to nothing else.
///
/// The host's name stays what the request, SNI and the certificate check use; only the look-up is replaced by the
/// address (`dnsOverride`, which AsyncHTTPClient has per client: hence one client per host). So no second look-up
/// happens that could answer differently. The connection initialiser judges the address really connected to once
/// more before the first request byte.
///
/// Connections close when the last reference goes: exchanges in flight keep a replaced client alive.
final class PinnedClient: Sendable {
    /// What all pinned clients of a `GuardedClient` have in common.
    struct Template: Sendable {
        let certificates: [NIOSSLCertificate]
        let policy: AddressPolicy
        let timeouts: OutboundSettings.Timeouts
        let limits: OutboundSettings.Limits
        /// Entered for as long as a client has connections.
        let open: DispatchGroup
    }

    let address: IPAddress
    private let template: Template
    private let client: HTTPClient

    init(host: String, address: IPAddress, template: Template) {
        self.address = address
        self.template = template
        client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: Self.configuration(host: host, address: address, template: template))
        template.open.enter()
    }

    deinit {
        client.shutdown(queue: .global()) { [client, open = template.open] _ in
            withExtendedLifetime(client) { open.leave() }
        }
    }

    private static func configuration(
        host: String, address: IPAddress, template: Template
    ) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.certificateVerification = .fullVerification
        tls.trustRoots = .certificates(template.certificates)

        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: TimeAmount(template.timeouts.connect), read: TimeAmount(template.timeouts.silence),
                write: TimeAmount(template.timeouts.silence)),
            connectionPool: .init(
                idleTimeout: TimeAmount(template.timeouts.idleConnection),
                concurrentHTTP1ConnectionsPerHostSoftLimit: template.limits.perHost),
            decompression: .enabled(limit: .size(template.limits.largestBody)))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.dnsOverride = [host: address.description]
        configuration.tracing.tracer = nil
        let admit = admission(address: address, template: template)
        configuration.http1_1ConnectionDebugInitializer = admit
        configuration.http2ConnectionDebugInitializer = admit
        return configuration
    }

    /// Lets a connection live only if its peer is the pinned address and the policy allows that address.
    private static func admission(
        address: IPAddress, template: Template
    ) -> @Sendable (any Channel) -> EventLoopFuture<Void> {
        { [policy = template.policy, limit = template.limits.headerBytes] channel in
            let peer = channel.remoteAddress.flatMap { IPAddress($0) }
            guard peer == address, policy.verdict(on: address) != .forbidden else {
                return refuse(channel, OutboundError.forbiddenAddress)
            }
            do {
                try HeaderLimit.install(in: channel, bytes: limit)
                return channel.eventLoop.makeSucceededVoidFuture()
            } catch {
                return refuse(channel, error)
            }
        }
    }

    /// Fails the initialiser and then closes the channel, which AsyncHTTPClient would leave open. In this order: the
    /// pool must hear of the failure before it hears of the closing.
    private static func refuse(_ channel: any Channel, _ error: any Error) -> EventLoopFuture<Void> {
        channel.eventLoop.execute { channel.close(promise: nil) }
        return channel.eventLoop.makeFailedFuture(error)
    }

    /// True when the request line will show the URI's target byte for byte, as it is signed. Foundation's `URL`, which
    /// AsyncHTTPClient reads, would otherwise percent-encode what RFC 3986 does not allow, such as brackets in a path.
    static func sendsUnchanged(_ uri: URI) -> Bool {
        URL(string: wireSpelling(uri), encodingInvalidCharacters: false) != nil
    }

    private static func wireSpelling(_ uri: URI) -> String { uri.origin.description + uri.requestTarget }

    /// Sends a request and reads the response. Cancelling the task closes the connection.
    func perform(_ request: OutgoingRequest, bodyLimit: Int) async throws(OutboundError) -> Response {
        var outgoing = HTTPClientRequest(url: Self.wireSpelling(request.uri))
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        outgoing.headers = HTTPHeaders(request.headers)
        if request.method != .get { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        do {
            // The deadline of the whole exchange is kept by cancelling; this one would end with the response head.
            let response = try await client.execute(outgoing, deadline: .distantFuture)
            guard response.headers.count <= template.limits.headerFields else { throw OutboundError.headersTooLarge }
            let body =
                Redirect.isRedirect(status: Int(response.status.code))
                ? [] : try await Self.body(of: response, limit: bodyLimit)
            return Response(
                status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) }, body: body,
                uri: request.uri)
        } catch {
            throw OutboundError(causedBy: error)
        }
    }

    private static func body(of response: HTTPClientResponse, limit: Int) async throws -> [UInt8] {
        guard hasKnownCoding(response.headers) else { throw OutboundError.malformedResponse }
        if let length = response.headers.first(name: "content-length").flatMap({ Int($0) }), length > limit {
            throw OutboundError.tooLarge
        }
        var body: [UInt8] = []
        for try await part in response.body {
            guard part.readableBytes <= limit - body.count else { throw OutboundError.tooLarge }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }

    /// The decompressor leaves bodies in codings that it does not know as they are.
    private static func hasKnownCoding(_ headers: HTTPHeaders) -> Bool {
        let codings = headers["content-encoding"]
        guard let coding = codings.first else { return true }
        return codings.count == 1 && ["gzip", "deflate", "identity"].contains(coding.lowercased())
    }
}
