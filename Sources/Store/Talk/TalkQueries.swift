package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
package import Wire

/// A post that told somebody of a session.
package struct SessionPost: Sendable {
    package let session: UUID
    package let reader: ActorID
    /// Of the session as it was told; nil where that does not matter.
    package let revision: Int?

    init(_ row: Row) throws {
        session = try row.get("session_id")
        reader = try row.get("reader_id")
        revision = try row.get("revision")
    }
}

/// Times of a mentor that a post told somebody to choose from by number.
package struct ToldTimes: Sendable {
    package let mentor: ActorID
    /// The session that is to be moved; nil for one that is to be asked for.
    package let session: UUID?
    package let type: String
    package let minutes: Int
    package let zone: TimeZoneName
    package let topic: String
    package let starts: [Date]

    package init(
        mentor: ActorID, session: UUID? = nil, type: String, minutes: Int, zone: TimeZoneName, topic: String,
        starts: [Date]
    ) {
        self.mentor = mentor
        self.session = session
        self.type = type
        self.minutes = minutes
        self.zone = zone
        self.topic = topic
        self.starts = starts
    }

    init(_ row: Row) throws {
        self.init(
            mentor: try row.get("mentor_id"), session: try row.get("session_id"), type: try row.get("type"),
            minutes: try row.get("minutes"), zone: TimeZoneName(try row.get("zone")) ?? .utc,
            topic: try row.get("topic"), starts: try row.get("starts", as: [Date].self))
    }
}

extension Queryable {
    package func sessionPost(_ post: PostID) async throws -> SessionPost? {
        try await row("select session_id, reader_id, revision from session_messages where post_id = \(post)")
            .map(SessionPost.init)
    }

    /// What a post says something about: the session of which the post that it answers told its author, or else the
    /// last of that thread, or the one in whose context it stands.
    package func sessionPost(answeredBy post: Post) async throws -> SessionPost? {
        guard let parent = post.replyTo else { return nil }
        return try await row(
            """
            select session_id, reader_id, case when post_id = \(parent) then revision end as revision
            from session_messages join posts on id = post_id
            where reader_id = \(post.author) and (post_id = \(parent) or thread_id = \(post.thread)
                or session_id = (select id from sessions where uri = \(post.content.context)))
            order by post_id = \(parent) desc, thread_id = \(post.thread) desc, post_id desc limit 1
            """
        ).map(SessionPost.init)
    }

    /// Questions that somebody can still answer by a vote about a session.
    package func openQuestions(about session: UUID) async throws -> [PostID] {
        try await rows(
            """
            select post_id as id from session_messages join polls using (post_id)
            where session_id = \(session) and closed_at is null order by 1
            """
        ).map { try $0.get("id") }
    }

    package func save(_ times: ToldTimes, toldBy post: PostID, to reader: ActorID) async throws {
        try await submit(
            """
            insert into told_times (post_id, reader_id, mentor_id, session_id, type, minutes, zone, topic, starts)
            values (\(post), \(reader), \(times.mentor), \(times.session), \(times.type), \(times.minutes),
                \(times.zone.name), \(times.topic), \(times.starts)::timestamptz[])
            """)
    }

    /// The times among which a post chooses: those of the post that it answers, or, where it need not be exactly that
    /// one, the last of that thread.
    package func toldTimes(answeredBy post: Post, exactly: Bool) async throws -> ToldTimes? {
        guard let parent = post.replyTo else { return nil }
        return try await row(
            """
            select mentor_id, session_id, type, minutes, zone, topic, starts
            from told_times join posts on id = post_id
            where reader_id = \(post.author)
                and (post_id = \(parent) or (not \(exactly) and thread_id = \(post.thread)))
            order by post_id = \(parent) desc, post_id desc limit 1
            """
        ).map(ToldTimes.init)
    }

    /// Whether somebody has a session with a mentor at that time already, asked for or agreed.
    package func hasAsked(_ mentee: ActorID, _ mentor: ActorID, for start: Date) async throws -> Bool {
        try await row(
            """
            select from sessions
            where mentee_id = \(mentee) and mentor_id = \(mentor) and starts_at = \(start)
                and status in ('pending', 'scheduled')
            limit 1
            """) != nil
    }

    /// Whether somebody is to be told of something now, because they never were.
    package func isFirstHint(about: String, to reader: ActorID) async throws -> Bool {
        try await execute(
            "insert into talk_hints (reader_id, about) values (\(reader), \(about)) on conflict do nothing") == 1
    }

    /// Whether somebody has written to somebody else, or named them, by a post that is known here.
    package func hasWritten(_ author: ActorID, to reader: ActorID) async throws -> Bool {
        try await row(
            """
            select from posts join post_addressees on post_id = id
            where author_id = \(author) and actor_id = \(reader) limit 1
            """) != nil
    }

    /// In which language somebody is spoken to: as they set it here, or as they last wrote, or else as they were spoken
    /// to before.
    ///
    /// - Parameter post: what they answer.
    package func talkLanguage(of actor: Actor, answering post: PostID? = nil) async throws -> TalkLanguage {
        let own = try await ownLanguage(of: actor)
        guard own == .english, let post else { return own }
        return TalkLanguage(tag: try await row("select language from posts where id = \(post)")?.get("language"))
    }

    private func ownLanguage(of actor: Actor) async throws -> TalkLanguage {
        if actor.isLocal { return TalkLanguage(tag: try await postingDefaults(of: actor.id).language) }
        return TalkLanguage(
            tag: try await row(
                """
                select language from posts where author_id = \(actor.id) and language is not null
                order by id desc limit 1
                """
            )?.get("language"))
    }

    /// The software of a host, where it was ever found out.
    package func software(of host: String) async throws -> String? {
        try await row("select software from hosts where host = \(host) and software is not null")?.get("software")
    }

    /// Whether the software of a host was asked for not long ago, with whatever answer.
    package func hasFreshSoftware(_ host: String) async throws -> Bool {
        try await row("select from hosts where host = \(host) and software_at > now() - interval '7 days'") != nil
    }

    /// Remembers what a host says of itself; nil keeps what it said before.
    package func rememberSoftware(_ software: String?, of host: String) async throws {
        guard let software else {
            _ = try await execute("update hosts set software_at = now() where host = \(host)")
            return
        }
        _ = try await execute(
            """
            insert into hosts (host, known_since, answered_at, software, software_at)
            values (\(host), null, now(), \(software), now())
            on conflict (host) do update set software = excluded.software, software_at = now()
            """)
    }
}
