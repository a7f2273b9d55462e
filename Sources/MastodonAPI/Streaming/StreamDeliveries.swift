import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import WebServer
import Wire

/// Who is told what of some events: judged by the rules by which timelines, notifications and conversations are read,
/// and written by what writes their answers. All that listen are looked at together.
struct StreamDeliveries: Sendable {
    let database: Pool
    let entities: Entities

    /// What one connection is told.
    struct Told: Sendable {
        let listener: StreamListener
        let stream: StreamName
        let message: StreamMessage
    }

    /// Older posts that arrive only now belong into timelines, but are no news.
    private static let newsAge: TimeInterval = 6 * 3600

    func of(_ events: [StreamEvent], to listeners: [StreamListener]) async throws -> [Told] {
        let audience = Audience(listeners)
        guard !audience.isEmpty else { return [] }
        var told: [Int64: [Told]] = [:]
        for (event, all) in [
            try await statuses(of: events, audience), try await deletions(of: events, audience),
            try await notifications(of: events, audience), try await conversations(of: events, audience),
            filters(of: events, audience),
        ].flatMap(\.self) {
            told[event, default: []] += all
        }
        return events.flatMap { told[$0.id] ?? [] }
    }

    // MARK: Posts that come and change

    private func statuses(of events: [StreamEvent], _ audience: Audience) async throws -> [(Int64, [Told])] {
        let events = events.filter { [.published, .boosted, .edited].contains($0.kind) }
        guard !events.isEmpty else { return [] }
        let streamed = try await database.streamedEntries(Array(Set(events.flatMap(\.entries))))
        let shown = Dictionary(
            grouping: try await database.feeds(audience.feeds, showing: Array(streamed.keys)), by: \.entry)
        let open = streamed.values.filter { $0.entry.boost == nil && audience.wants($0) }.map(\.entry.post.id)
        let readers = Dictionary(
            grouping: try await database.publicReaders(audience.publicReaders, of: open), by: \.post)
        let forAll = Set(audience.hasStrangers ? try await database.openPosts(among: open) : [])
        var told: [(Int64, [Told])] = []
        for event in events {
            // Of a post that changed, whoever has it by a boost is told of the post.
            let main = event.kind == .edited ? event.post?.rawValue : event.entries.first
            guard let main, let subject = streamed[main], event.kind != .published || isNews(subject.entry) else {
                continue
            }
            let feeds = Set(event.entries.flatMap { shown[$0] ?? [] }.map(\.feed))
            let people = Set((readers[subject.entry.post.id] ?? []).map(\.reader))
            let isForAll = forAll.contains(subject.entry.post.id)
            let places = audience.places { listener, stream in
                if let feed = stream.feed(of: listener.reader) { return feeds.contains(feed) }
                guard stream.shows(subject) else { return false }
                return listener.reader.account.map { people.contains($0) } ?? isForAll
            }
            let statuses = try await entities.statuses(
                [subject.entry], forEach: Set(places.map(\.listener.reader.account)))
            let payloads = statuses.compactMapValues { $0.first?.serializedText() }
            told.append(
                (
                    event.id,
                    places.compactMap { place in
                        payloads[place.listener.reader.account].map { payload in
                            Told(place, StreamMessage(kind: event.kind == .edited ? .edit : .update, payload: payload))
                        }
                    }
                ))
        }
        return told
    }

    private func isNews(_ entry: FeedEntry) -> Bool {
        entry.boost != nil || entry.post.publishedAt > Date(timeIntervalSinceNow: -Self.newsAge)
    }

    // MARK: Posts that go

    private func deletions(of events: [StreamEvent], _ audience: Audience) async throws -> [(Int64, [Told])] {
        let events = events.filter { $0.kind == .deleted || $0.kind == .unboosted }
        guard !events.isEmpty else { return [] }
        let held = Dictionary(
            grouping: try await database.feeds(Array(audience.feeds.keys), holding: events.flatMap(\.entries)),
            by: \.feed
        ).mapValues { Set($0.map(\.entry)) }
        return events.map { event in
            var all: [Told] = []
            for entry in event.entries {
                let isPost = entry == event.post?.rawValue
                let places = audience.places { listener, stream in
                    if let feed = stream.feed(of: listener.reader), held[feed]?.contains(entry) == true { return true }
                    guard isPost else { return false }
                    if stream == .user, let account = listener.reader.account {
                        return event.trace.people.contains(account)
                    }
                    return stream.shows(event.trace)
                }
                all += places.map { Told($0, StreamMessage(kind: .delete, payload: String(entry))) }
            }
            return (event.id, all)
        }
    }

