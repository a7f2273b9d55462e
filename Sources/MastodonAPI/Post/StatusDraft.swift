import Foundation
import Social
import Store
import WebServer
import Wire

extension PostDraft {
    /// What a client sends to publish or to change a status.
    ///
    /// - Parameter defaults: of the author, for what is not said.
    init(_ input: Input, defaults: PostingDefaults) throws(InvalidFields) {
        self.init(input.text("status") ?? "")
        warning = input.text("spoiler_text") ?? ""
        isSensitive = input.flag("sensitive") ?? defaults.isSensitive
        language = input.text("language").flatMap { $0.isEmpty ? nil : $0 } ?? defaults.language
        var errors: [FieldError] = []
        visibility = defaults.visibility
        if let name = input.text("visibility"), !name.isEmpty {
            if let wished = Visibility(clientName: name) {
                visibility = wished
            } else {
                errors.append(FieldError(field: "visibility", message: "Use public, unlisted, private or direct."))
            }
        }
        if let parent = input.text("in_reply_to_id"), !parent.isEmpty {
            // What is no number names no post either.
            replyTo = PostID(rawValue: Input.id(parent) ?? 0)
        }
        let ids = input.texts("media_ids")?.filter { !$0.isEmpty } ?? []
        // What is no number names no upload either.
        media = ids.map { MediaID(rawValue: Input.id($0) ?? 0) }
        for attributes in input.nestedList("media_attributes") ?? [] {
            guard let id = attributes.id("id") else { continue }
            do {
                mediaChanges[MediaID(rawValue: id)] = try MediaChange(attributes)
            } catch {
                errors.append(error)
            }
        }
        if let poll = input.nested("poll"), let options = poll.texts("options"), !options.isEmpty {
            self.poll = PollDraft(
                options: options, isMultiple: poll.flag("multiple") ?? false,
                seconds: poll.integer("expires_in") ?? 86_400)
        }
        if !errors.isEmpty { throw InvalidFields(errors) }
    }
}
