import ActivityStreams
import JSONTree
import Social
import Wire

/// A body as far as it can be read. What is wrong with it is told only to who has proved to have sent it.
struct ParsedBody {
    /// Why a verified request is no activity of its sender.
    enum Fault: Error {
        case otherActor
        case malformed(String)

        var answer: Inbox.Answer {
            switch self {
            case .otherActor: .unauthorised("the key belongs to another actor")
            case .malformed(let reason): .malformed(reason)
            }
        }
    }

    private let document: Result<JSON, JSONError>

    init(_ body: [UInt8]) {
        document = Result { () throws(JSONError) in try JSON.parse(body) }
    }

    /// Nil where the body is no JSON within our limits.
    var envelope: ActivityNames? { (try? document.get()).map { ActivityNames(document: $0) } }

    /// The activity, if it is one by the proven sender.
    func activity(by sender: URI, community: Community) -> Result<ReceivedActivity, Fault> {
        let document: JSON
        switch self.document {
        case .success(let read): document = read
        case .failure(let error): return .failure(.malformed("not JSON: \(error.reason) at byte \(error.offset)"))
        }
        // Before anything else is looked at (CVE-2025-54888).
        if let actor = document.uri("actor"), actor != sender { return .failure(.otherActor) }
        let envelope = ActivityNames(document: document)
        if envelope.claimsNames(of: community) { return .failure(.malformed("it claims an address of ours")) }
        if envelope.sharesOwnership(with: sender) {
            return .failure(.malformed("its object belongs to several servers"))
        }
        do throws(ReceivedActivity.Refusal) {
            return .success(try ReceivedActivity(document))
        } catch {
            return .failure(.malformed("not an activity: \(error)"))
        }
    }
}
