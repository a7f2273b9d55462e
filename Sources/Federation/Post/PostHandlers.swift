import ActivityStreams
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// The types of objects that are posts.
let postTypes = Post.Kind.allCases.map(\.rawValue)

/// `Create` of a post, or of a vote in one of our polls; `Invite` of an Event, by which Hubzilla publishes it.
struct PublicationHandler: ActivityHandler {
    let patterns = postTypes.map { ActivityPattern("Create", $0) } + [ActivityPattern("Invite", "Event")]
    /// Posts and votes are known by ids of their own; those of GoToSocial's votes are the same when a poll begins anew.
    let hearsRepetitions = true
    let intake: PostIntake
    let reactions: ReactionDesk

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        // GoToSocial sends the votes for several options at once.
        let documents = activity.objects.map { PostDocument($0, within: activity.document) }
        guard let first = documents[0] else { return .refused(.malformed) }
        guard first.isVote else { return try await intake.take(first, from: sender, in: transaction) }
        var dispositions: [Disposition] = []
        for vote in documents.compactMap(\.self) where vote.isVote {
            dispositions.append(try await count(vote, from: sender, in: transaction))
        }
        // What could not be counted takes nothing with it that was.
        return dispositions.contains(.applied) ? .applied : dispositions.first
    }

    private func count(_ vote: PostDocument, from sender: Actor, in transaction: Transaction) async throws
        -> Disposition
    {
        guard vote.author == sender.uri, vote.id.isSameOrigin(as: sender.uri) else { return .refused(.notOwner) }
        guard let uri = vote.inReplyTo, let poll = try await transaction.post(uri, for: .actor(sender.id)),
            let choice = poll.content.poll?.options.firstIndex(where: { $0.title == vote.name }),
            try await transaction.hasLocal([poll.author])
        else { return .ignored(.unknownObject) }
        do {
            try await reactions.vote(
                [choice], in: poll.id, by: sender, activity: vote.id, now: DateTime.cutToMilliseconds(Date()),
                in: transaction)
            return .applied
        } catch PostRefusal.vote(.alreadyVoted) {
            return .ignored(.duplicate)
        } catch is PostRefusal {
            return .refused(.againstRules)
        }
    }
}

/// `Update` of a post by its author.
struct EditHandler: ActivityHandler {
    let patterns = postTypes.map { ActivityPattern("Update", $0) }
    /// All Updates of one post have one id at GoToSocial. What is older than what is known changes nothing.
    let hearsRepetitions = true
    let intake: PostIntake

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let document = PostDocument(activity.object, within: activity.document) else { return nil }
        guard document.id.isSameOrigin(as: sender.uri) else { return .refused(.notOwner) }
        return try await intake.retake(document, from: sender, in: transaction)
    }
}

/// `Delete` of a post by its author. One that is not known here is remembered, should it still come.
struct PostRemovalHandler: ActivityHandler {
    let patterns = (["Tombstone", nil] + postTypes).map { ActivityPattern("Delete", $0) }
    let posts: PostDesk

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        guard let uri = activity.object.uri, uri != sender.uri else { return nil }
        try await transaction.lockAddress(uri)
        guard let post = try await transaction.storedPost(uri) else {
            return try await remember(uri, activity, from: sender, in: transaction)
        }
        do {
            try await posts.withdraw(post, by: sender, in: transaction)
            return .applied
        } catch is PostRefusal {
            return .refused(.notOwner)
        }
    }

    /// Without a former type it may as well be a session, whose own handler remembers it.
    private func remember(_ uri: URI, _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction)
        async throws -> Disposition?
    {
        guard uri.isSameOrigin(as: sender.uri), let type = formerType(of: activity), type != Post.Kind.event.rawValue,
            postTypes.contains(type)
        else { return nil }
        try await transaction.insertTombstone(uri, formerType: type)
        return .applied
    }

    private func formerType(of activity: ReceivedActivity) -> String? {
        activity.objectType == "Tombstone" ? activity.object["formerType"]?.string : activity.objectType
    }
}
