import Foundation
package import Pictures
package import PostgreSQL
package import Social
package import Store
package import Wire

/// Why an upload is not taken.
package enum MediaRefusal: Error, Equatable, Sendable {
    case picture(PictureRefusal)
    /// Larger than files may be.
    case tooLarge
    /// Pictures cannot be made on this machine.
    case notInstalled
    /// Too many are being made.
    case crowded
}

/// Where pictures of people come in, are described, and go again.
package struct MediaDesk: Sendable {
    private let database: Pool
    private let community: Community
    private let maker: PictureMaker?
    private let doorway: Doorway

    /// In bytes.
    package static let mostBytes = 16 << 20

    /// - Parameters:
    ///   - maker: nil where pictures cannot be made: then none are taken.
    ///   - doorway: how many are made at once. Each takes a processor, and some hundred megabytes where it is large.
    package init(
        database: Pool, community: Community, maker: PictureMaker?,
        doorway: Doorway = Doorway(
            inside: max(1, ProcessInfo.processInfo.activeProcessorCount / 2), waiting: 16, patience: .seconds(15))
    ) {
        self.database = database
        self.community = community
        self.maker = maker
        self.doorway = doorway
    }

    /// The media types that are taken.
    package var types: [String] { maker == nil ? [] : PictureFormat.allCases.map(\.rawValue) }
    package var mostPixels: Int { PictureLimits().pixels }

    /// Takes a picture for a post to come.
    ///
    /// - Throws: `MediaRefusal`, or `InvalidFields` about what is said of it.
    package func upload(_ bytes: ArraySlice<UInt8>, _ said: MediaChange, by owner: ActorID) async throws -> Media {
        try said.checked()
        let made = try await make(bytes, for: .post)
        return try await database.insert(made, said, of: owner)
    }

    /// Makes a picture ready to be kept.
    ///
    /// - Throws: `MediaRefusal`.
    package func make(_ bytes: ArraySlice<UInt8>, for purpose: Media.Purpose) async throws(MediaRefusal) -> NewMedia {
        guard let maker else { throw .notInstalled }
        guard bytes.count <= Self.mostBytes else { throw .tooLarge }
        guard await doorway.enter() else { throw .crowded }
        defer { doorway.leave() }
        do {
            return NewMedia(try await maker.make(bytes, for: PictureUse(purpose)), for: purpose)
        } catch {
            throw .picture(error)
        }
    }

    /// Keeps the picture of a profile; for the profile to be changed to it in the same transaction.
    package func keep(_ made: NewMedia, of owner: ActorID, in transaction: Transaction) async throws -> Attachment {
        try await transaction.insert(made, of: owner).attachment(at: community.addresses)
    }

    package func media(_ id: MediaID, of owner: ActorID) async throws -> Media? {
        try await database.media(id, of: owner)
    }

    /// Changes what is said of an upload that waits for its post; nil when there is none. What a post shows changes
    /// with the post.
    package func change(_ id: MediaID, _ change: MediaChange, by owner: ActorID) async throws -> Media? {
        try change.checked()
        return try await database.updateWaiting(id, change, of: owner)
    }

    /// False when it belongs to a post already, or there is none.
    package func delete(_ id: MediaID, by owner: ActorID) async throws -> Bool {
        try await database.deleteWaitingMedia(id, of: owner)
    }
}

extension PictureUse {
    fileprivate init(_ purpose: Media.Purpose) {
        self =
            switch purpose {
            case .post: .post
            case .avatar: .avatar
            case .header: .header
            }
    }
}

extension NewMedia {
    fileprivate init(_ picture: Picture, for purpose: Media.Purpose) {
        self.init(
            purpose: purpose, type: picture.format == .webp ? .webp : .jpeg, original: File(picture.original),
            preview: picture.preview.map(File.init))
    }
}

extension NewMedia.File {
    fileprivate init(_ file: Picture.File) {
        self.init(bytes: file.bytes, size: Media.Size(width: file.width, height: file.height))
    }
}
