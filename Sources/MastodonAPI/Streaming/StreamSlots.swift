import Social
import Wire

/// How many connections may listen at once. A pure value; its owner holds the connections.
struct StreamSlots {
    /// Of one person, of one address, and of all together: there has to be room for those who ask and go.
    var perPerson = 10
    var perClient = 50
    var all = 1024

    private var people: [ActorID: Int] = [:]
    private var clients: [IPAddress: Int] = [:]
    private var count = 0

    init() {}

    enum Refusal: Error {
        case tooMany
        /// Whoever asks is not to blame.
        case full
    }

    mutating func take(_ reader: StreamReader) throws(Refusal) {
        let client = reader.client.network
        guard clients[client, default: 0] < perClient else { throw .tooMany }
        if let account = reader.account, people[account, default: 0] >= perPerson { throw .tooMany }
        guard count < all else { throw .full }
        clients[client, default: 0] += 1
        if let account = reader.account { people[account, default: 0] += 1 }
        count += 1
    }

    /// Of one that was taken.
    mutating func leave(_ reader: StreamReader) {
        let client = reader.client.network
        let left = clients[client, default: 0] - 1
        clients[client] = left > 0 ? left : nil
        if let account = reader.account {
            let left = people[account, default: 0] - 1
            people[account] = left > 0 ? left : nil
        }
        count -= 1
    }
}
