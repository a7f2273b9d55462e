import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/sessions/{id}/messages`: what the two write to each other about a session. The same posts are in
/// every Mastodon client, by which they can be changed, deleted and liked, too.
package struct MessageRoutes: Sendable {
    private let database: Pool
    private let messages: SessionMessages

    package init(database: Pool, messages: SessionMessages) {
        self.database = database
        self.messages = messages
    }

    package var routes: [Route] {
        let messages = "/api/mentoring/sessions/{id}/messages"
        return [
            Route(.get, messages, access: .token(.read)) { try await list($0) },
            Route(.post, messages, access: .token(.write)) { try await write($0) },
        ]
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        guard let session = try await database.session(try exchange.id(), for: reader) else {
            throw Problem.notFound
        }
        let limit = try exchange.limit()
        let found = try await database.messages(
            in: session, for: reader, before: try exchange.cursor("before").map(PostID.init(rawValue:)), limit: limit)
        let people = try await people(of: session)
        let next = found.count == limit ? found.last.map { JSON.string(String($0.post.id.rawValue)) } : nil
        return Answer.json([
            "messages": .array(
                found.map { MessageEntity(message: $0, session: session, reader: reader, people: people).json }),
            "next": next ?? .null,
        ]).privately
    }

    private func write(_ exchange: Exchange) async throws -> Answer {
        let author = try exchange.requireAccount().actor
        let id = try exchange.id()
        let text = try exchange.read { $0.required("text", .text(length: 1...SessionMessages.longest)) }
        let now = DateTime.cutToMilliseconds(Date())
        do {
            let (session, post) = try await database.transaction { transaction in
                guard let session = try await transaction.session(id, for: author.id) else { throw Problem.notFound }
                return (session, try await messages.write(text, in: session, by: author, now: now, in: transaction))
            }
            let message = StoredMessage(post: post, isTold: false)
            let entity = MessageEntity(
                message: message, session: session, reader: author.id, people: try await people(of: session))
            return Answer.json(entity.json, status: 201).privately
        } catch let nobody as SessionMessages.NobodyThere {
            throw Problem.conflict("\(nobody.other.handle) has left, and would not read it.")
        }
    }

    private func people(of session: Session) async throws -> [ActorID: Actor] {
        try await database.actors(ids: [session.mentee, session.mentor])
    }
}
