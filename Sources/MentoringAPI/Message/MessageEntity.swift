import JSONTree
import Mentoring
import SafeText
import Social
import Store
import Wire

/// What one of the two of a session wrote to the other, as both read it over the API.
struct MessageEntity {
    let message: StoredMessage
    let session: Session
    let reader: ActorID
    let people: [ActorID: Actor]

    var json: JSON {
        let (post, content) = (message.post, message.post.content)
        var object = JSON.Object()
        object["id"] = .string(String(post.id.rawValue))
        object["uri"] = .string(post.uri.string)
        object["by"] = .string(author.rawValue)
        object["text"] = .string(text)
        object["html"] = .string(content.html)
        object["warning"] = .string(content.warning)
        object["attachments"] = .array(
            content.attachments.map { file in
                [
                    "url": .string(file.url.string), "type": file.mediaType.map { .string($0) } ?? .null,
                    "description": file.description.map { .string($0) } ?? .null,
                ]
            })
        object["at"] = .string(DateTime.format(post.publishedAt))
        object["edited_at"] = post.editedAt.map { .string(DateTime.format($0)) } ?? .null
        object["in_reply_to"] = post.replyTo.map { .string(String($0.rawValue)) } ?? .null
        object["told"] = .bool(message.isTold)
        return .object(object)
    }

    /// Who has moved to another server wrote as somebody else before.
    private var author: Role {
        session.role(of: message.post.author) ?? (reader == session.mentor ? .mentee : .mentor)
    }

    /// Without the names of the two, with which programs for posts begin what is for one person.
    private var text: String {
        let names = people.values.flatMap { ["@\($0.handle.name)", "@\($0.handle)"] }
        var text = Substring(plainText(fromHTML: message.post.content.html))
        while let name = names.first(where: { text.begins(withWord: $0) }) {
            text = text.dropFirst(name.count).drop(while: \.isWhitespace)
        }
        return String(text)
    }
}

extension Substring {
    fileprivate func begins(withWord word: String) -> Bool {
        hasPrefix(word) && (dropFirst(word.count).first?.isWhitespace ?? true)
    }
}
