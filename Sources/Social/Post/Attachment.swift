package import Wire

/// A file that a post carries, or the picture of a profile, by its address: of others nothing more is kept here.
package struct Attachment: Hashable, Sendable {
    package var url: URI
    package var mediaType: String?
    /// What it shows, for those who do not see it; plain text.
    package var description: String?
    package var blurhash: String?
    /// Pixels.
    package var width: Int?
    package var height: Int?
    /// The point that a crop should keep, each in -1…1 from the centre, upwards and to the right.
    package var focus: Focus?
    /// The number of the upload, of files of our own.
    package var media: MediaID?
    /// The same in small, of pictures of our own.
    package var preview: Preview?

    package struct Focus: Hashable, Sendable {
        package var x: Double
        package var y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    package struct Preview: Hashable, Sendable {
        package var url: URI
        /// Pixels.
        package var width: Int
        package var height: Int

        package init(url: URI, width: Int, height: Int) {
            self.url = url
            self.width = width
            self.height = height
        }
    }

    package init(
        url: URI, mediaType: String?, description: String? = nil, blurhash: String? = nil, width: Int? = nil,
        height: Int? = nil, focus: Focus? = nil, media: MediaID? = nil, preview: Preview? = nil
    ) {
        self.url = url
        self.mediaType = mediaType
        self.description = description
        self.blurhash = blurhash
        self.width = width
        self.height = height
        self.focus = focus
        self.media = media
        self.preview = preview
    }
}

/// A picture that stands for `:name:` in the texts of a post.
package struct CustomEmoji: Hashable, Sendable {
    /// Without the colons.
    package var name: String
    package var url: URI

    package init(name: String, url: URI) {
        self.name = name
        self.url = url
    }
}
