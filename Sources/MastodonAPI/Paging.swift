import JSONTree
import Social
import Store
import WebServer
import Wire

extension Exchange {
    /// The part of a list that is asked for; what is too much becomes the most, what is no number is not there.
    func page(_ input: Input, usual: Int, most: Int) -> Page {
        Page(
            before: input.id("max_id"), since: input.id("since_id"), above: input.id("min_id"),
            limit: max(1, min(input.integer("limit") ?? usual, most)))
    }
}

extension Answer {
    /// A page of a list with the addresses of the pages beside it (RFC 8288).
    ///
    /// An empty page has none: clients would go round in circles.
    ///
    /// - Parameters:
    ///   - positions: of all that was found, in order; what of it is not shown counts, too.
    static func page(_ values: [JSON], positions: [Int64], of exchange: Exchange, at origin: Origin) -> Answer {
        Answer.json(.array(values)).linked(last: positions.last, first: positions.first, of: exchange, at: origin)
    }

    /// The same for an answer that is no list: the pages go on below its last position and above its first.
    func linked(last: Int64?, first: Int64?, of exchange: Exchange, at origin: Origin) -> Answer {
        guard let first, let last else { return self }
        let path = exchange.target.prefix { $0 != "?" }
        let kept = exchange.query.filter { !["max_id", "since_id", "min_id"].contains($0.name) }
        func link(_ name: String, _ position: Int64) -> String {
            let query = (kept.map { ($0.name, $0.value) } + [(name, String(position))]).map {
                "\(RedirectAddress.escaped($0.0))=\(RedirectAddress.escaped($0.1))"
            }
            return "<\(origin)\(path)?\(query.joined(separator: "&"))>"
        }
        return with(
            "link",
            "\(link("max_id", last)); rel=\"next\", \(link("min_id", first)); rel=\"prev\"")
    }

    static func page(_ entries: [FeedEntry], _ values: [JSON], of exchange: Exchange, at origin: Origin) -> Answer {
        page(values, positions: entries.map(\.id), of: exchange, at: origin)
    }
}
