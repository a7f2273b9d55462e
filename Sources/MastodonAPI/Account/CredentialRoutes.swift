import Federation
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
package import WebServer
import Wire

/// Somebody's own account, read and changed (docs.joinmastodon.org/methods/accounts).
package struct CredentialRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        [
            Route(.get, "/api/v1/accounts/verify_credentials", access: .token(.profile)) { try await show($0) },
            // Both pictures may come at once.
            Route(
                .patch, "/api/v1/accounts/update_credentials", access: .token(.writeAccounts),
                uploadLimit: 2 * MediaRoutes.uploadLimit
            ) { try await change($0) },
            Route(.delete, "/api/v1/profile/avatar", access: .token(.writeAccounts)) { exchange in
                var profile = ProfileChange()
                profile.icon = .removed
                return try await change(profile, of: try exchange.requireAccount())
            },
            Route(.delete, "/api/v1/profile/header", access: .token(.writeAccounts)) { exchange in
                var profile = ProfileChange()
                profile.header = .removed
                return try await change(profile, of: try exchange.requireAccount())
            },
        ]
    }

    private func show(_ exchange: Exchange) async throws -> Answer {
        .json(try await CredentialAccount(services, try exchange.requireAccount()).json()).privately
    }

    private func change(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let input = try exchange.input()
        var profile = ProfileChange()
        profile.name = input.text("display_name")?.trimmingCharacters(in: .whitespacesAndNewlines)
        profile.summary = input.text("note")
        profile.isLocked = input.flag("locked")
        profile.isAutomated = input.flag("bot")
        profile.isDiscoverable = input.flag("discoverable")
        profile.isIndexable = input.flag("indexable")
        profile.hidesCollections = input.flag("hide_collections")
        // Rows that were emptied go.
        profile.fields = input.nestedList("fields_attributes")?.compactMap { row in
            let name = row.text("name") ?? ""
            let value = row.text("value") ?? ""
            return name.isEmpty && value.isEmpty ? nil : ProfileField(name: name, value: value)
        }
        let posting = try Self.posting(
            input.nested("source"), before: try await services.database.postingDefaults(of: account.actor.id))
        let avatar = try await picture(input.files["avatar"], for: .avatar)
        let header = try await picture(input.files["header"], for: .header)
        return try await change(profile, of: account, avatar: avatar, header: header, posting: posting)
    }

    private func picture(_ file: Input.File?, for purpose: Media.Purpose) async throws -> NewMedia? {
        guard let file, !file.bytes.isEmpty else { return nil }
        return try await MediaAnswers.refusing { try await services.media.make(file.bytes, for: purpose) }
    }

    private func change(
        _ change: ProfileChange, of account: Account, avatar: NewMedia? = nil, header: NewMedia? = nil,
        posting: PostingDefaults? = nil
    ) async throws -> Answer {
        try await services.database.transaction { transaction in
            let (id, keep) = (account.actor.id, services.media.keep(_:of:in:))
            var change = change
            if let avatar { change.icon = .set(try await keep(avatar, id, transaction)) }
            if let header { change.header = .set(try await keep(header, id, transaction)) }
            try await services.desks.profiles.change(change, of: account.actor, in: transaction)
            if let posting { try await transaction.save(posting, of: id) }
        }
        guard let changed = try await services.database.account(id: account.actor.id) else { throw Problem.notFound }
        return .json(try await CredentialAccount(services, changed).json()).privately
    }

    private static func posting(_ source: Input?, before: PostingDefaults) throws(FieldError) -> PostingDefaults {
        var posting = before
        if let name = source?.text("privacy"), !name.isEmpty {
            guard let visibility = Visibility(clientName: name) else {
                throw FieldError(field: "source.privacy", message: "Use public, unlisted, private or direct.")
            }
            posting.visibility = visibility
        }
        posting.isSensitive = source?.flag("sensitive") ?? before.isSensitive
        if let language = source?.text("language") {
            guard language.isEmpty || PostDraft.isLanguage(language) else {
                throw FieldError(field: "source.language", message: "Give a language tag such as en or pt-BR.")
            }
            posting.language = language.isEmpty ? nil : language
        }
        return posting
    }
}
