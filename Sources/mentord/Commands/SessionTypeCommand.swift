import ArgumentParser
import Foundation
import Mentoring
import PostgreSQL
import Store
import Wire

/// `mentord session-type list|set`: the community's catalogue.
struct SessionTypeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session-type", abstract: "Show and change the catalogue of session types.",
        subcommands: [List.self, Change.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all session types.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let settings = try await common.load()
            let catalogue = try await Storage.with(settings, role: .guest) { try await $0.pool.catalogue() }
            for type in catalogue.types {
                let durations = type.durations.map(String.init).joined(separator: ", ")
                let offered = type.isOffered ? "offered" : "not offered"
                print("\(type.name)\t\(type.label)\t\(type.pricing.rawValue)\t\(durations) min\t\(offered)")
            }
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Add a session type, or change one. What is left out stays as it is.",
            discussion: """
                EXAMPLES
                  mentord session-type set code_review --label "Code review" --durations 30,60
                  mentord session-type set artistic --not-offered
                """)

        @OptionGroup var common: CommonOptions
        @Argument(help: "The name: a to z, 0 to 9 and _, at most 40.") var name: String
        @Option(help: "What people read.") var label: String?
        @Option(help: "One or two sentences.") var about: String?
        @Option(help: "Allowed minutes, separated by commas.") var durations: String?
        @Option(help: "always_free or mentor_sets_rate.") var pricing: String?
        @Option(help: "Place in lists, small first.") var position: Int?
        @Flag(help: "Take it out of the catalogue; sessions that have it keep it.") var notOffered = false

        func run() async throws {
            let settings = try await common.load()
            try await Storage.with(settings, role: .guest) { storage in
                let known = try await storage.pool.catalogue()[name]
                let minutes = try durations.map { text in
                    try text.split(separator: ",").map { part in
                        guard let minutes = Int(part.trimmingCharacters(in: .whitespaces)) else {
                            throw ValidationError("--durations takes minutes separated by commas, such as 30,60.")
                        }
                        return minutes
                    }
                }
                let draft = SessionTypeDraft(
                    name: name, label: label ?? known?.label ?? name, description: about ?? known?.description ?? "",
                    durations: minutes ?? known?.durations ?? [30, 60],
                    pricing: pricing ?? known?.pricing.rawValue ?? PricingRule.mentorSetsRate.rawValue,
                    position: position ?? known?.position ?? 0, isOffered: !notOffered)
                try await storage.pool.save(try draft.checked())
            }
            print("Saved \(name).")
        }
    }
}
