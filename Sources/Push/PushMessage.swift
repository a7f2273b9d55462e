import JSONTree
import SafeText
import Social
import Store
import Wire

/// What a program shows of a notification, in a few English words: it may not ask the server before it does.
struct PushMessage {
    let notification: StoredNotification
    let kind: ClientNotificationKind
    let recipient: ActorID
    let sender: Person
    let post: Post?
    let community: Community

    /// Somebody waits for an answer.
    var isUrgent: Bool { kind == .mention && post?.content.visibility == .direct }

    /// - Parameter token: of the program, which by it finds the account.
    func json(token: String) -> JSON {
        [
            "access_token": .string(token), "preferred_locale": "en",
            "notification_id": .int(Int(notification.id)), "notification_type": .string(kind.rawValue),
            "icon": .string(icon), "title": .string(title), "body": .string(body),
        ]
    }

    /// What is too long for a message is left to the program to find.
    private var icon: String {
        let none = "\(community.origin)/avatars/original/missing.png"
        guard let icon = sender.profile.icon?.url.string else { return none }
        return icon.utf8.count <= 1000 ? icon : none
    }

    var title: String {
        let name = Self.cut(sender.actor.displayName, to: 80)
        return switch kind {
        case .mention: isUrgent ? "\(name) wrote to you" : "\(name) mentioned you"
        case .status: "\(name) posted something"
        case .reblog: "\(name) boosted your post"
        case .favourite: "\(name) likes your post"
        case .follow: "\(name) follows you now"
        case .followRequest: "\(name) asks to follow you"
        case .poll: sender.actor.id == recipient ? "Your poll has ended" : "A poll by \(name) has ended"
        case .update: "\(name) changed a post"
        }
    }

    var body: String {
        let text: String
        if let content = post?.content {
            let written = content.warning.isEmpty ? content.html : ""
            let plain = written.isEmpty ? content.warning : plainText(fromHTML: written, limit: Self.longestBody)
            text = plain.isEmpty ? content.title : plain
        } else {
            let summary = sender.actor.summary
            text = sender.actor.isLocal ? summary : plainText(fromHTML: summary, limit: Self.longestBody)
        }
        // Some programs show nothing that has no body.
        return text.isEmpty ? "@\(sender.actor.handle)" : Self.cut(text, to: Self.longestBody)
    }

    /// In Unicode scalars.
    private static let longestBody = 140

    private static func cut(_ text: String, to limit: Int) -> String {
        let line = cleanLine(text)
        guard line.unicodeScalars.count > limit else { return line }
        return cleanLine(String(String.UnicodeScalarView(line.unicodeScalars.prefix(limit - 1)))) + "…"
    }
}
