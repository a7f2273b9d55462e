import Foundation
import Mentoring
import Social
import Wire

/// An offer in words, for the person whom it is for.
struct PrivateOfferMessage {
    let offer: PrivateOffer
    let mentor: Actor
    /// The mentor's.
    let zone: TimeZoneName
    /// nil where it is unknown.
    let readersZone: TimeZoneName?
    let link: URI

    var fromCommunity: String { text("\(mentor.displayName) offers you a session") }
    var fromMentor: String { text("I offer you a session") }

    /// Plain text, one paragraph a piece.
    private func text(_ sentence: String) -> String {
        let terms = offer.terms
        let price = terms.rate?.description ?? "free"
        let until = (readersZone ?? zone).text(of: terms.expiresAt)
        return
            (["\(sentence): \(terms.kind.label), \(terms.minutes) minutes, \(price)."]
            + [quote].compactMap(\.self) + terms.starts.map(when)
            + ["Take one of these times until \(until), unless somebody else has it by then:\n\(link)"])
            .joined(separator: "\n\n")
    }

    private func when(_ start: Date) -> String {
        let end = start.addingTimeInterval(Double(offer.terms.minutes) * 60)
        let own = readersZone.flatMap { $0 == zone ? nil : $0.text(from: start, to: end) }
        return (["When: \(zone.text(from: start, to: end))"] + (own.map { ["For you: \($0)"] } ?? []))
            .joined(separator: "\n")
    }

    private var quote: String? {
        let words = offer.terms.message
        guard !words.isEmpty else { return nil }
        return words.count > 1000 ? "“\(words.prefix(1000))…”" : "“\(words)”"
    }
}
