import HTTPSignatures
import Keys
import Wire

/// The others: people on three hundred hosts, who share a few key pairs so that the world is quickly made.
struct World: Sendable {
    struct Person: Sendable {
        let host: String
        let name: String
        let signer: RequestSigner
        let publicPEM: String

        var uri: String { "https://\(host)/users/\(name)" }
        var keyID: String { "\(uri)#main-key" }
    }

    static let hosts = 300
    static let perHost = 10
    private static let keyPairs = 8

    let port: Int
    let people: [Person]

    init(port: Int) throws {
        let keys = try (0..<Self.keyPairs).map { _ in try PrivateKey.generate(.rsa) }
        let pems = keys.map(\.publicKey.spkiPEM)
        var people: [Person] = []
        for number in 0..<Self.hosts * Self.perHost {
            // Neighbours in this list are on different hosts.
            let host = "h\(number % Self.hosts + 1).\(Certificates.domain):\(port)"
            let name = "eva\(number / Self.hosts + 1)"
            let key = number % Self.keyPairs
            guard let keyID = URI("https://\(host)/users/\(name)#main-key") else { continue }
            people.append(
                Person(
                    host: host, name: name, signer: RequestSigner(keyID: keyID, key: keys[key]), publicPEM: pems[key]))
        }
        self.port = port
        self.people = people
    }

    /// Those who write posts: one on each host.
    var authors: ArraySlice<Person> { people.prefix(Self.hosts) }
}
