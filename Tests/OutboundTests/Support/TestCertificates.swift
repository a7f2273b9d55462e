import Foundation
import NIOSSL
import Outbound

/// Throw-away certificates, made once per run by the `openssl` command.
struct TestCertificates: Sendable {
    /// The authority that the tests trust.
    let authority: TrustRoots
    private let leaves: [Leaf: (certificate: [UInt8], key: [UInt8])]

    static let shared: Result<TestCertificates, any Error> = Result { try TestCertificates() }

    enum Leaf: String, CaseIterable {
        /// For `peer.test`, `other.test` and names below `localhost`, signed by the authority.
        case good
        /// For `elsewhere.test`, signed by the authority.
        case wrongName
        /// For `peer.test`, signed by itself.
        case selfSigned
        /// For `peer.test`, signed by the authority, no longer valid.
        case expired
    }

    private init() throws {
        let workshop = try Workshop()
        defer { workshop.remove() }
        try workshop.make("authority", extensions: ["basicConstraints=critical,CA:TRUE"])
        try workshop.makeLeaf(.good, for: ["peer.test", "other.test", "localhost", "*.localhost"], signer: "authority")
        try workshop.makeLeaf(.wrongName, for: ["elsewhere.test"], signer: "authority")
        try workshop.makeLeaf(.selfSigned, for: ["peer.test"], signer: nil)
        try workshop.makeLeaf(.expired, for: ["peer.test"], signer: "authority", days: -1)
        authority = .pem(try workshop.contents("authority.pem"))
        leaves = try Dictionary(
            uniqueKeysWithValues: Leaf.allCases.map { leaf in
                (leaf, (try workshop.contents("\(leaf.rawValue).pem"), try workshop.contents("\(leaf.rawValue).key")))
            })
    }

    /// A server's TLS with this certificate, of version 1.2 or 1.3 unless an older one is asked for.
    func context(_ leaf: Leaf = .good, newest: TLSVersion? = nil) throws -> NIOSSLContext {
        let (certificate, key) = leaves[leaf] ?? ([], [])
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem)))
        if let newest {
            configuration.minimumTLSVersion = .tlsv1
            configuration.maximumTLSVersion = newest
        }
        return try NIOSSLContext(configuration: configuration)
    }
}

struct OpenSSLFailure: Error {
    let output: String
}

/// A folder in which the `openssl` command makes keys and certificates.
private struct Workshop {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "outbound-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("[req]\ndistinguished_name=dn\n[dn]\n".utf8).write(to: folder.appending(path: "req.cnf"))
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    func contents(_ file: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: file))) }

    func makeLeaf(_ leaf: TestCertificates.Leaf, for names: [String], signer: String?, days: Int = 2) throws {
        let alternatives = names.map { "DNS:\($0)" }.joined(separator: ",")
        try make(
            leaf.rawValue, extensions: ["basicConstraints=CA:FALSE", "subjectAltName=\(alternatives)"], signer: signer,
            days: days)
    }

    /// Makes a key and a certificate, signed by itself where there is no signer.
    func make(_ name: String, extensions: [String], signer: String? = nil, days: Int = 2) throws {
        let key = path("\(name).key")
        try openssl(
            ["req", "-new", "-config", path("req.cnf"), "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
                + ["-nodes", "-subj", "/CN=\(name)", "-keyout", key, "-out", path("\(name).csr")]
                + extensions.flatMap { ["-addext", $0] })
        let signing = signer.map { ["-CA", path("\($0).pem"), "-CAkey", path("\($0).key")] } ?? ["-signkey", key]
        try openssl(
            ["x509", "-req", "-copy_extensions", "copy", "-days", "\(days)", "-in", path("\(name).csr")]
                + ["-out", path("\(name).pem")] + signing)
    }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        let output = Pipe()
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw OpenSSLFailure(output: text) }
    }

    private func path(_ file: String) -> String { folder.appending(path: file).path }
}
