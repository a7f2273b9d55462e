import JSONTree
import Social
import Store
import Wire

/// How a post read for a while (docs.joinmastodon.org/entities/StatusEdit).
struct StatusEditEntity {
    let version: PostVersion
    let account: JSON
    let post: Post

    var json: JSON {
        var object: JSON.Object = [
            "content": .string(version.html), "spoiler_text": .string(version.warning),
            "sensitive": .bool(version.isSensitive), "created_at": .string(ClientTime.text(version.createdAt)),
            "account": account,
            "media_attachments": .array(
                version.attachments.enumerated().map { index, attachment in
                    MediaEntity(attachment, of: post.id, at: index).json
                }),
            "emojis": [],
        ]
        if let options = version.pollOptions {
            object["poll"] = ["options": .array(options.map { ["title": .string($0)] })]
        }
        return .object(object)
    }
}
