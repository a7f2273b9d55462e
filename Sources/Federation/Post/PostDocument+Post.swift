import ActivityStreams
import Foundation
import Social
import Wire

// What a post of the wire is made of, as the domain has it.

extension Visibility {
    init(_ reach: Reach) {
        switch reach {
        case .everyone: self = .public
        case .unlisted: self = .unlisted
        case .followers: self = .followers
        case .direct: self = .direct
        }
    }
}

extension Poll {
    /// - Parameter before: the poll as it was known, from which come the numbers that its author does not tell: GoToSocial
    ///   keeps those of some polls to itself for ever, while the votes that people here gave are known.
    init(_ document: PollDocument, before: Poll? = nil, now: Date = Date()) {
        let known = before?.options.map(\.title) == document.options.map(\.name) ? before : nil
        let options = document.options.enumerated().map { index, option in
            Option(title: option.name, votes: option.votes ?? known?.options[index].votes ?? 0)
        }
        let isTold = document.options.contains { $0.votes != nil }
        // Pleroma has no `endTime`, and tells under `closed` when a poll will close; others when it did.
        let end = document.endTime ?? document.closedAt
        let isOver = document.isClosed && document.closedAt.map { $0 <= now } ?? true
        self.init(
            options: options, isMultiple: document.allowsSeveral, endsAt: end,
            closedAt: isOver ? document.closedAt ?? end ?? Date(timeIntervalSince1970: 0) : nil,
            voters: document.votersCount ?? (isTold ? nil : known?.voters)
                ?? (document.allowsSeveral ? 0 : min(options.reduce(0) { $0 + $1.votes }, Int(Int32.max))))
    }
}

extension Attachment {
    init(_ document: AttachmentDocument) {
        self.init(
            url: document.url, mediaType: document.mediaType, description: document.description,
            blurhash: document.blurhash, width: document.width, height: document.height,
            focus: document.focalPoint.map { Focus(x: $0.x, y: $0.y) })
    }
}

extension EventDetails {
    init(_ document: EventDocument) {
        self.init(
            start: document.start, end: document.end, zone: document.zone, place: document.place?.name,
            link: document.place?.link)
    }
}
