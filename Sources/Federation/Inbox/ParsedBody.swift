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

    /// Nil where the body is no JSON within our limits.
    let envelope: ActivityNames?
    private let error: JSONError?

    init(_ body: [UInt8]) {
        do throws(JSONError) {
            envelope = ActivityNames(document: try JSON.parse(body))
            error = nil
        } catch {
            envelope = nil
            self.error = error
        }
    }

    /// The activity, if it is one by the proven sender.
    func activity(by sender: URI, community: Community) -> Result<ReceivedActivity, Fault> {
        guard let envelope else {
            let fault = error.map { "\($0.reason) at byte \($0.offset)" } ?? "nothing"
            return .failure(.malformed("not JSON: \(fault)"))
        }
        let document = envelope.document
        // Before anything else is looked at (CVE-2025-54888).
        if let actor = document.uri("actor"), actor != sender { return .failure(.otherActor) }
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
