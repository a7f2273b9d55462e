import Foundation
package import Mentoring
import SafeText
package import Social
import Wire

/// How a person of this community appears to others, wherever they are shown: with a mentor profile, everybody's software
/// shows what the mentor gives, because it stands in the table of the profile and in tags.
package struct PublicProfile: Sendable {
    /// HTML.
    package let summary: String
    /// Values are HTML.
    package let fields: [ProfileField]
    /// The names of hashtags, without `#`.
    package let tags: [String]

    /// - Parameter mentor: only a published profile.
    package init(_ actor: Actor, _ profile: ActorProfile, mentor: MentorProfile?, catalogue: Catalogue) {
        summary = paragraphs(fromPlainText: mentor?.bio ?? actor.summary)
        let own = profile.fields.map { ProfileField(name: $0.name, value: Self.html($0.value)) }
        fields = own + (mentor.map { Self.fields($0, catalogue) } ?? [])
        tags = mentor?.expertise.compactMap { Self.tag($0.text) } ?? []
    }

    private static func fields(_ mentor: MentorProfile, _ catalogue: Catalogue) -> [ProfileField] {
        let languages = mentor.languages.map { language in
            Locale(identifier: "en").localizedString(forIdentifier: language.text) ?? language.text
        }
        let offers = mentor.offers.compactMap { offer in
            catalogue[offer.type].map { "\($0.label): \(offer.rate?.description ?? "free")" }
        }
        let rows = [
            ("Mentor for", mentor.expertise.map(\.text).joined(separator: ", ")),
            ("Languages", languages.joined(separator: ", ")),
            ("Sessions", offers.joined(separator: "; ")),
            ("Requests", mentor.isAccepting ? "welcome, time zone \(mentor.zone.name)" : "not at present"),
        ]
        return rows.filter { !$0.1.isEmpty }.map { ProfileField(name: $0.0, value: HTML.escaped($0.1)) }
    }

    /// An address becomes a link, as everywhere.
    private static func html(_ value: String) -> String {
        let html = WrittenText(value).html(mentionAddress: { _ in nil }, hashtagAddress: { _ in nil })
        let isOneParagraph = html.hasPrefix("<p>") && html.hasSuffix("</p>")
        return isOneParagraph ? String(html.dropFirst(3).dropLast(4)) : html
    }

    /// `system design` as `systemdesign`; nil for what makes no hashtag.
    private static func tag(_ text: String) -> String? {
        let word = text.filter { $0.isLetter || $0.isNumber || $0 == "_" }
        return word.contains(where: \.isLetter) ? hashtagName(word) : nil
    }
}
