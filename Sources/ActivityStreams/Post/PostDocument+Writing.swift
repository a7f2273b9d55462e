package import JSONTree
import Wire

extension PostDocument {
    /// The post on its own with its context, as its address answers.
    package var document: JSON {
        var object = JSON.Object()
        object["@context"] = Vocabulary.postContext
        write(to: &object)
        return .object(object)
    }

    /// The post without `@context`, to be carried by an activity.
    package var json: JSON {
        var object = JSON.Object()
        write(to: &object)
        return .object(object)
    }

    private func write(to object: inout JSON.Object) {
        object["id"] = .string(id.string)
        object["type"] = .string(kind.rawValue)
        object["attributedTo"] = .string(author.string)
        object["name"] = name.map { .string($0) }
        object["summary"] = summary.map { .string($0) }
        object["content"] = content.map { .string($0) }
        if let content, let language { object["contentMap"] = [language: .string(content)] }
        if isVote {
            object["inReplyTo"] = inReplyTo.map { .string($0.string) }
            object["published"] = published.map { .string(DateTime.format($0)) }
            addressing.write(to: &object)
            return
        }
        object["sensitive"] = .bool(isSensitive)
        object["url"] = url.map { .string($0.string) }
        object["inReplyTo"] = inReplyTo.map { .string($0.string) }
        object["conversation"] = conversation.map { .string($0) }
        object["context"] = conversation.flatMap { URI($0) }.map { .string($0.string) }
        object["published"] = published.map { .string(DateTime.format($0)) }
        object["updated"] = updated.map { .string(DateTime.format($0)) }
        addressing.write(to: &object)
        object["directMessage"] = isDirectMessage ? true : nil
        object["quote"] = quote.map { .string($0.string) }
        object["quoteUrl"] = quote.map { .string($0.string) }
        object["_misskey_quote"] = quote.map { .string($0.string) }
        object["approvedBy"] = approval.map { .string($0.string) }
        object["tag"] = tags.json
        object["attachment"] = .array(attachments.map(\.json))
        object["replies"] = replies.map { Collection.attached(id: $0, first: Self.firstPage(ofReplies: $0)) }
        poll?.write(to: &object)
        event?.write(to: &object)
    }

    /// Where the replies of a post of ours begin.
    private static func firstPage(ofReplies collection: URI) -> String { "\(collection)?after=0" }
}
