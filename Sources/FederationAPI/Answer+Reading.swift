import Federation
import Foundation
import Social
import WebServer

extension Answer {
    /// A document of ours as an answer: kept by nobody on the way where it depends on who asks.
    static func reading(_ reading: Reading, isForAll: Bool, _ exchange: Exchange) throws -> Answer {
        let answer: Answer
        switch reading {
        case .document(let json): answer = .activityStreams(json)
        case .gone(let tombstone): answer = .activityStreams(tombstone, status: 410)
        case .nothing: throw Problem.notFound
        }
        return (isForAll ? answer.publicly(seconds: 180) : answer.privately).validated(against: exchange)
    }
}
