import ArgumentParser
import Foundation
import Logging
import Outbound
import Social
import Wire

/// `mentord demo`
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Two communities on this machine exchange session requests, and every exchange is shown.",
        discussion: "Ends with 0 only when both sides agree on every session.")

    @Flag(help: "Leave both communities running afterwards, until Ctrl-C.") var keep = false
    @Option(help: "The folder for both communities' data.") var data = "data/demo"
    @Option(help: "The port of the first community; the second has the next one.") var port = 8431

    func run() async throws {
        LoggingSystem.bootstrap { LogOutput(label: $0, format: .text, level: .warning) }
        let transcript = Transcript()
        let ateneo = try await DemoCommunity.open(
            "Ateneo", port: port, data: data, people: [FirstPeople.mentee], transcript: transcript)
        do {
            let barrio = try await DemoCommunity.open(
                "Barrio", port: port + 1, data: data, people: [FirstPeople.mentor], transcript: transcript)
            do {
                try await play(ateneo, barrio, transcript)
            } catch {
                await barrio.close()
                throw error
            }
            await barrio.close()
        } catch {
            await ateneo.close()
            throw error
        }
        await ateneo.close()
    }

    private func play(_ ateneo: DemoCommunity, _ barrio: DemoCommunity, _ transcript: Transcript) async throws {
        print("Ateneo is at \(ateneo.origin), Barrio at \(barrio.origin).")
        guard let range = CIDR("127.0.0.1/32") else { return }
        let client = try GuardedClient(
            settings: OutboundSettings(
                version: Version.text, origin: Origin(scheme: .http, host: "demo.localhost", port: port + 2),
                reachable: [range]))
        try await DemoPlay(ateneo: ateneo, barrio: barrio, client: client, transcript: transcript).run()
        await client.shutdown()
        print("\nBoth sides agree on all four sessions, after \(await transcript.exchanges) signed exchanges.")
        if keep {
            for community in [ateneo, barrio] {
                for guest in community.guests {
                    print("\(community.origin)  @\(guest.account.actor.handle)  token \(guest.token)")
                }
            }
            print("Both keep running. Ctrl-C stops them.")
            fflush(nil)
            await Interruption.wait()
        }
    }
}

/// Waits for Ctrl-C or SIGTERM.
enum Interruption {
    static func wait() async {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        for await _ in signals { break }
        for source in sources { source.cancel() }
    }
}