    // MARK: What is for one person

    private func notifications(of events: [StreamEvent], _ audience: Audience) async throws -> [(Int64, [Told])] {
        let found = try await database.notifications(of: events.map(\.id), for: audience.notified)
        var told: [(Int64, [Told])] = []
        for (event, recipient, id) in found {
            guard let notification = try await database.notification(id, for: recipient),
                let entity = try await entities.notifications([notification], for: recipient).first
            else { continue }
            let message = StreamMessage(kind: .notification, payload: entity.serializedText())
            let places = audience.places { listener, stream in
                listener.reader.account == recipient && listener.reader.hearsNotifications
                    && (stream == .user || stream == .notifications)
            }
            told.append((event, places.map { Told($0, message) }))
        }
        return told
    }

    private func conversations(of events: [StreamEvent], _ audience: Audience) async throws -> [(Int64, [Told])] {
        let found = try await database.conversations(of: events.map(\.id), for: audience.direct)
        var told: [(Int64, [Told])] = []
        for (event, account, id) in found {
            guard let conversation = try await database.conversation(id, of: account),
                let entity = try await entities.conversations([conversation], for: account).first
            else { continue }
            let message = StreamMessage(kind: .conversation, payload: entity.serializedText())
            let places = audience.places { listener, stream in
                listener.reader.account == account && stream == .direct
            }
            told.append((event, places.map { Told($0, message) }))
        }
        return told
    }

    private func filters(of events: [StreamEvent], _ audience: Audience) -> [(Int64, [Told])] {
        events.filter { $0.kind == .filtered }.map { event in
            let places = audience.places { listener, stream in
                listener.reader.account == event.actor && stream == .user
            }
            return (event.id, places.map { Told($0, StreamMessage(kind: .filters)) })
        }
    }
}

extension StreamDeliveries.Told {
    fileprivate init(_ place: Audience.Place, _ message: StreamMessage) {
        self.init(listener: place.listener, stream: place.stream, message: message)
    }
}

/// Those who listen at a moment, by what they listen to.
private struct Audience {
    struct Place {
        let listener: StreamListener
        let stream: StreamName
    }

    private var all: [Place] = []
    /// Homes and lists, with their owners.
    private(set) var feeds: [Int64: ActorID] = [:]
    private(set) var publicReaders: [ActorID] = []
    /// Whether somebody without an account listens.
    private(set) var hasStrangers = false
    private(set) var notified: [ActorID] = []
    private(set) var direct: [ActorID] = []

    init(_ listeners: [StreamListener]) {
        var (readers, notified, direct) = (Set<ActorID>(), Set<ActorID>(), Set<ActorID>())
        for listener in listeners where listener.outbox.end == nil {
            let account = listener.reader.account
            for stream in listener.streams {
                all.append(Place(listener: listener, stream: stream))
                if let account, let feed = stream.feed(of: listener.reader) { feeds[feed] = account }
                switch stream {
                case .hashtag, .timeline:
                    if let account { readers.insert(account) } else { hasStrangers = true }
                case .user, .notifications:
                    if let account, listener.reader.hearsNotifications { notified.insert(account) }
                case .direct:
                    if let account { direct.insert(account) }
                case .list: break
                }
            }
        }
        (publicReaders, self.notified, self.direct) = (Array(readers), Array(notified), Array(direct))
    }

    var isEmpty: Bool { all.isEmpty }

    func places(where isMeant: (StreamListener, StreamName) -> Bool) -> [Place] {
        all.filter { isMeant($0.listener, $0.stream) }
    }

    func wants(_ streamed: StreamedEntry) -> Bool { all.contains { $0.stream.shows(streamed) } }
}

extension StreamName {
    /// The home or list whose entries it tells of.
    fileprivate func feed(of reader: StreamReader) -> Int64? {
        switch self {
        case .user: reader.account?.rawValue
        case .list(let id): id
        case .notifications, .direct, .hashtag, .timeline: nil
        }
    }
}
