package import Foundation
import Jobs
package import PostgreSQL
package import Social
import Store
package import Wire

/// Why something cannot be done to a post that was asked for.
package enum PostRefusal: Error, Equatable, Sendable {
    /// There is no such post for this person.
    case notFound
    /// The post is another's, or of a kind with which this cannot be done.
    case notAllowed
    case tooManyPins
    case vote(Poll.VoteRefusal)
}

/// The one place where posts come, change and go, whoever asks: a person of this community or another server.
package struct PostDesk: Sendable {
    private let community: Community
    private let consequences: PostConsequences
    private let uploads: PostUploads

    package init(community: Community, consequences: PostConsequences) {
        self.community = community
        self.consequences = consequences
        uploads = PostUploads(community: community)
    }

    // MARK: People of this community

    /// Publishes what a person wrote.
    ///
    /// - Parameters:
    ///   - mentioned: those whom the text names, found beforehand.
    ///   - answered: what it answers, where its author does not see that.
    /// - Throws: `InvalidFields` with everything that is wrong.
    package func publish(
        _ draft: PostDraft, by author: Actor, mentioned: Mentioned, now: Date, answering answered: Post? = nil,
        in transaction: Transaction
    ) async throws -> Post {
        var content = try await content(
            of: draft, by: author, for: nil, mentioned: mentioned, now: now, in: transaction)
        if let answered { content.replyTo = answered.uri }
        content.context = try await transaction.session(ofPost: content, by: author.id)
        let uri = community.addresses.post(UUID())
        guard
            let post = try await transaction.insertPost(
                uri, by: author.id, content: content, publishedAt: now, isRemote: false)
        else { throw StoreError.nothingReturned }
        try await uploads.attach(draft, to: post.id, in: transaction)
        try await setTimer(of: post, in: transaction)
        try await consequences.follow(.published, post, by: author, in: transaction)
        return post
    }

    /// Looks whether a draft could be published now, and changes its uploads as it says.
    ///
    /// - Throws: `InvalidFields` with everything that is wrong.
    package func check(_ draft: PostDraft, by author: Actor, now: Date, in transaction: Transaction) async throws {
        _ = try await content(of: draft, by: author, for: nil, mentioned: Mentioned(), now: now, in: transaction)
    }

    /// Gives a post another text. Visibility and what it answers stay.
    package func edit(
        _ id: PostID, _ draft: PostDraft, by author: Actor, mentioned: Mentioned, now: Date, in transaction: Transaction
    ) async throws -> Post {
        let before = try await own(id, of: author, in: transaction)
        var draft = draft
        draft.visibility = before.visibility
        draft.replyTo = before.replyTo
        var content = try await content(of: draft, by: author, for: id, mentioned: mentioned, now: now, in: transaction)
        content.replyTo = before.content.replyTo
        content.poll = content.poll.map { $0.keepingVotes(of: before.content.poll) }
        try await transaction.updatePost(before, content: content, editedAt: now, isRemote: false)
        try await uploads.attach(draft, to: id, in: transaction)
        let after = try await own(id, of: author, in: transaction)
        try await setTimer(of: after, in: transaction)
        try await consequences.follow(.edited, after, by: author, in: transaction)
        return after
    }

    /// - Returns: its files, as they are afterwards where they are released.
    @discardableResult
    package func delete(
        _ id: PostID, by author: Actor, uploads fate: UploadFate = .deleted, in transaction: Transaction
    ) async throws -> [Attachment] {
        let post = try await own(id, of: author, in: transaction)
        let holders = try await transaction.remoteHolders(of: id)
        // Before the rows are gone that say who got it.
        try await consequences.follow(.deleted(holders: holders), post, by: author, in: transaction)
        let files = fate == .released ? try await uploads.release(post, in: transaction) : post.content.attachments
        try await transaction.deletePost(post, isOurs: true)
        return files
    }

    // MARK: Other servers

    /// What became of a post from elsewhere.
    package enum Reception: Sendable {
        case taken(Post)
        /// It is here already; nothing changed.
        case known(Post)
        /// Its author withdrew it before it came.
        case withdrawn
    }

    /// How a post from elsewhere comes here.
    package enum Arrival: Sendable {
        /// Somebody says it now, or passes it on.
        case news
        /// It was found where it lay, perhaps for years: nobody is told of it.
        case found
    }

    /// Takes a post whose author is proven.
    package func take(
        _ uri: URI, _ content: Post.Content, by author: Actor, publishedAt: Date, as arrival: Arrival = .news,
        in transaction: Transaction
    ) async throws -> Reception {
        // What it answers may come at this moment, too: one of the two has to see the other.
        try await transaction.lockAddresses([uri] + (content.replyTo.map { [$0] } ?? []))
        let occupant = try await transaction.occupant(of: uri)
        if let id = occupant.post, let known = try await transaction.storedPost(id) { return .known(known) }
        if occupant.isWithdrawn { return .withdrawn }
        var content = content
        content.context = try await transaction.session(ofPost: content, by: author.id)
        guard
            let post = try await transaction.insertPost(
                uri, by: author.id, content: content, publishedAt: publishedAt, isRemote: true)
        else { throw StoreError.nothingReturned }
        if arrival == .news { try await consequences.follow(.published, post, by: author, in: transaction) }
        return .taken(post)
    }

    /// Takes over a newer version of a post from its author.
    package func retake(
        _ post: Post, _ content: Post.Content, by author: Actor, editedAt: Date?, in transaction: Transaction
    ) async throws {
        guard post.author == author.id else { throw PostRefusal.notAllowed }
        if let editedAt, let before = post.editedAt, editedAt < before { return }
        var content = content
        // Whom it was for does not grow later without the people there being told; what it answers is fixed.
        content.replyTo = post.content.replyTo
        let isSame = content.isSameText(as: post.content)
        try await transaction.updatePost(post, content: content, editedAt: isSame ? nil : editedAt, isRemote: true)
        guard let after = try await transaction.storedPost(post.id) else { throw StoreError.nothingReturned }
        let isOver = after.content.poll?.closedAt != nil && post.content.poll.map { $0.closedAt == nil } ?? false
        if !isSame { try await consequences.follow(.edited, after, by: author, in: transaction) }
        if isSame || isOver {
            try await consequences.follow(.counted(isFinal: isOver), after, by: author, in: transaction)
        }
    }

    /// Takes the word of somebody that an answer to a post of theirs is welcome, and shows it to all who read the
    /// answer.
    ///
    /// - Parameter approval: where others find that word.
    package func approve(_ answer: Post, at approval: URI, by author: Actor, in transaction: Transaction) async throws {
        guard try await isAnswer(answer, to: author, in: transaction) else { throw PostRefusal.notAllowed }
        guard answer.approval != approval else { return }
        try await transaction.approve(answer.id, at: approval)
        guard let after = try await transaction.storedPost(answer.id),
            let writer = try await transaction.actor(id: answer.author)
        else { throw StoreError.nothingReturned }
        try await consequences.follow(.approved, after, by: writer, in: transaction)
    }

    /// Takes the word of somebody that an answer to a post of theirs is not welcome, or no longer. It stays its
    /// author's, is not shown below what it answers, and is brought to nobody any more.
    package func refuse(_ answer: Post, by author: Actor, in transaction: Transaction) async throws {
        guard try await isAnswer(answer, to: author, in: transaction) else { throw PostRefusal.notAllowed }
        try await transaction.refuse(answer.id)
    }

    private func isAnswer(_ answer: Post, to author: Actor, in transaction: Transaction) async throws -> Bool {
        guard let question = answer.replyTo else { return false }
        return try await transaction.storedPost(question)?.author == author.id
    }

    /// Removes a post that its author withdrew.
    package func withdraw(_ post: Post, by author: Actor, in transaction: Transaction) async throws {
        guard post.author == author.id else { throw PostRefusal.notAllowed }
        try await consequences.follow(.deleted(holders: []), post, by: author, in: transaction)
        try await transaction.deletePost(post, isOurs: false)
    }

    private func setTimer(of post: Post, in transaction: Transaction) async throws {
        guard let poll = post.content.poll, poll.closedAt == nil, let end = poll.endsAt else { return }
        try await PollTimers.close(post.id, at: end, in: transaction)
    }

    private func own(_ id: PostID, of author: Actor, in transaction: Transaction) async throws -> Post {
        guard let post = try await transaction.post(id, for: .actor(author.id)) else { throw PostRefusal.notFound }
        guard post.author == author.id else { throw PostRefusal.notAllowed }
        return post
    }
}

