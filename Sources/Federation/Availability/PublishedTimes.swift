import ActivityStreams
package import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
package import Wire

/// When this community's mentors have time, as other communities are told (`mnt:availability`): for whom the mentor would
/// take a request from, and for nobody else.
package struct PublishedTimes: Sendable {
    /// Of one page: so many fit within the limits of a document.
    package static let pageSize = 2000

    private let database: Pool
    private let community: Community
    private let availabilities: Availabilities

    package init(database: Pool, community: Community, availabilities: Availabilities) {
        self.database = database
        self.community = community
        self.availabilities = availabilities
    }

    /// The collection itself, which says where a page of what is usual is.
    package func collection(of name: Username, for reader: Actor, now: Date) async throws -> Reading {
        guard let (mentor, profile) = try await mentor(name, for: reader) else { return .nothing }
        let address = community.addresses.availability(of: mentor.uri)
        let catalogue = try await database.catalogue()
        let usual = try? TimesQuestionDraft().checked(offers: profile.offers, catalogue: catalogue, now: now)
        return .document(
            Collection.questioned(id: address, first: usual.map { self.address(address, $0, from: now) }))
    }

    /// The times that an asker wants to know.
    ///
    /// - Parameters:
    ///   - query: `type`, `minutes`, `zone`, `from`, `to`; others are left alone.
    ///   - target: path and query as they were asked.
    /// - Throws: `InvalidFields` about the question.
    package func page(
        of name: Username, _ query: [(name: String, value: String)], target: String, for reader: Actor, now: Date
    ) async throws -> Reading {
        guard let (mentor, profile) = try await mentor(name, for: reader) else { return .nothing }
        func asked(_ name: String) -> String? { query.first { $0.name == name }?.value }
        let draft = TimesQuestionDraft(
            type: asked("type"), minutes: asked("minutes"), zone: asked("zone"), from: asked("from"), to: asked("to"))
        let question = try draft.checked(
            offers: profile.offers, catalogue: try await database.catalogue(), now: now)
        let isAccepting = try await database.isOpen(profile, of: mentor.id, to: reader.id, at: now)
        let isOpen = isAccepting && profile.audience != .nobody
        let search = isOpen ? try await availabilities.search(mentor.id, question, now: now) : nil
        let starts = search?.starts(in: question.time) ?? []
        let address = community.addresses.availability(of: mentor.uri)
        let rest = starts.dropFirst(Self.pageSize).first
        let length = Double(question.minutes) * 60
        return .document(
            Collection.page(
                id: "\(community.origin)\(target)", of: address,
                items: starts.prefix(Self.pageSize).map { start in
                    FreeTimeDocument(start: start, end: start.addingTimeInterval(length)).json
                },
                next: rest.map { self.address(address, question, from: $0) }))
    }

    private func address(_ collection: URI, _ question: SlotQuestion, from start: Date) -> String {
        "\(collection)?type=\(question.type)&minutes=\(question.minutes)&from=\(DateTime.format(start))"
            + "&to=\(DateTime.format(question.time.upperBound))"
    }

    /// A mentor of ours who has set times, for whoever may know them. A person is told where the mentor's audience
    /// admits them; a server's own actor, which speaks for all of its people, where the audience is everybody. Where it
    /// is nobody, that is no secret: there are no times.
    private func mentor(_ name: Username, for reader: Actor) async throws -> (Actor, MentorProfile)? {
        guard let mentor = try await database.localActor(name), mentor.goneAt == nil,
            let profile = try await database.profile(of: mentor.id), profile.isShown,
            try await database.hasAvailability(mentor.id),
            try await database.blocked(by: mentor.id, among: [reader.id]).isEmpty
        else { return nil }
        let isTold =
            switch (profile.audience, Viewer(reader)) {
            case (.anyone, _), (.nobody, _): true
            case (_, .actor): profile.audience.admits(try await database.acquaintance(of: reader, with: mentor))
            case (_, .server), (_, .nobody): false
            }
        return isTold ? (mentor, profile) : nil
    }
}
