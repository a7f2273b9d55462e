import ArgumentParser
import Federation
import Foundation
import Social
import UseCases
import Wire

struct PostAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post", abstract: "Publish a post and print its address.")
    @OptionGroup var options: ActOptions
    @Argument(help: "The text.") var text: String
    @Option(help: "public, unlisted, followers or direct.") var visibility = Visibility.public
    @Option(help: "The address of the post that it answers.") var replyTo: String?
    @Option(help: "A content warning.") var warning = ""
    @Option(help: "A title, which makes it an article.") var title = ""
    @Option(help: "A language tag.") var language: String?
    @Option(help: "Answers to choose from, separated by |, which make it a poll.") var poll: String?
    @Flag(help: "Whether several answers may be chosen.") var multiple = false
    @Option(help: "Seconds until the poll ends.") var expiresIn = 86_400
    @Option(help: "When it begins (RFC 3339), which makes it an event.") var starts: String?
    @Option(help: "When the event ends.") var ends: String?
    @Option(help: "Where the event is.") var place: String?
    @Option(help: "The address of a file, as type=address, for example image/png=https://… Can be repeated.")
    var attach: [String] = []
    @Option(help: "Publish it so often, one post after the other: for measurements.") var times = 1

    func run() async throws {
        try await options.act { performer in
            var draft = PostDraft(text)
            draft.visibility = visibility
            draft.warning = warning
            draft.title = title
            draft.language = language
            draft.poll = poll.map {
                .init(options: $0.split(separator: "|").map(String.init), isMultiple: multiple, seconds: expiresIn)
            }
            draft.event = try event()
            draft.attachments = try attach.map(Self.attachment)
            let mentioned = try await performer.mentioned(in: text)
            for _ in 0..<times {
                let address = try await performer.transaction { [draft] transaction in
                    var draft = draft
                    if let replyTo { draft.replyTo = try await performer.post(replyTo, in: transaction).id }
                    return try await performer.parts.desks.posts.publish(
                        draft, by: performer.person, mentioned: mentioned, now: DateTime.cutToMilliseconds(Date()),
                        in: transaction
                    ).uri
                }
                print(address)
            }
        }
    }

    func validate() throws {
        guard times > 0 else { throw ValidationError("--times is at least 1.") }
    }

    private func event() throws -> EventDetails? {
        guard let starts else { return nil }
        guard let start = DateTime.parse(starts) else {
            throw ValidationError("--starts is no time such as 2027-03-01T16:00:00Z.")
        }
        return EventDetails(start: start, end: ends.flatMap(DateTime.parse), zone: nil, place: place, link: nil)
    }

    private static func attachment(_ text: String) throws -> Attachment {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let url = URI(String(parts[1])) else {
            throw ValidationError("'\(text)' is no type=address.")
        }
        return Attachment(url: url, mediaType: String(parts[0]))
    }
}

extension Visibility: ExpressibleByArgument {}

struct EditAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "edit", abstract: "Give a post another text.")
    @OptionGroup var options: ActOptions
    @Argument(help: "Its address.") var address: String
    @Argument(help: "The text.") var text: String

    func run() async throws {
        try await options.act { performer in
            let mentioned = try await performer.mentioned(in: text)
            try await performer.transaction { transaction in
                let before = try await performer.post(address, in: transaction)
                var draft = PostDraft(text)
                draft.title = before.content.title
                draft.warning = before.content.warning
                draft.isSensitive = before.content.isSensitive
                draft.language = before.content.language
                draft.attachments = before.content.attachments
                draft.event = before.content.event
                draft.poll = before.content.poll.map { poll in
                    .init(
                        options: poll.options.map(\.title), isMultiple: poll.isMultiple,
                        seconds: PostDraft.pollSeconds.lowerBound)
                }
                _ = try await performer.parts.desks.posts.edit(
                    before.id, draft, by: performer.person, mentioned: mentioned,
                    now: DateTime.cutToMilliseconds(Date()), in: transaction)
            }
        }
    }
}

struct DeleteAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete a post.")
    @OptionGroup var options: ActOptions
    @Argument(help: "Its address.") var address: String

    func run() async throws {
        try await options.act { performer in
            try await performer.transaction {
                let post = try await performer.post(address, in: $0)
                try await performer.parts.desks.posts.delete(post.id, by: performer.person, in: $0)
            }
        }
    }
}
