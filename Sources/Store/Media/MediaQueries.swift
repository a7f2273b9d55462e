import Foundation
package import PostgreSQL
package import Social
package import Wire

/// A picture on its way into the database.
package struct NewMedia: Sendable {
    package struct File: Sendable {
        package let bytes: [UInt8]
        package let size: Media.Size

        package init(bytes: [UInt8], size: Media.Size) {
            self.bytes = bytes
            self.size = size
        }
    }

    package let purpose: Media.Purpose
    package let type: MediaFile.Kind
    package let original: File
    package let preview: File?

    package init(purpose: Media.Purpose, type: MediaFile.Kind, original: File, preview: File?) {
        self.purpose = purpose
        self.type = type
        self.original = original
        self.preview = preview
    }
}

extension Queryable {
    package func insert(_ media: NewMedia, _ said: MediaChange = MediaChange(), of owner: ActorID) async throws -> Media
    {
        let saved = try await row(
            """
            insert into media (owner_id, purpose, key, type, width, height, preview_width, preview_height, description,
                focus_x, focus_y, original, preview)
            values (\(owner), \(media.purpose), \(UUID()), \(media.type), \(media.original.size.width),
                \(media.original.size.height), \(media.preview?.size.width), \(media.preview?.size.height),
                nullif(\(said.description), ''), \(said.focus?.x), \(said.focus?.y), \(media.original.bytes),
                \(media.preview?.bytes))
            returning \(Media.columns)
            """)
        guard let saved else { throw StoreError.nothingReturned }
        return try Media(saved)
    }

    /// Somebody's own upload for a post.
    package func media(_ id: MediaID, of owner: ActorID) async throws -> Media? {
        try await row(
            "select \(Media.columns) from media where id = \(id) and owner_id = \(owner) and purpose = 'post'"
        ).map(Media.init)
    }

    /// Somebody's uploads that belong to no post, or to this one already; nobody else can take or change them until the
    /// transaction ends.
    package func lockMedia(_ ids: [MediaID], of owner: ActorID, for post: PostID?) async throws -> [MediaID: Media] {
        guard !ids.isEmpty else { return [:] }
        let found = try await rows(
            """
            select \(Media.columns) from media
            where id = any(\(ids.map(\.rawValue))::bigint[]) and owner_id = \(owner) and purpose = 'post'
                and (post_id is null or post_id = \(post))
            order by id for update
            """
        ).map(Media.init)
        return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Changes what an upload that belongs to no post says; nil when there is none.
    package func updateWaiting(_ id: MediaID, _ change: MediaChange, of owner: ActorID) async throws -> Media? {
        try await row(
            """
            update media set \(SQL.changes(change))
            where id = \(id) and owner_id = \(owner) and purpose = 'post' and post_id is null
            returning \(Media.columns)
            """
        ).map(Media.init)
    }

    package func update(_ id: MediaID, _ change: MediaChange) async throws -> Media? {
        try await row("update media set \(SQL.changes(change)) where id = \(id) returning \(Media.columns)").map(
            Media.init)
    }

    package func attachMedia(_ ids: [MediaID], to post: PostID) async throws {
        guard !ids.isEmpty else { return }
        try await submit("update media set post_id = \(post) where id = any(\(ids.map(\.rawValue))::bigint[])")
    }

    /// Takes uploads from a post, so that they can be attached anew; at other addresses, because with the post the old
    /// ones end.
    package func releaseMedia(_ ids: [MediaID], of post: PostID) async throws -> [MediaID: Media] {
        guard !ids.isEmpty else { return [:] }
        let released = try await rows(
            """
            update media set post_id = null, key = gen_random_uuid(), waiting_since = now()
            where id = any(\(ids.map(\.rawValue))::bigint[]) and post_id = \(post) returning \(Media.columns)
            """
        ).map(Media.init)
        return Dictionary(released.map { ($0.id, $0) }) { first, _ in first }
    }

    /// False when it belongs to a post, or there is none.
    package func deleteWaitingMedia(_ id: MediaID, of owner: ActorID) async throws -> Bool {
        try await execute(
            "delete from media where id = \(id) and owner_id = \(owner) and purpose = 'post' and post_id is null") == 1
    }

    /// Removes the pictures of somebody's profile of one kind, but for one.
    package func deleteMedia(_ purpose: Media.Purpose, of owner: ActorID, except kept: MediaID? = nil) async throws {
        _ = try await execute(
            """
            delete from media where owner_id = \(owner) and purpose = \(purpose) and purpose <> 'post'
                and id is distinct from \(kept)
            """)
    }

    /// Uploads that wait for a post since more than a day.
    package func forgetWaitingMedia() async throws {
        _ = try await execute(
            """
            delete from media where post_id is null and purpose = 'post' and waiting_since < now() - interval '1 day'
                and not exists (select from scheduled_posts where media_ids @> array[media.id])
            """)
    }

    package func hasFile(_ file: MediaFile) async throws -> Bool {
        try await row("select from media where \(SQL.holds(file))") != nil
    }

    package func bytes(of file: MediaFile) async throws -> [UInt8]? {
        let column: SQL = file.size == .original ? "original" : "preview"
        return try await row("select \(column) as bytes from media where \(SQL.holds(file))").map {
            try $0.get("bytes")
        }
    }
}

extension SQL {
    fileprivate static func holds(_ file: MediaFile) -> SQL {
        "key = \(file.key) and type = \(file.kind) \(file.size == .original ? "" as SQL : "and preview is not null")"
    }

    fileprivate static func changes(_ change: MediaChange) -> SQL {
        """
        description = case when \(change.description)::text is null then description
                else nullif(\(change.description), '') end,
            focus_x = coalesce(\(change.focus?.x), focus_x), focus_y = coalesce(\(change.focus?.y), focus_y)
        """
    }
}

extension Media {
    static let columns: SQL = """
        id, owner_id, purpose, key, type, width, height, preview_width, preview_height, description, focus_x, focus_y,
        post_id
        """

    init(_ row: Row) throws {
        let (previewWidth, previewHeight): (Int?, Int?) = (try row.get("preview_width"), try row.get("preview_height"))
        let (x, y): (Double?, Double?) = (try row.get("focus_x"), try row.get("focus_y"))
        self.init(
            id: try row.get("id"), owner: try row.get("owner_id"), purpose: try row.get("purpose"),
            key: try row.get("key"), type: try row.get("type"),
            size: Size(width: try row.get("width"), height: try row.get("height")),
            preview: previewWidth.flatMap { width in previewHeight.map { Size(width: width, height: $0) } },
            description: try row.get("description"),
            focus: x.flatMap { x in y.map { Attachment.Focus(x: x, y: $0) } }, post: try row.get("post_id"))
    }
}
