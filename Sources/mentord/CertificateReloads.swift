import Logging
import ServiceLifecycle
import UnixSignals
import WebServer

/// Reads the certificate again on SIGHUP, as tools that renew certificates ask for. One that cannot be used changes
/// nothing.
struct CertificateReloads: Service {
    let certificate: ServerCertificate
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            do throws(ServerCertificate.Failure) {
                try certificate.reload()
                logger.notice("certificate read again")
            } catch {
                logger.error("certificate not read again", metadata: ["error": "\(error)"])
            }
        }
    }
}

extension Settings {
    /// The certificate that the settings name; nil where they name none.
    func certificate() throws(SettingError) -> ServerCertificate? {
        guard let tls else { return nil }
        do throws(ServerCertificate.Failure) {
            return try ServerCertificate(certificateFile: tls.certificate, keyFile: tls.key)
        } catch {
            switch error {
            case .certificate(let reason):
                throw SettingError(key: .tlsCertificate, value: tls.certificate, expected: "a PEM file; \(reason).")
            case .key(let reason):
                throw SettingError(key: .tlsKey, value: tls.key, expected: "a PEM file; \(reason).")
            case .mismatch:
                throw SettingError(
                    key: .tlsKey, value: tls.key, expected: "the key of the first certificate in tls.certificate.")
            }
        }
    }
}
