import ArgumentParser
import Foundation

/// The one binary: a server and the commands that look after it.
@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mentord",
        abstract: "A federated mentoring server.",
        discussion: """
            EXAMPLES
              mentord serve --set origin=https://mentors.example
              mentord account create noor --name "Noor" --email noor@school.example
              mentord token create noor --name "my script" --scopes "read write"
              mentord demo

            Settings are read from --set, the environment (MENTORD_…) and mentord.json in the data folder;
            'mentord settings' lists them all.
            """,
        version: Version.text,
        subcommands: [
            Serve.self, Migrate.self, AccountCommand.self, TokenCommand.self, ActCommand.self, MentorCommand.self, ReportCommand.self,
            DomainCommand.self, CommunityCommand.self, QueueCommand.self, SessionTypeCommand.self, Demo.self,
            SettingsCommand.self, VersionCommand.self, ReadCalendar.self,
        ])
}

enum Version {
    static let text = "0.1.0"
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run() { print("mentord \(Version.text)") }
}
