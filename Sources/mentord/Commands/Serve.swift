import ArgumentParser
import Foundation
import Logging
import PostgreSQL

/// `mentord serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the server.")

    @OptionGroup var common: CommonOptions

    @Flag(help: "Open accounts for a first person and a first mentor if there are none, and print tokens for them.")
    var welcome = false

    @Flag(help: "Stop when standard input ends: for programs that start a server and must not leave it behind.")
    var untilInputEnds = false

    func run() async throws {
        let settings = try await common.load(quietly: false)
        if untilInputEnds { Self.stopWhenInputEnds() }
        try await Storage.with(settings, role: .owner) { storage in
            let guide = welcome ? try await WelcomeGuide.prepare(settings, storage) : nil
            try await Daemon(settings: settings, storage: storage).run { port in
                Logger(label: "mentord").notice(
                    "listening",
                    metadata: ["origin": "\(settings.origin)", "address": "\(settings.listenHost):\(port)"])
                if let guide { print(guide); fflush(nil) }
            }
        }
    }
}

extension Serve {
    fileprivate static func stopWhenInputEnds() {
        Thread.detachNewThread {
            while !FileHandle.standardInput.availableData.isEmpty {}
            kill(getpid(), SIGTERM)
        }
    }
}

/// `mentord migrate`
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the tables of the database up to date. 'serve' does so by itself.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let settings = try await common.load()
        try await Storage.with(settings, role: .guest) { _ in print("The database is up to date.") }
    }
}
