import Social
import UseCases
import WebServer
import Wire

/// Refusals of what people do with posts, as clients get them.
enum PostAnswers {
    static func refusing<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let refusal as PostRefusal {
            throw switch refusal {
            case .notFound: Problem.notFound
            case .notAllowed: Problem(status: 422, message: "Validation failed: this cannot be done with this post.")
            case .tooManyPins:
                Problem(
                    status: 422, message: "Validation failed: you have pinned \(PostRules.mostPins) posts already.")
            case .vote(let refusal): Problem(status: 422, message: "Validation failed: \(refusal.words)")
            }
        }
    }
}

extension Poll.VoteRefusal {
    fileprivate var words: String {
        switch self {
        case .closed: "The poll has already ended."
        case .ownPoll: "You cannot vote in your own poll."
        case .alreadyVoted: "You have already voted on this poll."
        case .noSuchOption: "The chosen vote option does not exist."
        case .wrongNumber: "Choose one option, or several where that is allowed."
        }
    }
}
