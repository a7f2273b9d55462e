import Federation
import WebServer

extension Answer {
    /// What somebody gets who asks for a document of ours.
    static func reading(_ reading: Reading) throws -> Answer {
        switch reading {
        case .document(let json): .activityStreams(json)
        case .gone(let tombstone): .activityStreams(tombstone, status: 410)
        case .nothing: throw Problem.notFound
        }
    }
}
