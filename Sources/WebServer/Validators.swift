package import Foundation
import Wire

/// Validators, so that nobody has to fetch again what did not change (RFC 9110 section 8.8 and 13).
extension Answer {
    /// With an entity tag of its body and, where it is known, the time of its last change; 304 without body for who has
    /// this version already.
    package func validated(against exchange: Exchange, lastModified: Date? = nil) -> Answer {
        let tag = "W/\"\(Self.digest(of: body))\""
        var validators = [("etag", tag)]
        if let lastModified { validators.append(("last-modified", HTTPDate.format(lastModified))) }
        guard status == 200, Self.isKnown(tag, lastModified, to: exchange) else {
            return Answer(status: status, fields: fields + validators, body: body)
        }
        return Answer(status: 304, fields: fields.filter { $0.name != "content-type" } + validators)
    }

    /// `If-None-Match` decides alone where it is there (section 13.2.2).
    private static func isKnown(_ tag: String, _ lastModified: Date?, to exchange: Exchange) -> Bool {
        if let tags = exchange.field("if-none-match") {
            return tags == "*" || tags.split(separator: ",").contains { $0.drop { $0 == " " } == tag }
        }
        guard let lastModified, let since = exchange.field("if-modified-since").flatMap({ HTTPDate.parse($0.utf8) })
        else { return false }
        return Date(timeIntervalSince1970: lastModified.timeIntervalSince1970.rounded(.down)) <= since
    }

    /// FNV-1a of 64 bits: to tell versions of one's own documents apart, not to prove anything.
    private static func digest(of body: [UInt8]) -> String {
        String(body.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16)
    }
}
