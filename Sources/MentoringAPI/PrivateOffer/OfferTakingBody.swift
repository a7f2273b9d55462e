import Foundation
import JSONTree
import Mentoring
import Social
import WebServer
import Wire

/// `POST /api/mentoring/sessions` with an offer of a mentor of ours: what it is and how long it lasts says the offer.
struct OfferTakingBody {
    let token: String
    /// Without type and length.
    let request: SessionRequest

    /// nil for a request that takes no offer, or one of another community.
    init?(_ exchange: Exchange, in community: Community) throws {
        guard exchange.contentType?.essence == "application/json",
            let named = (try? JSON.parse(exchange.body))?["offer"]?.string,
            let token = Self.token(named, of: community)
        else { return nil }
        self.token = token
        request = try exchange.read { fields in
            fields.ignore("offer")
            return SessionRequest(
                type: "", topic: fields.required("topic", .text(length: 0...2000)),
                message: fields.optional("message", .text(length: 0...20_000)) ?? "",
                start: fields.required("start", .time), minutes: 0,
                zone: fields.required("zone", .text(length: 1...100)),
                place: fields.optional("place", .place) ?? PlaceDraft(medium: Place.Medium.online.rawValue))
        }
    }

    /// An offer is named by its link or by the secret at the end of it.
    private static func token(_ text: String, of community: Community) -> String? {
        guard let uri = URI(text) else { return text.contains("/") ? nil : text }
        guard case .offer(let token) = community.addresses.place(of: uri) else { return nil }
        return token
    }
}
