import Foundation
package import Mentoring
import SafeText
package import Social
import Wire

/// How a person of this community appears to others, wherever they are shown: with a mentor profile, everybody's
/// software shows what the mentor gives, because it stands in the table of the profile and in tags.
package struct PublicProfile: Sendable {
    /// HTML.
    package let summary: String
    /// Values are HTML.
    package let fields: [ProfileField]
    /// The names of hashtags, without `#`.
    package let tags: [String]

    /// - Parameter mentor: only a published profile.
    package init(_ actor: Actor, _ profile: ActorProfile, mentor: MentorProfile?, catalogue: Catalogue) {
        summary = Self.html(text: mentor?.bio ?? actor.summary)
        let own = profile.fields.map { ProfileField(name: $0.name, value: Self.html($0.value)) }
        fields = own + (mentor.map { Self.fields($0, catalogue) } ?? [])
        tags = mentor?.expertise.compactMap { Self.tag($0.text) } ?? []
    }

    /// At most four, because many programs have room for no more: what for, how and at what price, when and in which
    /// languages, and who it is.
    private static func fields(_ mentor: MentorProfile, _ catalogue: Catalogue) -> [ProfileField] {
        let offers = mentor.offers.compactMap { offer in
            catalogue[offer.type].map { "\($0.label): \(offer.rate?.description ?? "free")" }
        }
        let rows = [
            ("Mentor for", [mentor.expertise.map(\.text), mentor.goals].map { $0.joined(separator: ", ") }),
            ("Sessions", offers + [mentor.styles.map(\.words).joined(separator: ", ")]),
            ("Requests", requests(mentor)),
        ]
        let written = rows.map { name, parts in
            ProfileField(name: name, value: HTML.escaped(parts.filter { !$0.isEmpty }.joined(separator: "; ")))
        }
        let video = mentor.video.map { ProfileField(name: "Video", value: html($0.string)) }
        return (written + [video].compactMap(\.self)).filter { !$0.value.isEmpty }
    }

    private static func requests(_ mentor: MentorProfile) -> [String] {
        let state = mentor.isOpen ? "welcome" : "not at present"
        let languages = mentor.languages.map { language in
            Locale(identifier: "en").localizedString(forIdentifier: language.text) ?? language.text
        }
        return [
            mentor.returnsOn.map { "\(state), again from \($0)" } ?? state, languages.joined(separator: ", "),
            "time zone \(mentor.zone.name)",
        ]
    }

    /// An address becomes a link, as everywhere.
    private static func html(text: String) -> String {
        WrittenText(text).html(mentionAddress: { _ in nil }, hashtagAddress: { _ in nil })
    }

    /// The same for a value, in one line where it is one.
    private static func html(_ value: String) -> String {
        let html = html(text: value)
        let isOneParagraph = html.hasPrefix("<p>") && html.hasSuffix("</p>")
        return isOneParagraph ? String(html.dropFirst(3).dropLast(4)) : html
    }

    /// `system design` as `systemdesign`; nil for what makes no hashtag.
    private static func tag(_ text: String) -> String? {
        let word = text.filter { $0.isLetter || $0.isNumber || $0 == "_" }
        return word.contains(where: \.isLetter) ? hashtagName(word) : nil
    }
}

extension MentoringStyle {
    fileprivate var words: String {
        switch self {
        case .async: "in writing"
        case .scheduled: "at agreed times"
        case .casual: "a talk now and then"
        }
    }
}
