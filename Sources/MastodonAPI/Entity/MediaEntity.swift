import JSONTree
import Social
import Wire

/// A file of a post (docs.joinmastodon.org/entities/MediaAttachment).
struct MediaEntity {
    private let id: Int64
    private let attachment: Attachment

    init(_ attachment: Attachment, number: Int64) {
        id = number
        self.attachment = attachment
    }

    /// Of a file of a post: uploads have numbers of their own, others get one.
    init(_ attachment: Attachment, of post: PostID, at index: Int) {
        self.init(attachment, number: attachment.media?.rawValue ?? post.rawValue &* 16 &+ Int64(index))
    }

    var json: JSON {
        let url = JSON.string(attachment.url.string)
        let preview = JSON.string((attachment.preview?.url ?? attachment.url).string)
        return [
            "id": .string(String(id)), "type": .string(type), "url": url, "preview_url": preview,
            "remote_url": attachment.media == nil ? url : .null,
            "preview_remote_url": .null, "text_url": .null, "meta": meta,
            "description": attachment.description.map(JSON.string) ?? .null,
            "blurhash": attachment.blurhash.map(JSON.string) ?? .null,
        ]
    }

    /// One of five: any other makes clients drop the post.
    private var type: String {
        switch attachment.mediaType?.prefix(while: { $0 != "/" }) {
        case "image": "image"
        case "video": "video"
        case "audio": "audio"
        default: "unknown"
        }
    }

    private var meta: JSON {
        var meta = JSON.Object()
        if let width = attachment.width, let height = attachment.height, width > 0, height > 0 {
            meta["original"] = Self.size(width, height)
        }
        if let preview = attachment.preview, preview.width > 0, preview.height > 0 {
            meta["small"] = Self.size(preview.width, preview.height)
        }
        if let focus = attachment.focus { meta["focus"] = ["x": .double(focus.x), "y": .double(focus.y)] }
        return .object(meta)
    }

    private static func size(_ width: Int, _ height: Int) -> JSON {
        [
            "width": .int(width), "height": .int(height), "size": .string("\(width)x\(height)"),
            "aspect": .double(Double(width) / Double(height)),
        ]
    }
}
