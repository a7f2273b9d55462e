import Calendars
import Foundation
import Mentoring
package import Outbound
import Wire

/// Fetches calendars, under the rules for everything that is fetched, and without a signature: they know nothing of us.
package struct CalendarFetcher: Sendable {
    private let client: GuardedClient

    package init(client: GuardedClient) { self.client = client }

    enum Result: Sendable {
        case unchanged
        case text([UInt8], etag: String?, modified: String?)
        case failed(CalendarFailure)
    }

    private static let limits = ExchangeLimits(body: CalendarLimits.mostBytes, total: .seconds(30))

    /// - Parameter copy: is asked for only if it is no longer the same (RFC 9110 section 13.1).
    func fetch(_ address: URI, unless copy: OutsideCalendar.Copy?, now: Date) async -> Result {
        var fields: [(name: String, value: String)] = []
        if let etag = copy?.etag { fields.append(("if-none-match", etag)) }
        if let modified = copy?.modified { fields.append(("if-modified-since", modified)) }
        let response: Response
        do throws(OutboundError) {
            response = try await client.get(address, accept: "text/calendar", fields: fields, limits: Self.limits)
        } catch {
            return .failed(CalendarFailure(error))
        }
        if response.status == 304, !fields.isEmpty { return .unchanged }
        guard response.isSuccess else {
            return .failed(CalendarFailure(status: response.status, wait: response.retryAfter(now: now)))
        }
        return .text(
            response.body, etag: Self.kept(response.header("etag")),
            modified: Self.kept(response.header("last-modified")))
    }

    /// What is sent back has to be something that can be sent.
    private static func kept(_ value: String?) -> String? {
        guard let value, (1...500).contains(value.utf8.count), value.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
        else {
            return nil
        }
        return value
    }
}
