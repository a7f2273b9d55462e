import JSONTree

/// Somebody and the server that they ask.
struct Side: Sendable {
    let community: Community
    let person: Person
}

/// The two people of sessions, of one community or of two.
struct SessionSides: Sendable {
    let mentee: Side
    let mentor: Side

    /// That of the one who acts; what time brings begins at the mentee's.
    subscript(party: Party) -> Side { party == .mentor ? mentor : mentee }

    var communities: [Community] {
        mentee.community === mentor.community ? [mentee.community] : [mentee.community, mentor.community]
    }

    var logs: String { communities.logs }
}

extension Side {
    /// Some of the person's sessions by their address, as lists show them.
    ///
    /// - Parameter wanted: addresses; those that have not arrived are not in the answer.
    func sessions(_ wanted: Set<String>) async throws -> [String: JSON] {
        var (found, page): ([String: JSON], String?) = ([:], "")
        while let cursor = page, found.count < wanted.count {
            let answer = try await community.get("/sessions?limit=40\(cursor)", as: person)
            for session in answer["sessions"].list {
                if let uri = session["uri"]?.string, wanted.contains(uri) { found[uri] = session }
            }
            page = answer["next"]?.string.map { "&before=\($0)" }
        }
        return found
    }

    /// The newest of the person's sessions, if it is about something.
    func newest(_ topic: String) async throws -> JSON? {
        let newest = try await community.get("/sessions?limit=40", as: person)["sessions"].list
        return newest.first { $0["topic"]?.string == topic }
    }

    /// What the person was told of each of their sessions, oldest first.
    func notifications() async throws -> [String: [String]] {
        var (told, page): ([String: [String]], String?) = ([:], "")
        while let cursor = page {
            let answer = try await community.get("/notifications?limit=40\(cursor)", as: person)
            for one in answer["notifications"].list {
                if let session = one["session"]?.string, let what = one["what"]?.string {
                    told[session, default: []].insert(what, at: 0)
                }
            }
            page = answer["next"]?.string.map { "&before=\($0)" }
        }
        return told
    }
}
