package import Foundation
package import Wire

/// A picture that somebody of this community uploaded, as it was made anew.
package struct Media: Hashable, Sendable {
    /// What it is for.
    package enum Purpose: String, CaseIterable, Sendable {
        case post, avatar, header
    }

    package struct Size: Hashable, Sendable {
        /// Pixels.
        package let width: Int
        package let height: Int

        package init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }

    package let id: MediaID
    package let owner: ActorID
    package let purpose: Purpose
    /// What its addresses are made of: nobody can guess it.
    package let key: UUID
    package let type: MediaFile.Kind
    package let size: Size
    package let preview: Size?
    /// What it shows, plain text.
    package let description: String?
    package let focus: Attachment.Focus?
    /// The post that it belongs to.
    package let post: PostID?

    package init(
        id: MediaID, owner: ActorID, purpose: Purpose, key: UUID, type: MediaFile.Kind, size: Size, preview: Size?,
        description: String?, focus: Attachment.Focus?, post: PostID?
    ) {
        self.id = id
        self.owner = owner
        self.purpose = purpose
        self.key = key
        self.type = type
        self.size = size
        self.preview = preview
        self.description = description
        self.focus = focus
        self.post = post
    }

    /// How a post or profile carries it.
    package func attachment(at addresses: Addresses) -> Attachment {
        Attachment(
            url: addresses.media(MediaFile(key, .original, type)), mediaType: type.rawValue, description: description,
            width: size.width, height: size.height, focus: focus, media: id,
            preview: preview.map { preview in
                .init(
                    url: addresses.media(MediaFile(key, .preview, type)), width: preview.width, height: preview.height)
            })
    }

    /// Files in one post.
    package static let mostInPost = 4
}

/// One of the files of an upload.
package struct MediaFile: Hashable, Sendable {
    /// The media type.
    package enum Kind: String, CaseIterable, Sendable {
        case jpeg = "image/jpeg", webp = "image/webp"

        fileprivate var ending: String { self == .jpeg ? "jpg" : "webp" }
    }

    package enum Size: String, CaseIterable, Sendable {
        case original, preview
    }

    package let key: UUID
    package let size: Size
    package let kind: Kind

    package init(_ key: UUID, _ size: Size, _ kind: Kind) {
        self.key = key
        self.size = size
        self.kind = kind
    }

    /// Reads the last two parts of an address; nil for every other spelling than the one that is written.
    package init?(key: String, name: String) {
        guard let uuid = UUID(uuidString: key), uuid.uuidString.lowercased() == key else { return nil }
        for size in Size.allCases {
            for kind in Kind.allCases where name == "\(size.rawValue).\(kind.ending)" {
                self.init(uuid, size, kind)
                return
            }
        }
        return nil
    }

    package var path: String { "/media/\(key.uuidString.lowercased())/\(size.rawValue).\(kind.ending)" }
}
