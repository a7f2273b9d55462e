import ActivityStreams
package import Foundation
import JSONTree
package import Mentoring
import Outbound
package import PostgreSQL
package import Social
import Store
package import Wire

/// When mentors of other communities have time, asked of their own communities at the moment when somebody here wants to
/// know.
package struct RemoteTimes: Sendable {
    package enum Failure: Error, Equatable {
        /// Nobody of that name, or nobody whose community knows of sessions.
        case notFound
        /// This community has nothing to do with the mentor's.
        case refused
        case unreachable
        /// It answered with nothing that can be understood.
        case unusable
        /// It gives no sessions of that type and length.
        case notGiven
    }

    /// Pages of one answer that are read: with as many times on each as we tell ourselves, a start every five minutes
    /// of a hundred days.
    static let mostPages = 15
    /// For all of them together.
    static let patience = Duration.seconds(15)
    /// How long somebody who published no times is believed to publish none.
    static let freshness: TimeInterval = 600

    private let database: Pool
    private let remote: RemoteActors
    private let fetcher: DocumentFetcher
    private let memory = TimesMemory()

    package init(database: Pool, remote: RemoteActors, fetcher: DocumentFetcher) {
        self.database = database
        self.remote = remote
        self.fetcher = fetcher
    }

    /// A mentor of another community with what is known of them.
    package func mentor(_ handle: Handle) async throws -> (Actor, MentorProfile?) {
        do {
            var mentor = try await remote.actor(handle, on: database)
            guard mentor.kind == .person, mentor.speaksMentoring, mentor.goneAt == nil else { throw Failure.notFound }
            let age = mentor.fetchedAt.map { -$0.timeIntervalSinceNow } ?? 0
            if age > Self.freshness, try await database.timesAddress(of: mentor.id) == nil {
                // Since then they may have begun to tell them.
                mentor = (try? await remote.refresh(mentor.uri, on: database)) ?? mentor
            }
            return (mentor, try await database.profile(of: mentor.id))
        } catch let failure as RemoteActors.Failure {
            throw Failure(failure)
        }
    }

    /// When a session with a mentor can start; nil where their community does not tell, or not to who asks.
    ///
    /// The server asks for all of its people, so that nobody elsewhere hears who looks at whose times. Only where not
    /// everybody may ask the mentor, the person signs: whether they may is for the other community to know.
    package func starts(
        of mentor: Actor, audience: Audience, _ question: SlotQuestion, for asker: ActorID
    ) async throws -> [Date]? {
        guard let address = try await database.timesAddress(of: mentor.id) else { return nil }
        let signer = audience == .anyone ? nil : asker
        let key = TimesMemory.Key(mentor: mentor.id, question: question, signer: signer)
        if let known = memory.starts(for: key) { return known }
        let query = "type=\(question.type)&minutes=\(question.minutes)"
            + "&from=\(DateTime.format(question.time.lowerBound))&to=\(DateTime.format(question.time.upperBound))"
        guard let first = URI("\(address)\(address.query == nil ? "?" : "&")\(query)") else { throw Failure.unusable }
        do throws(DocumentFetcher.Failure) {
            let starts = try await read(first, of: address, length: Double(question.minutes) * 60, as: signer)
            memory.keep(starts, for: key)
            return starts
        } catch {
            switch error {
            case .gone, .status(401), .status(403), .status(404): return nil
            case .status(400), .status(422): throw Failure.notGiven
            case .unreachable(.refusedHost): throw Failure.refused
            case .unreachable: throw Failure.unreachable
            case .status, .contentType, .notJSON, .otherID:
                throw error.isTransient ? Failure.unreachable : Failure.unusable
            }
        }
    }

    /// What `starts` told somebody a moment ago of all of a time; nobody is asked. Nil where nothing is remembered.
    package func remembered(
        of mentor: ActorID, type: String, minutes: Int, in time: Range<Date>, for asker: ActorID
    ) -> [Date]? {
        memory.starts(of: mentor, type: type, minutes: minutes, in: time, for: asker)
    }

    /// - Parameter length: of a session; what lasts another time was not asked for.
    private func read(
        _ first: URI, of address: URI, length: TimeInterval, as signer: ActorID?
    ) async throws(DocumentFetcher.Failure) -> [Date] {
        let end = ContinuousClock.now + Self.patience
        var (starts, next): ([Date], URI?) = ([], first)
        for _ in 0..<Self.mostPages {
            guard let page = next else { return starts }
            guard .now < end else { throw .unreachable(.timeout) }
            let document = try await fetcher.page(at: page, as: signer)
            guard let collection = CollectionDocument(document, most: PublishedTimes.pageSize) else { throw .notJSON }
            starts += collection.items.compactMap { FreeTimeDocument($0) }
                .filter { $0.end.timeIntervalSince($0.start) == length }.map(\.start)
            next = collection.next.flatMap { $0.isSameOrigin(as: address) ? $0 : nil }
        }
        guard next == nil else { throw .notJSON }
        return starts
    }
}

extension RemoteTimes.Failure {
    fileprivate init(_ failure: RemoteActors.Failure) {
        switch failure {
        case .notFound, .gone: self = .notFound
        case .refused: self = .refused
        case .unreachable: self = .unreachable
        case .unusable: self = .unusable
        }
    }
}
