import Foundation

@testable import Calendars

/// A case of `Tests/Shared/busy_time_cases.py`, with what implementations of other makings say of it.
struct BusyTimeCase: Decodable {
    let zone: String
    let from: Int
    let to: Int
    let calendar: String
    let times: [[Int]]
}
