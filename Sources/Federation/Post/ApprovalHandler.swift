import ActivityStreams
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `Accept` of an answer of ours to a post of the sender's: without it, servers that keep to GoToSocial's interaction
/// policies do not show the answer.
///
/// The approval is the `result`, or up to GoToSocial 0.20 the Accept itself. From 0.21 on what is accepted is a
/// ReplyRequest, with the answer as its `instrument`.
struct ApprovalHandler: ActivityHandler {
    let patterns = ([nil, "ReplyRequest"] + postTypes).map { ActivityPattern("Accept", $0) }
    let posts: PostDesk

    func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        let object = activity.object
        let named = activity.objectType == "ReplyRequest" ? object.uri("instrument") : object.uri
        guard let named, let answer = try await transaction.storedPost(named),
            try await transaction.hasLocal([answer.author])
        else { return nil }
        let approval = activity.document.uri("result") ?? activity.id
        guard approval.isSameOrigin(as: sender.uri) else { return .refused(.notOwner) }
        do {
            try await posts.approve(answer, at: approval, by: sender, in: transaction)
            return .applied
        } catch is PostRefusal {
            return .refused(.notOwner)
        }
    }
}
