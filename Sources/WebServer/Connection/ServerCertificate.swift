import NIOCore
import NIOSSL
import Synchronization

/// The certificate with which the server speaks TLS itself, from PEM files that can be read again while it runs.
package final class ServerCertificate: Sendable {
    /// Which of the files cannot be used, and why.
    package enum Failure: Error, Equatable {
        case certificate(String)
        case key(String)
        /// The key is not the certificate's.
        case mismatch
    }

    private let certificateFile: String
    private let keyFile: String
    private let held: Mutex<NIOSSLContext>

    /// - Parameters:
    ///   - certificateFile: the server's certificate and those that lead to its authority, in this order.
    ///   - keyFile: its key, without a passphrase.
    package init(certificateFile: String, keyFile: String) throws(Failure) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        held = Mutex(try Self.load(certificateFile, keyFile))
    }

    /// Reads the files again; connections from now on get what they hold. What cannot be used changes nothing.
    package func reload() throws(Failure) {
        let context = try Self.load(certificateFile, keyFile)
        held.withLock { $0 = context }
    }

    var context: NIOSSLContext { held.withLock(\.self) }

    /// TLS 1.2 and 1.3.
    private static func load(_ certificateFile: String, _ keyFile: String) throws(Failure) -> NIOSSLContext {
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificateFile) } catch {
            throw .certificate("no certificate can be read from \(certificateFile)")
        }
        guard !chain.isEmpty else { throw .certificate("there is no certificate in \(certificateFile)") }
        let key: NIOSSLPrivateKey
        let noPassphrase: NIOSSLPassphraseCallback<[UInt8]> = { $0([]) }
        do { key = try NIOSSLPrivateKey(file: keyFile, format: .pem, passphraseCallback: noPassphrase) } catch {
            throw .key("no key without a passphrase can be read from \(keyFile)")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // Clients that keep a connection for later hear nothing of its end before then; nobody need wait for their
        // farewell (RFC 8446 section 6.1).
        configuration.shutdownTimeout = .milliseconds(100)
        do { return try NIOSSLContext(configuration: configuration) } catch { throw .mismatch }
    }
}
