package import Foundation
package import Wire

/// What somebody enters to publish or change a post.
package struct PostDraft: Sendable {
    package var text: String
    /// With a title the post is an article.
    package var title = ""
    package var warning = ""
    package var isSensitive = false
    package var visibility = Visibility.public
    package var language: String?
    package var replyTo: PostID?
    /// The session that it is about.
    package var context: URI?
    /// Files elsewhere.
    package var attachments: [Attachment] = []
    /// Uploads of the author, in order; nil leaves a post those that it has.
    package var media: [MediaID]?
    package var mediaChanges: [MediaID: MediaChange] = [:]
    package var poll: PollDraft?
    /// With these the post is an event.
    package var event: EventDetails?

    package struct PollDraft: Sendable {
        package var options: [String]
        package var isMultiple = false
        /// Seconds from publishing to the end.
        package var seconds: Int

        package init(options: [String], isMultiple: Bool = false, seconds: Int) {
            self.options = options
            self.isMultiple = isMultiple
            self.seconds = seconds
        }
    }

    package init(_ text: String) { self.text = text }

    /// In Unicode scalars.
    package static let mostText = 5000
    package static let mostWarning = 500
    package static let mostTitle = 200
    package static let mostAttachments = 16
    package static let pollOptions = 2...20
    package static let mostOption = 100
    /// Five minutes to half a year.
    package static let pollSeconds = 300...15_552_000

    /// - Throws: everything that is wrong, by field: `text`, `title`, `warning`, `language`, `attachments`,
    ///   `media_ids`, `poll.options`, `poll.seconds`, `event`.
    package func checked(now: Date) throws(InvalidFields) {
        var errors: [FieldError] = []
        func demand(_ isRight: Bool, _ field: String, _ message: String) {
            if !isRight { errors.append(FieldError(field: field, message: message)) }
        }
        let isEmpty = text.allSatisfy(\.isWhitespace)
        let hasFiles = !attachments.isEmpty || media?.isEmpty == false
        demand(!isEmpty || hasFiles || poll != nil, "text", "Write something, attach something, or ask something.")
        // What no database keeps.
        for (field, text) in [("text", text), ("title", title), ("warning", warning)] {
            demand(!text.utf8.contains(0), field, "Leave out the character NUL.")
        }
        demand(text.unicodeScalars.count <= Self.mostText, "text", "Use at most \(Self.mostText) characters.")
        demand(title.unicodeScalars.count <= Self.mostTitle, "title", "Use at most \(Self.mostTitle) characters.")
        demand(
            warning.unicodeScalars.count <= Self.mostWarning, "warning", "Use at most \(Self.mostWarning) characters.")
        demand(language.map(Self.isLanguage) ?? true, "language", "Give a language tag such as en or pt-BR.")
        demand(
            attachments.count <= Self.mostAttachments, "attachments", "Attach at most \(Self.mostAttachments) files.")
        if let media {
            demand(media.count <= Media.mostInPost, "media_ids", "Attach at most \(Media.mostInPost) uploads.")
            demand(Set(media).count == media.count, "media_ids", "Attach each upload once.")
        }
        for change in mediaChanges.values {
            do { try change.checked() } catch { errors += error.errors }
        }
        if let poll {
            let titles = poll.options.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            demand(
                Self.pollOptions.contains(titles.count) && Set(titles).count == titles.count
                    && titles.allSatisfy {
                        (1...Self.mostOption).contains($0.unicodeScalars.count) && !$0.utf8.contains(0)
                    },
                "poll.options", "Give 2 to 20 different answers of 1 to \(Self.mostOption) characters.")
            demand(Self.pollSeconds.contains(poll.seconds), "poll.seconds", "Let it run for 5 minutes to 180 days.")
            demand(!hasFiles, "poll", "A poll cannot have attachments.")
        }
        if let event {
            demand(!title.isEmpty, "title", "An event needs a title.")
            demand(event.end.map { $0 > event.start } ?? true, "event.end", "An event ends after it begins.")
            demand(poll == nil, "poll", "An event cannot be a poll.")
        }
        guard errors.isEmpty else { throw InvalidFields(errors) }
    }

    /// The form of RFC 5646 as far as posts need it.
    package static func isLanguage(_ tag: String) -> Bool {
        let parts = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = parts.first, (2...3).contains(first.count), tag.utf8.count <= 35 else { return false }
        return parts.allSatisfy { part in
            (1...8).contains(part.count)
                && part.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"):
                        true
                    default: false
                    }
                }
        }
    }
}
