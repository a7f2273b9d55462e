import ActivityStreams
package import Foundation
import JSONTree
package import Mentoring
import Outbound
package import PostgreSQL
package import Social
import Store
package import Wire

/// Asks the communities that are followed when their mentors have time next, so that people here find those who have
/// time soon. A few at a time, and each mentor again after hours: when somebody wants to book, all of it is asked anew.
package struct NextTimes: Sendable {
    /// Of one community in one go.
    static let most = 10
    /// After so long a mentor is asked for again; what was heard holds for twice as long.
    package static let freshness: TimeInterval = 3 * 3600
    /// How far ahead; as far as people here look for somebody who has time.
    static let horizon: TimeInterval = 31 * 86_400

    private let database: Pool
    private let fetcher: DocumentFetcher

    package init(database: Pool, fetcher: DocumentFetcher) {
        self.database = database
        self.fetcher = fetcher
    }

    /// - Parameter end: nothing is asked after it.
    /// - Returns: false when the community does not answer.
    func ask(_ neighbour: Neighbour, until end: ContinuousClock.Instant) async throws -> Bool {
        let before = Date().addingTimeInterval(-Self.freshness)
        let mentors = try await database.mentorsToAsk(of: neighbour.id, askedBefore: before, limit: Self.most)
        for mentor in mentors {
            guard .now < end, !Task.isCancelled else { return true }
            let now = Date()
            do throws(DocumentFetcher.Failure) {
                let next = try await next(at: mentor.address, now: now)
                try? await database.transaction { try await $0.setNextFree(next, ofAsked: mentor.id) }
            } catch {
                try await database.transaction { try await $0.timesWereAsked(of: mentor.id) }
                if error.isTransient { return false }
            }
        }
        return true
    }

    /// The first time of a page; nil where there is none that can still be asked for.
    private func next(at address: URI, now: Date) async throws(DocumentFetcher.Failure) -> NextFree? {
        let query = "from=\(DateTime.format(DateTime.cutToMilliseconds(now)))"
            + "&to=\(DateTime.format(DateTime.cutToMilliseconds(now.addingTimeInterval(Self.horizon))))"
        guard let question = URI("\(address)\(address.query == nil ? "?" : "&")\(query)") else { throw .otherID }
        let document = try await fetcher.page(at: question)
        guard let page = CollectionDocument(document, most: 1) else { throw .notJSON }
        return page.items.first.flatMap { FreeTimeDocument($0) }.flatMap { time in
            guard time.start > now, time.start < now.addingTimeInterval(NextFree.horizon) else { return nil }
            return NextFree(
                start: time.start, lapsesAt: min(time.start, now.addingTimeInterval(2 * Self.freshness)))
        }
    }
}
