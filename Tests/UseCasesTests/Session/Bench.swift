import Foundation
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import UseCases
import Wire

/// Writes nothing and fails, so that everything before it must be undone.
struct FailingConsequence: SessionConsequence {
    struct Failure: Error {}

    func follow(_ change: SessionChange, in transaction: Transaction) async throws { throw Failure() }
}

/// Mika asks, Noor answers; one or neither of them lives elsewhere.
struct Bench {
    let home: TestCommunity
    let mika: Actor
    let noor: Actor
    var desk: SessionDesk

    enum Side: Sendable { case here, owner, mirror }

    /// - Parameter speaksMentoring: whether the server of who asks from elsewhere knows sessions, and not only events.
    init(
        _ home: TestCommunity, _ side: Side = .here, profile: ProfileDraft = .open, speaksMentoring: Bool = true
    ) async throws {
        self.home = home
        mika =
            side == .mirror
            ? try await home.neighbour("mika", speaksMentoring: speaksMentoring) : try await home.person("mika").actor
        noor = side == .owner ? try await home.neighbour("noor") : try await home.person("noor", profile: profile).actor
        desk = home.desk
    }

    static let request = SessionRequest(
        type: "pana_support", topic: "My portfolio", message: "Hello", start: .hence(days: 3), minutes: 45,
        zone: "Europe/Berlin")

    /// Mika's request, as it comes about on this side.
    func request(_ request: SessionRequest = Bench.request, at now: Date = .thisSecond) async throws -> Session {
        if mika.isLocal {
            return try await home.database.transaction { transaction in
                try await desk.request(request, by: mika, of: noor, now: now, in: transaction)
            }
        }
        let remote = try remoteRequest(request)
        _ = try await receive(remote, at: now)
        guard let session = try await home.database.session(.event(remote.event)) else {
            throw UnreadableSample(text: remote.event.string)
        }
        return session
    }

    func remoteRequest(_ request: SessionRequest = Bench.request, revision: Int = 0) throws -> RemoteRequest {
        RemoteRequest(
            event: try uri("https://b.example/sessions/1"), invite: try uri("https://b.example/activities/1"),
            requester: mika.uri, attributedTo: mika.uri, revision: revision,
            kind: SessionKind(name: request.type, label: "Peer support", pricing: .mentorSetsRate),
            topic: request.topic, message: request.message, start: request.start,
            end: request.start.addingTimeInterval(Double(request.minutes) * 60), zone: request.zone)
    }

    /// Why the request was dropped; nil when it was not.
    func receive(_ request: RemoteRequest, at now: Date = .thisSecond) async throws -> RequestRefusal? {
        let reception = try await home.database.transaction { transaction in
            try await desk.receive(request, from: mika, to: noor, now: now, in: transaction)
        }
        return switch reception {
        case .dropped(let refusal): refusal
        case .known(let decision) where decision.refusal == .wrongActor: .foreignEvent
        case .taken, .known: nil
        }
    }

    /// What somebody elsewhere says carries an activity of theirs.
    @discardableResult
    func perform(
        _ action: SessionAction, on session: Session, by actor: Actor, revision: Int? = nil,
        at now: Date = .thisSecond
    ) async throws -> Decision? {
        let activity = actor.isLocal ? nil : try uri("https://b.example/activities/\(UUID().uuidString)")
        return try await home.database.transaction { transaction in
            try await desk.perform(
                SessionDesk.Command(action, revision: revision, activity: activity), on: .id(session.id), by: actor.id,
                now: now, in: transaction)
        }
    }

    func session(_ id: UUID) async throws -> Session? { try await home.database.session(.id(id)) }

    func history(_ id: UUID) async throws -> [String] { try await home.database.events(of: id).map(\.kind) }

    func notifications(_ actor: Actor) async throws -> [String] {
        try await home.database.notifications(for: actor.id, before: nil, limit: 50).map(\.kind).reversed()
    }

    /// Types of the activities that left, oldest first.
    func sent() async throws -> [String] { try await home.sent().compactMap { $0["type"]?.string } }

    static let words = Reason(heard: "I am ill.", code: "illness")
    static let accept = SessionAction.accept(place: nil, note: nil)
}
