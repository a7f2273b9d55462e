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
        let times = terms.starts.compactMap { Slot(start: $0, minutes: terms.minutes, zone: zone) }
        return
            (["\(sentence): \(terms.kind.label), \(terms.minutes) minutes, \(price)."]
            + [MessageWords.quote(terms.message)].compactMap(\.self)
            + times.map { MessageWords.when($0, for: readersZone) }
            + ["Take one of these times until \(until), unless somebody else has it by then:\n\(link)"])
            .joined(separator: "\n\n")
    }
}
