import Foundation
import JSONTree
package import Jobs
package import Logging
package import Mentoring
package import PostgreSQL
import Social
import Store
import Wire

/// Tells the people of this community what the other side changed in their workspace: at once where they have not been
/// told for a while, else when that while is over, of everything since.
package struct TellOfWorkspace: WorkspaceConsequence {
    /// The least time between two such messages.
    package static let pause = 900.0

    private let voice: CommunityVoice
    private let queue = JobQueue()

    package init(voice: CommunityVoice) { self.voice = voice }

    package func follow(_ news: WorkspaceNews, in transaction: Transaction) async throws {
        let role: Role = news.by == .mentor ? .mentee : .mentor
        guard !news.parts.isEmpty, let reader = news.actor(role), reader.isLocal else { return }
        let id = news.session.id
        let told = try await transaction.addNews(news.parts.map(\.rawValue), of: id, for: role)
        guard let told, news.at < told.addingTimeInterval(Self.pause) else {
            try await tell(news.session, role, at: news.at, in: transaction)
            return
        }
        let name = id.uuidString.lowercased()
        let due = told.addingTimeInterval(Self.pause)
        try await queue.enqueue(
            NewJob(
                kind: TellWorkspaceNews.kind, payload: ["session": .string(name), "role": .string(role.rawValue)],
                key: "\(name) \(role.rawValue) \(DateTime.format(due))", priority: 50, dueAt: due),
            in: transaction)
    }

    /// Says what somebody was not told yet.
    func tell(_ session: Session, _ role: Role, at now: Date, in transaction: Transaction) async throws {
        let names = try await transaction.takeNews(of: session.id, for: role, at: now)
        let parts = Workspace.Part.allCases.filter { names.contains($0.rawValue) }
        guard !parts.isEmpty,
            let reader = try await transaction.actor(id: role == .mentor ? session.mentor : session.mentee),
            let other = try await transaction.actor(id: role == .mentor ? session.mentee : session.mentor),
            reader.isLocal, reader.goneAt == nil
        else { return }
        try await transaction.insertWorkspaceNotification(for: reader.id, session: session.id, from: other.id)
        let message = WorkspaceMessage(
            topic: session.topic, other: other.displayName, parts: parts,
            page: voice.community.addresses.session(session.id))
        let earlier = try await transaction.lastMessage(about: session.id, to: reader.id)
        let post = try await voice.say(message.text, to: reader, after: earlier, at: now, in: transaction)
        try await transaction.saveMessage(post.id, about: session.id, to: reader.id)
    }
}

/// Tells what has gathered since somebody was told last.
package struct TellWorkspaceNews: JobHandler {
    package static let kind = "workspace.news"

    private let database: Pool
    private let telling: TellOfWorkspace
    private let logger: Logger

    package init(database: Pool, voice: CommunityVoice, logger: Logger) {
        self.database = database
        telling = TellOfWorkspace(voice: voice)
        self.logger = logger
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let id = job.payload["session"]?.string.flatMap({ UUID(uuidString: $0) }),
            let role = job.payload["role"]?.string.flatMap(Role.init)
        else { return .dead(reason: "payload names no session") }
        do {
            try await database.transaction { transaction in
                guard let session = try await transaction.lockSession(.id(id)) else { return }
                try await telling.tell(session, role, at: DateTime.cutToMilliseconds(Date()), in: transaction)
            }
            return .done
        } catch {
            logger.warning("telling of a workspace failed", metadata: ["session": "\(id)", "error": "\(error)"])
            return .retry(after: .seconds(30), reason: "\(error)")
        }
    }
}
