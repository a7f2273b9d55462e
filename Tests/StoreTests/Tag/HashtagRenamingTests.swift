import PostgreSQL
import PostgresTesting
import SafeText
import Schemas
import Social
import Store
import Testing
import Wire

/// Migration 14 names hashtags anew that were in lower case until then.
struct HashtagRenamingTests {
    static let written = [
        "art", "straße", "strasse", "ａｒｔ", "ma\u{308}dchen", "mädchen", "σίσυφος", "ıstakoz", "i\u{307}zmir", "ﬁre",
        "ｶﾞｲﾄﾞ", "hello_world", "𝓪𝓻𝓽", "ℌ", "می\u{200C}خواهم", String(repeating: "\u{FDFA}", count: 10),
    ]

    @Test("What was kept before is found by the names that the program gives, each once")
    func renamed() async throws {
        let all = Schemas.migrations.map { Migration(number: $0.number, name: $0.name, sql: $0.sql) }
        try await withDatabase { pool in
            try await Migrator(Array(all.prefix { $0.number < 14 })).migrate(pool)
            try await fill(pool)
            try await Migrator(all).migrate(pool)
            let names = Set(Self.written.compactMap { hashtagName($0) })
            for table in ["post_tags", "followed_tags", "featured_tags"] as [SQL] {
                let found: [String] = try await pool.rows("select name from \(table)").map { try $0.get("name") }
                #expect(found.count == names.count, "\(table)")
                #expect(Set(found) == names, "\(table)")
                for name in found {
                    #expect(hashtagName(name)?.unicodeScalars.elementsEqual(name.unicodeScalars) == true, "\(name)")
                }
            }
        }
    }

    private func fill(_ pool: Pool) async throws {
        _ = try await pool.execute(
            """
            insert into actors (id, uri, kind, username, name, summary, inbox)
            values (1, 'https://a.example/users/ann', 'Person', 'ann', '', '', 'https://a.example/users/ann/inbox')
            """)
        _ = try await pool.execute(
            "insert into accounts (actor_id, email, password_hash, role) values (1, 'a@a.example', '', 'member')")
        _ = try await pool.execute(
            """
            insert into posts (id, uri, author_id, kind, visibility, content, thread_id, published_at)
            values (2, 'https://a.example/posts/1', 1, 'Note', 'public', '', 2, now())
            """)
        let names = Self.written
        _ = try await pool.execute("insert into post_tags (post_id, name) select 2, unnest(\(names)::text[])")
        _ = try await pool.execute("insert into followed_tags (account_id, name) select 1, unnest(\(names)::text[])")
        _ = try await pool.execute("insert into featured_tags (account_id, name) select 1, unnest(\(names)::text[])")
    }
}
