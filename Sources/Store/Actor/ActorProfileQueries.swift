import JSONTree
package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    package func actorProfile(of actor: ActorID) async throws -> ActorProfile {
        let row = try await row(
            """
            select icon, header, fields, is_indexable, also_known_as, is_memorial, outbox_uri, following_uri,
                featured_uri
            from actors where id = \(actor)
            """)
        guard let row else { throw StoreError.nothingReturned }
        return try ActorProfile(row)
    }

    package func save(_ profile: ActorProfile, of actor: ActorID) async throws {
        let fields = JSON.array(profile.fields.map { ["name": .string($0.name), "value": .string($0.value)] })
        _ = try await execute(
            """
            update actors set icon = \(profile.icon?.json.serializedText())::jsonb,
                header = \(profile.header?.json.serializedText())::jsonb, fields = \(fields.serializedText())::jsonb,
                is_indexable = \(profile.isIndexable), also_known_as = \(profile.aliases.map(\.string)),
                is_memorial = \(profile.isMemorial), outbox_uri = \(profile.outbox),
                following_uri = \(profile.following), featured_uri = \(profile.featured)
            where id = \(actor)
            """)
    }

    /// Notes that somebody's collection of pinned posts is asked for now; nil where there is none elsewhere, or where
    /// it was asked for within a day.
    package func takeFeaturedTurn(of actor: ActorID) async throws -> URI? {
        try await row(
            """
            update actors set featured_fetched_at = now()
            where id = \(actor) and domain is not null and featured_uri is not null and gone_at is null
                and (featured_fetched_at is null or featured_fetched_at < now() - interval '1 day')
            returning featured_uri
            """
        ).map { try $0.get("featured_uri") }
    }

    /// Changes what a person of ours says of themself.
    package func update(_ actor: ActorID, name: String, summary: String, isLocked: Bool, isDiscoverable: Bool)
        async throws
    {
        _ = try await execute(
            """
            update actors set name = \(name), summary = \(summary), is_locked = \(isLocked),
                is_discoverable = \(isDiscoverable), updated_at = now()
            where id = \(actor) and domain is null
            """)
    }

    /// Makes an account of ours one that a program speaks for, or a person's again.
    package func setKind(_ kind: Actor.Kind, of actor: ActorID) async throws {
        _ = try await execute(
            "update actors set kind = \(kind), updated_at = now() where id = \(actor) and domain is null")
    }

    package func hidesCollections(_ actor: ActorID) async throws -> Bool {
        try await row("select from actors where id = \(actor) and hides_collections") != nil
    }

    /// Whether nobody else sees whom a person of ours follows, and who follows them.
    package func setHidesCollections(_ hides: Bool, of actor: ActorID) async throws {
        _ = try await execute(
            "update actors set hides_collections = \(hides) where id = \(actor) and domain is null")
    }

    /// Remembers that a document of ours reads differently from now on.
    package func touch(_ actor: ActorID) async throws {
        _ = try await execute("update actors set updated_at = now() where id = \(actor) and domain is null")
    }
}

extension ActorProfile {
    init(_ row: Row) throws {
        let aliases: [String] = try row.get("also_known_as")
        self.init(
            icon: try row.document("icon").flatMap { Attachment($0) },
            header: try row.document("header").flatMap { Attachment($0) },
            fields: try row.document("fields").list.compactMap { ProfileField($0) },
            isIndexable: try row.get("is_indexable"), aliases: aliases.compactMap { URI($0) },
            isMemorial: try row.get("is_memorial"), outbox: try row.get("outbox_uri"),
            following: try row.get("following_uri"), featured: try row.get("featured_uri"))
    }
}

extension ProfileField {
    fileprivate init?(_ json: JSON) {
        guard let name = json["name"]?.string, let value = json["value"]?.string else { return nil }
        self.init(name: name, value: value)
    }
}
