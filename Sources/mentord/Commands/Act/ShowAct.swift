import ArgumentParser
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import Wire

struct ShowAct: AsyncParsableCommand {
    enum What: String, CaseIterable, ExpressibleByArgument { case post, thread, timeline, notifications, relation }

    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print what a person sees, one line of JSON for each thing.")
    @OptionGroup var options: ActOptions
    @Argument(help: "post, thread, timeline, notifications or relation.") var what: What
    @Argument(help: "The address of a post, or whose relation.") var subject = ""

    func run() async throws {
        for line in try await options.act({ try await lines($0) }) { print(line.serializedText()) }
    }

    private func lines(_ performer: Performer) async throws -> [JSON] {
        let viewer = Viewer.actor(performer.person.id)
        let other = what == .relation ? try await performer.find(subject) : nil
        return try await performer.transaction { transaction in
            switch what {
            case .post: return try await json([performer.post(subject, in: transaction)], in: transaction)
            case .thread:
                let post = try await performer.post(subject, in: transaction)
                return try await json(transaction.thread(post.thread, for: viewer, limit: 100), in: transaction)
            case .timeline:
                return try await json(
                    transaction.recentPosts(for: performer.person.id, limit: 100), in: transaction)
            case .notifications:
                return try await notifications(of: performer.person.id, in: transaction)
            case .relation:
                guard let other else { return [] }
                return [Self.json(try await transaction.relation(of: performer.person.id, to: other.id))]
            }
        }
    }

    private func json(_ posts: [Post], in transaction: Transaction) async throws -> [JSON] {
        let people = try await transaction.actors(
            ids: Set(posts.flatMap { [$0.author] + $0.content.addressees.map(\.actor) }))
        var lines: [JSON] = []
        for post in posts {
            let content = post.content
            let parent = try await post.replyTo.asyncMap { try await transaction.storedPost($0)?.uri }
            lines.append([
                "uri": .string(post.uri.string), "kind": .string(content.kind.rawValue),
                "author": .string(people[post.author]?.handle.description ?? ""),
                "visibility": .string(post.visibility.rawValue), "title": .string(content.title),
                "content": .string(content.html), "warning": .string(content.warning),
                "sensitive": .bool(content.isSensitive), "language": content.language.map { .string($0) } ?? .null,
                "reply_to": parent.flatMap { $0 }.map { .string($0.string) } ?? .null,
                "mentions": .strings(content.mentions.compactMap { people[$0]?.handle.description }),
                "tags": .strings(content.tags),
                "attachments": .array(content.attachments.map { .string($0.url.string) }),
                "poll": content.poll.map(Self.json) ?? .null,
                "likes": .int(try await transaction.likeCount(of: post.id)),
                "boosts": .int(try await transaction.boostCount(of: post.id)),
                "edited": post.editedAt.map { .string(DateTime.format($0)) } ?? .null,
            ])
        }
        return lines
    }

    private func notifications(of person: ActorID, in transaction: Transaction) async throws -> [JSON] {
        let found = try await transaction.allNotifications(for: person, limit: 100)
        let people = try await transaction.actors(ids: Set(found.compactMap(\.from)))
        var lines: [JSON] = []
        for notification in found {
            let post = try await notification.post.asyncMap { try await transaction.storedPost($0)?.uri }
            lines.append([
                "kind": .string(notification.kind),
                "from": notification.from.flatMap { people[$0] }.map { .string($0.handle.description) } ?? .null,
                "post": post.flatMap { $0 }.map { .string($0.string) } ?? .null,
            ])
        }
        return lines
    }

    private static func json(_ poll: Poll) -> JSON {
        [
            "options": .array(poll.options.map { ["title": .string($0.title), "votes": .int($0.votes)] }),
            "multiple": .bool(poll.isMultiple), "voters": .int(poll.voters), "closed": .bool(!poll.isOpen(at: Date())),
        ]
    }

    private static func json(_ relation: Relation) -> JSON {
        [
            "follows": relation.follows.map { .string($0.rawValue) } ?? .null,
            "followed_by": relation.isFollowedBy.map { .string($0.rawValue) } ?? .null,
            "blocks": .bool(relation.blocks), "blocked_by": .bool(relation.isBlockedBy),
        ]
    }
}

extension Optional {
    fileprivate func asyncMap<Mapped>(_ transform: (Wrapped) async throws -> Mapped) async rethrows -> Mapped? {
        if let self { try await transform(self) } else { nil }
    }
}