extension PostDesk {
    private func content(
        of draft: PostDraft, by author: Actor, for post: PostID?, mentioned: Mentioned, now: Date,
        in transaction: Transaction
    ) async throws -> Post.Content {
        try draft.checked(now: now)
        let parent = try await parent(of: draft, for: author, in: transaction)
        let text = ComposedText(draft.text, mentioned: mentioned, addresses: community.addresses)
        return Post.Content(
            kind: draft.kind, visibility: draft.visibility, title: draft.title, html: text.html, source: draft.text,
            warning: draft.warning, isSensitive: draft.isSensitive || !draft.warning.isEmpty, language: draft.language,
            replyTo: parent?.uri, context: draft.context,
            addressees: text.people.filter { $0.id != author.id }.map { Post.Addressee($0.id, isMentioned: true) },
            tags: text.tags,
            attachments: try await uploads.files(of: draft, by: author, for: post, in: transaction),
            poll: draft.poll.map { Poll($0, now: now) },
            event: draft.event)
    }

    private func parent(of draft: PostDraft, for author: Actor, in transaction: Transaction) async throws -> Post? {
        guard let id = draft.replyTo else { return nil }
        guard let parent = try await transaction.post(id, for: .actor(author.id)) else {
            throw InvalidFields([FieldError(field: "reply_to", message: "There is no such post for you.")])
        }
        return parent
    }
}

extension PostDraft {
    fileprivate var kind: Post.Kind {
        if poll != nil { return .question }
        if event != nil { return .event }
        return title.isEmpty ? .note : .article
    }
}

extension Poll {
    fileprivate init(_ draft: PostDraft.PollDraft, now: Date) {
        self.init(
            options: draft.options.map { Option(title: $0.trimmingCharacters(in: .whitespacesAndNewlines)) },
            isMultiple: draft.isMultiple,
            endsAt: DateTime.cutToMilliseconds(now.addingTimeInterval(Double(draft.seconds))))
    }

    /// The same poll with the votes that were given already; a poll with other answers starts anew.
    fileprivate func keepingVotes(of before: Poll?) -> Poll {
        guard let before, before.options.map(\.title) == options.map(\.title), before.isMultiple == isMultiple else {
            return self
        }
        return before
    }
}

extension Post.Content {
    /// Whether another version says the same, whatever a poll counts by now.
    fileprivate func isSameText(as other: Post.Content) -> Bool {
        html == other.html && title == other.title && warning == other.warning && attachments == other.attachments
            && isSensitive == other.isSensitive && event == other.event
            && poll?.options.map(\.title) == other.poll?.options.map(\.title)
    }
}
