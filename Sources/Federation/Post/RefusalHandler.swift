import ActivityStreams
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `Reject` of what one of ours did with a post of the sender's: a like and a boost are taken back, an answer is no
/// longer shown below the post.
///
/// GoToSocial sends it where a post's interaction policy does not allow what was done: up to 0.20 for the Like, the
/// Announce or the post that answers, from 0.21 on for a LikeRequest, AnnounceRequest or ReplyRequest with that as its
/// `instrument`. Others reject the Create. It may come any time, and after an approval, too.
struct RefusalHandler: ActivityHandler {
    private static let requests = ["LikeRequest", "AnnounceRequest", "ReplyRequest"]

    let patterns = ([nil, "Create", "Like", "Announce"] + requests + postTypes).map { ActivityPattern("Reject", $0) }
    let community: Community
    let posts: PostDesk
    let reactions: ReactionDesk

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        let isRequest = activity.objectType.map(Self.requests.contains) ?? false
        let deed = isRequest ? activity.object["instrument"] ?? .null : activity.object
        if let answer = try await answer(deed, in: transaction) {
            do {
                try await posts.refuse(answer, by: sender, in: transaction)
                return .applied
            } catch is PostRefusal {
                return .refused(.notOwner)
            }
        }
        guard let reaction = try await reaction(deed, in: transaction) else { return nil }
        guard try await transaction.storedPost(reaction.post)?.author == sender.id else { return .refused(.notOwner) }
        switch reaction.kind {
        case .like: try await reactions.unlike(reaction.post, by: reaction.actor, in: transaction)
        case .boost: try await reactions.unboost(reaction.post, by: reaction.actor, in: transaction)
        }
        return .applied
    }

    /// The post of ours that is meant: named itself, or its Create.
    private func answer(_ deed: JSON, in transaction: Transaction) async throws -> Post? {
        var named = deed.type == "Create" ? deed.uri("object") ?? deed.uri : deed.uri
        if let uri = named, case .publication(let id) = community.addresses.place(of: uri) {
            named = community.addresses.post(id)
        }
        guard let named, let post = try await transaction.storedPost(named),
            try await transaction.hasLocal([post.author])
        else { return nil }
        return post
    }

    private struct Reaction {
        enum Kind { case like, boost }

        let kind: Kind
        let post: PostID
        let actor: Actor
    }

    /// The like or boost of ours that is meant, as far as it stands: by the id of its activity; else, as some servers
    /// leave the id out or put their own, by who liked or passed on what.
    private func reaction(_ deed: JSON, in transaction: Transaction) async throws -> Reaction? {
        if let uri = deed.uri, let sent = try await transaction.activity(uri: uri) {
            guard let actor = try await transaction.actor(id: sent.actor), actor.isLocal else { return nil }
            if sent.kind == "Like", let post = try await transaction.likedPost(uri, by: actor.id) {
                return Reaction(kind: .like, post: post, actor: actor)
            }
            if sent.kind == "Announce", let boost = try await transaction.boost(uri, by: actor.id) {
                return Reaction(kind: .boost, post: boost.post, actor: actor)
            }
            return nil
        }
        guard deed.type == "Like" || deed.type == "Announce", deed.uri?.origin != community.origin,
            let actor = try await transaction.localPerson(deed.uri("actor")), let uri = deed.uri("object"),
            let post = try await transaction.storedPost(uri)
        else { return nil }
        return Reaction(kind: deed.type == "Like" ? .like : .boost, post: post.id, actor: actor)
    }
}
