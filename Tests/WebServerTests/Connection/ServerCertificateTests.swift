import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import WebServer

/// TLS by the server itself, spoken to by a real TLS client.
struct ServerCertificateTests {
    struct Workshop {
        let folder = FileManager.default.temporaryDirectory.appending(path: "web-server-tests-\(UUID().uuidString)")

        init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

        func path(_ file: String) -> String { folder.appending(path: file).path }

        /// A certificate that signs itself, for `localhost`.
        func make(_ name: String) throws {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/openssl")
            process.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost", "-keyout", path("\(name).key"),
                "-out", path("\(name).pem"),
            ]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }

        func certificate(_ name: String, key: String? = nil) throws(ServerCertificate.Failure) -> ServerCertificate {
            try ServerCertificate(certificateFile: path("\(name).pem"), keyFile: path("\(key ?? name).key"))
        }

        func replace(_ file: String, by other: String) throws {
            try FileManager.default.removeItem(atPath: path(file))
            try FileManager.default.copyItem(atPath: path(other), toPath: path(file))
        }

        /// What a client hears that trusts one certificate alone.
        func get(trusting name: String, newest: TLSVersion? = nil, from port: Int) async throws -> String {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .file(path("\(name).pem"))
            if let newest {
                configuration.minimumTLSVersion = .tlsv1
                configuration.maximumTLSVersion = newest
            }
            let context = try NIOSSLContext(configuration: configuration)
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(
                    ByteBuffer(string: "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                var received: [UInt8] = []
                for try await buffer in inbound { received += buffer.readableBytesView }
                return String(decoding: received, as: UTF8.self)
            }
        }
    }

    @Test("The server speaks TLS 1.2 and 1.3 with its certificate, and nothing older or plainer", .timeLimit(.minutes(1)))
    func speaks() async throws {
        let workshop = try Workshop()
        defer { try? FileManager.default.removeItem(at: workshop.folder) }
        try workshop.make("one")
        try workshop.make("two")
        let certificate = try workshop.certificate("one")
        try await withServer(isSecure: true, configure: { $0.certificate = certificate }) { port in
            for version in [nil, TLSVersion.tlsv12] {
                let reply = try await workshop.get(trusting: "one", newest: version, from: port)
                #expect(reply.hasPrefix("HTTP/1.1 200"))
                #expect(reply.hasSuffix(#"{"hello":"you"}"#))
            }
            await #expect(throws: (any Error).self) { try await workshop.get(trusting: "two", from: port) }
            await #expect(throws: (any Error).self) {
                try await workshop.get(trusting: "one", newest: .tlsv11, from: port)
            }
            let plain = try await RawClient.all("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", to: port)
            #expect(!plain.contains("HTTP/1.1"))
        }
    }

    @Test("A renewed certificate is there for the next connection; one that is broken changes nothing", .timeLimit(.minutes(1)))
    func reloads() async throws {
        let workshop = try Workshop()
        defer { try? FileManager.default.removeItem(at: workshop.folder) }
        for name in ["one", "two", "live"] { try workshop.make(name) }
        let certificate = try workshop.certificate("live")
        for file in ["pem", "key"] { try workshop.replace("live.\(file)", by: "one.\(file)") }
        try certificate.reload()
        try await withServer(configure: { $0.certificate = certificate }) { port in
            #expect(try await workshop.get(trusting: "one", from: port).contains("you"))
            try workshop.replace("live.pem", by: "two.pem")
            #expect(throws: ServerCertificate.Failure.mismatch) { try certificate.reload() }
            #expect(try await workshop.get(trusting: "one", from: port).contains("you"))
            try workshop.replace("live.key", by: "two.key")
            try certificate.reload()
            #expect(try await workshop.get(trusting: "two", from: port).contains("you"))
        }
    }

    @Test("What cannot be used is said of the file that it is")
    func failures() throws {
        let workshop = try Workshop()
        defer { try? FileManager.default.removeItem(at: workshop.folder) }
        for name in ["one", "two"] { try workshop.make(name) }
        #expect(throws: ServerCertificate.Failure.mismatch) { try workshop.certificate("one", key: "two") }
        let missing = #expect(throws: ServerCertificate.Failure.self) { try workshop.certificate("none", key: "one") }
        guard case .certificate = missing else {
            Issue.record("\(String(describing: missing))")
            return
        }
        try Data("no key".utf8).write(to: workshop.folder.appending(path: "two.key"))
        let broken = #expect(throws: ServerCertificate.Failure.self) { try workshop.certificate("one", key: "two") }
        guard case .key = broken else {
            Issue.record("\(String(describing: broken))")
            return
        }
    }
}
