import JSONTree
import Social
import Synchronization
import WebServer

/// Something that is told.
struct StreamMessage: Sendable {
    enum Kind: String, Sendable {
        case update, edit = "status.update", delete, notification, conversation, filters = "filters_changed"
    }

    let kind: Kind
    /// JSON, or a number alone; nil where the kind says all.
    var payload: String?
}

/// One open connection and what its reader listens to there.
final class StreamListener: Sendable {
    /// How messages are written: as frames of a WebSocket, which carries several streams, or as events of one.
    enum Form: Sendable {
        case frames, events
    }

    /// Streams of one connection.
    static let mostStreams = 50

    let reader: StreamReader
    let outbox = Outbox()
    private let form: Form
    /// With the words by which the reader knows each.
    private let names = Mutex<[StreamName: [String]]>([:])

    init(_ reader: StreamReader, _ form: Form) {
        self.reader = reader
        self.form = form
    }

    var streams: [StreamName] { names.withLock { Array($0.keys) } }

    /// False when there are too many.
    func subscribe(_ stream: StreamName, words: [String]) -> Bool {
        names.withLock { names in
            guard names[stream] != nil || names.count < Self.mostStreams else { return false }
            names[stream] = names[stream] ?? words
            return true
        }
    }

    func unsubscribe(_ stream: StreamName) { names.withLock { $0[stream] = nil } }

    /// Nothing where the reader has left the stream meanwhile.
    func tell(_ message: StreamMessage, on stream: StreamName) {
        guard let words = names.withLock({ $0[stream] }) else { return }
        switch form {
        case .events:
            // As Mastodon has it: programs look for this word, and take an event without data for none.
            outbox.send("event: \(message.kind.rawValue)\ndata: \(message.payload ?? "undefined")\n\n")
        case .frames:
            var frame: JSON.Object = ["stream": .strings(words), "event": .string(message.kind.rawValue)]
            frame["payload"] = message.payload.map(JSON.string)
            outbox.send(JSON.object(frame).serializedText())
        }
    }
}
