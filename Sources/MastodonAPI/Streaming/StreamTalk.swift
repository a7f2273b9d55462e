import Foundation
import JSONTree
import Social
import Store
import Synchronization
import UseCases
import WebServer
import Wire

/// A WebSocket on which a program chooses what it listens to.
struct StreamTalk: SocketTalk {
    let subprotocol: String?
    private let ticket: StreamHub.Ticket
    private let access: StreamAccess
    /// Each message may ask the database something.
    private let allowance = Allowance()

    init(_ ticket: StreamHub.Ticket, access: StreamAccess, subprotocol: String?) {
        self.ticket = ticket
        self.access = access
        self.subprotocol = subprotocol
    }

    var outbox: Outbox { ticket.listener.outbox }

    func hear(_ text: String) async {
        guard let message = try? JSON.parse(Array(text.utf8)), let type = message["type"]?.string else {
            refuse("The message cannot be understood", 400)
            return
        }
        guard allowance.take() else {
            refuse("Too many messages", 429)
            return
        }
        let wish = Wish(
            stream: message["stream"]?.text ?? "", list: message["list"]?.text, tag: message["tag"]?.text)
        switch type {
        case "subscribe": await subscribe(wish)
        case "unsubscribe": if let name = try? wish.name { ticket.listener.unsubscribe(name) }
        default: refuse("Unknown message type", 400)
        }
    }

    /// Tells why not, where the program may not; its other streams go on.
    func subscribe(_ wish: Wish) async {
        do {
            let name = try wish.name
            try await access.check(name, for: ticket.listener.reader)
            guard ticket.listener.subscribe(name, words: wish.words) else {
                throw Problem(status: 422, message: "Too many streams on one connection")
            }
        } catch let problem as Problem {
            refuse(problem.message, problem.status)
        } catch {
            refuse(Problem.unavailable.message, Problem.unavailable.status)
        }
    }

    private func refuse(_ message: String, _ status: Int) {
        outbox.send((["error": .string(message), "status": .int(status)] as JSON).serializedText())
    }

    /// A stream in a program's own words.
    struct Wish {
        let stream: String
        let list: String?
        let tag: String?

        /// - Throws: 400 where there is no such stream.
        var name: StreamName {
            get throws(Problem) {
                do throws(StreamName.Refusal) {
                    return try StreamName(stream, list: list, tag: tag)
                } catch {
                    throw switch error {
                    case .unknown: Problem.badRequest("Unknown stream type")
                    case .parameterMissing: Problem.badRequest("The stream needs a list or tag")
                    }
                }
            }
        }

        /// What the program finds the stream again by: its name and its parameter as they came.
        var words: [String] {
            switch stream {
            case "list": [stream, list ?? ""]
            case "hashtag", "hashtag:local": [stream, tag ?? ""]
            default: [stream]
            }
        }
    }

    private final class Allowance: Sendable {
        private let buckets = Mutex(TokenBuckets<Int>(burst: 200, perSecond: 2, capacity: 1))

        func take() -> Bool { buckets.withLock { $0.take(0, at: Date()) } == nil }
    }
}

extension JSON {
    /// A text, or a number in its digits.
    fileprivate var text: String? { string ?? int.map { String($0) } }
}
