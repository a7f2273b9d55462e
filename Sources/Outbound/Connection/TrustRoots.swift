import Foundation
import NIOSSL

/// The certificate authorities that outbound TLS trusts. There is no way to trust everything.
package enum TrustRoots: Sendable {
    /// The bundle that `SSL_CERT_FILE` names, else the system's.
    case system
    /// A file of PEM certificates.
    case file(String)
    case pem([UInt8])

    /// Thrown at start: without roots no server could be verified.
    package enum LoadingError: Error, Hashable {
        case unreadable(path: String)
        case noCertificates
    }

    /// Parses the certificates once; every connection's context shares them.
    func load() throws(LoadingError) -> [NIOSSLCertificate] {
        let certificates: [NIOSSLCertificate]?
        switch self {
        case .system: return try TrustRoots.file(Self.systemBundle).load()
        case .file(let path):
            guard let bytes = FileManager.default.contents(atPath: path) else { throw .unreadable(path: path) }
            certificates = try? NIOSSLCertificate.fromPEMBytes(Array(bytes))
        case .pem(let bytes):
            certificates = try? NIOSSLCertificate.fromPEMBytes(bytes)
        }
        guard let certificates, !certificates.isEmpty else { throw .noCertificates }
        return certificates
    }

    private static var systemBundle: String {
        let named = ProcessInfo.processInfo.environment["SSL_CERT_FILE"] ?? ""
        return named.isEmpty ? "/etc/ssl/certs/ca-certificates.crt" : named
    }
}
