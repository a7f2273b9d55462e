import Foundation
import NIOSSL

/// A throw-away authority and one certificate of it for all peers.
struct Certificates: Sendable {
    /// What the server under test trusts, a PEM file.
    let authorityFile: String
    private let chain: [NIOSSLCertificate]
    private let key: NIOSSLPrivateKey

    /// The domains below which the peers are, as `*.localhost` names, which resolve without DNS (RFC 6761).
    static let domain = "bench.localhost"
    static let crowdDomain = "crowd.localhost"

    static func make(in workshop: Workshop) async throws -> Certificates {
        let folder = workshop.folder
        let openssl = { (arguments: [String]) in
            _ = try await Child.run(["openssl"] + arguments, in: workshop)
        }
        let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        try "[req]\ndistinguished_name=dn\n[dn]\n".write(
            toFile: "\(folder)/req.cnf", atomically: true, encoding: .utf8)
        let request = ["req", "-x509", "-config", "\(folder)/req.cnf"] + newKey
        try await openssl(
            request + [
                "-subj", "/CN=Bench", "-addext", "basicConstraints=critical,CA:TRUE",
                "-keyout", "\(folder)/authority.key", "-out", "\(folder)/authority.pem",
            ])
        try await openssl(
            request + [
                "-subj", "/CN=peers", "-addext", "basicConstraints=CA:FALSE",
                "-addext", "subjectAltName=DNS:*.\(domain),DNS:*.\(crowdDomain)",
                "-CA", "\(folder)/authority.pem", "-CAkey", "\(folder)/authority.key",
                "-keyout", "\(folder)/peers.key", "-out", "\(folder)/peers.pem",
            ])
        return Certificates(
            authorityFile: "\(folder)/authority.pem",
            chain: try NIOSSLCertificate.fromPEMFile("\(folder)/peers.pem"),
            key: try NIOSSLPrivateKey(file: "\(folder)/peers.key", format: .pem))
    }

    /// The peers' side of TLS.
    func context() throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
    }
}
