import SafeText
import Social
import Store
import WebServer

/// What somebody can listen to (docs.joinmastodon.org/methods/streaming).
enum StreamName: Hashable, Sendable {
    case user
    /// Of `user` the notifications alone.
    case notifications
    case direct
    case list(Int64)
    /// By its name, as posts are found by it.
    case hashtag(String, isLocal: Bool)
    case timeline(PublicTimeline.Source, mediaOnly: Bool)

    /// Why there is no such stream.
    enum Refusal: Error {
        case unknown
        /// A list or hashtag is not named.
        case parameterMissing
    }

    init(_ name: String, list: String?, tag: String?) throws(Refusal) {
        switch name {
        case "user": self = .user
        case "user:notification": self = .notifications
        case "direct": self = .direct
        case "list":
            guard let id = list.flatMap({ Input.id($0) }) else { throw .parameterMissing }
            self = .list(id)
        case "hashtag", "hashtag:local":
            guard let tag = tag.flatMap({ hashtagName($0) }) else { throw .parameterMissing }
            self = .hashtag(tag, isLocal: name == "hashtag:local")
        case "public": self = .timeline(.everywhere, mediaOnly: false)
        case "public:media": self = .timeline(.everywhere, mediaOnly: true)
        case "public:local": self = .timeline(.local, mediaOnly: false)
        case "public:local:media": self = .timeline(.local, mediaOnly: true)
        case "public:remote": self = .timeline(.remote, mediaOnly: false)
        case "public:remote:media": self = .timeline(.remote, mediaOnly: true)
        default: throw .unknown
        }
    }

    /// Whether only people with an account have it.
    var isPersonal: Bool {
        switch self {
        case .user, .notifications, .direct, .list: true
        case .hashtag, .timeline: false
        }
    }

    var scope: Scope {
        switch self {
        case .user, .direct, .hashtag, .timeline: .readStatuses
        case .notifications: .readNotifications
        case .list: .readLists
        }
    }

    /// Whether a timeline for everybody, of which this is one, shows a post of that kind.
    func shows(isLocal: Bool, isReply: Bool, hasMedia: Bool, tags: [String]) -> Bool {
        switch self {
        case .user, .notifications, .direct, .list: return false
        case .hashtag(let tag, let localOnly): return tags.contains(tag) && (isLocal || !localOnly)
        case .timeline(let source, let mediaOnly):
            // Answers to others belong to their threads.
            guard !isReply, hasMedia || !mediaOnly else { return false }
            return switch source {
            case .everywhere: true
            case .local: isLocal
            case .remote: !isLocal
            }
        }
    }

    func shows(_ streamed: StreamedEntry) -> Bool {
        let content = streamed.entry.post.content
        return streamed.entry.boost == nil
            && shows(
                isLocal: streamed.isLocal, isReply: content.replyTo != nil, hasMedia: !content.attachments.isEmpty,
                tags: content.tags)
    }

    func shows(_ trace: StreamEvent.Trace) -> Bool {
        trace.isPublic
            && shows(isLocal: trace.isLocal, isReply: trace.isReply, hasMedia: trace.hasMedia, tags: trace.tags)
    }
}
