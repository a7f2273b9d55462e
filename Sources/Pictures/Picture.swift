/// A picture that was made anew: upright, in sRGB, and nothing in the file but the picture.
package struct Picture: Equatable, Sendable {
    package struct File: Equatable, Sendable {
        package let bytes: [UInt8]
        /// Pixels.
        package let width: Int
        package let height: Int
    }

    /// JPEG, or WebP where parts of it are transparent.
    package let format: PictureFormat
    package let original: File
    /// The same in small, for pictures of posts.
    package let preview: File?

    package init(format: PictureFormat, original: File, preview: File?) {
        self.format = format
        self.original = original
        self.preview = preview
    }
}

/// What a picture is for, which decides about its size.
package enum PictureUse: Sendable {
    /// As it is, made smaller where it is large, with a preview.
    case post
    /// Cut to a square.
    case avatar
    /// Cut to a wide strip.
    case header

    /// The box that it fits into, or that it fills where it is cut.
    var box: (width: Int, height: Int) {
        switch self {
        case .post: (2048, 2048)
        case .avatar: (400, 400)
        case .header: (1500, 500)
        }
    }

    var isCut: Bool { self != .post }
    var previewBox: (width: Int, height: Int)? { self == .post ? (640, 640) : nil }
}

/// Why a file becomes no picture.
package enum PictureRefusal: Error, Equatable, Sendable {
    /// Its first bytes are not those of a format that is taken.
    case unknownFormat
    /// It says to have more pixels than are decoded.
    case tooManyPixels
    /// It is broken, or not what its first bytes say.
    case unreadable
    /// Decoding it took more time, memory or room than one file may take.
    case tooCostly
    /// Nothing is wrong with it: the machine cannot do it now.
    case unavailable
}
