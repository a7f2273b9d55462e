import JSONTree
import Social
import Wire

/// A file of a post (docs.joinmastodon.org/entities/MediaAttachment).
struct MediaEntity {
    let id: Int64
    let attachment: Attachment

    var json: JSON {
        let url = JSON.string(attachment.url.string)
        return [
            "id": .string(String(id)), "type": .string(type), "url": url, "preview_url": url, "remote_url": .null,
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
            meta["original"] = [
                "width": .int(width), "height": .int(height), "size": .string("\(width)x\(height)"),
                "aspect": .double(Double(width) / Double(height)),
            ]
        }
        if let focus = attachment.focus { meta["focus"] = ["x": .double(focus.x), "y": .double(focus.y)] }
        return .object(meta)
    }
}
