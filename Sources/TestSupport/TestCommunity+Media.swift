import PostgreSQL
package import Social
package import Store
import Wire

extension TestCommunity {
    /// A picture of somebody's as it lies in the table; its bytes are none of a picture.
    package func picture(
        of owner: Actor, for purpose: Media.Purpose = .post, _ said: MediaChange = MediaChange()
    ) async throws -> Media {
        try await database.insert(.sample(for: purpose), said, of: owner.id)
    }
}

extension NewMedia {
    package static func sample(for purpose: Media.Purpose = .post) -> NewMedia {
        NewMedia(
            purpose: purpose, type: .jpeg,
            original: File(bytes: [0xff, 0xd8, 0x00, 0x5c, 0x27], size: Media.Size(width: 60, height: 40)),
            preview: purpose == .post ? File(bytes: [0xff, 0xd8], size: Media.Size(width: 30, height: 20)) : nil)
    }
}
