import Foundation
import Social
import Store
import WebServer
import Wire

extension Pages {
    /// Where other servers send people of ours who want to follow somebody, or answer something, over there (OStatus
    /// subscribe). Nothing is fetched for who is not signed in: what is known here is shown, and how to go on.
    func interact(_ exchange: Exchange) async throws -> Answer {
        guard let subject = exchange.query("uri"), (1...2048).contains(subject.utf8.count) else {
            throw Problem.badRequest("Name whom or what, for example ?uri=noor@\(community.domain).")
        }
        let handle = Handle(subject)
        let address = URI(subject)
        guard handle != nil || address != nil else {
            throw Problem.badRequest("The parameter uri must be a handle or an address.")
        }
        var actor: Actor?
        if let address {
            actor = try await database.actor(uri: address)
        } else if let handle {
            actor = try await database.remoteActor(handle)
        }
        let name = actor?.handle.description ?? handle?.description ?? subject
        return try Page.answer(
            "Go on here", community: community.name,
            template: """
                <div class="sheet">
                <h1>Go on from {{community}}</h1>
                <p>You came from another server{{#hasHost}} (<strong>{{host}}</strong>){{/hasHost}} to follow, answer \
                or ask with
                your account here.</p>
                <p>Open the app in which you use your account, and search for</p>
                <p><code>{{what}}</code></p>
                <p class="quiet">Nothing has been done yet.</p>
                </div>
                """,
            values: [
                "community": community.name, "what": actor == nil && address != nil ? subject : "@\(name)",
                "hasHost": address != nil || handle != nil, "host": address?.host ?? handle?.domain ?? "",
            ]
        ).privately
    }
}
