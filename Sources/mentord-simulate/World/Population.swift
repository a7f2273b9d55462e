import Foundation
import Mentoring
import Social
import Wire

/// The three communities, and the two people of each.
enum Population {
    static let hosts = ["ateneo.example", "barrio.example", "colegio.example"]
    private static let names = ["mika", "noor"]

    /// Everybody, as the community at one of the hosts sees them; empty were an address not one.
    static func people(seenFrom home: String) -> [Actor] {
        hosts.enumerated().flatMap { place, host in
            names.enumerated().compactMap { position, name in
                guard let uri = URI("https://\(host)/users/\(name)"), let inbox = URI("https://\(host)/users/\(name)/inbox"),
                    let handle = Handle("\(name)@\(host)")
                else { return nil }
                return Actor(
                    id: ActorID(rawValue: Int64(place * names.count + position + 1)), uri: uri, kind: .person,
                    handle: handle, isLocal: host == home, name: name, summary: "", url: nil, inbox: inbox,
                    sharedInbox: nil, speaksMentoring: true, createdAt: .distantPast, fetchedAt: nil, goneAt: nil)
            }
        }
    }

    static func daemons(sabotage: Sabotage?, names: Names) -> [Daemon] {
        hosts.compactMap { host in
            URI("https://\(host)/").map {
                Daemon(
                    community: Community(name: host, origin: $0.origin, meetingTemplate: nil), people: people(seenFrom: host),
                    names: names, sabotage: sabotage)
            }
        }
    }
}
