import Federation
import Foundation
import Keys
import Mentoring
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// People for a community that has none yet: to try it with, or to show it.
struct FirstPeople {
    struct Person {
        let username: String
        let name: String
        var profile: ProfileDraft?
    }

    /// A person whose account is open, with a fresh token.
    struct Guest {
        let account: Account
        let token: String
    }

    static let mentee = Person(username: "mika", name: "Mika")
    static let mentor = Person(
        username: "noor", name: "Noor",
        profile: ProfileDraft(
            bio: "I help with SQL, portfolios and first jobs in data.", expertise: ["sql", "data careers"],
            languages: ["de", "en", "tr"], zone: "Europe/Berlin",
            offers: [
                .init(type: "knowledge_transfer", rate: RateDraft(amount: "20", currency: "EUR", per: "hour")),
                .init(type: "pana_support"), .init(type: "panamia_planning"),
            ],
            isPublished: true))

    let community: Community
    let database: Pool
    /// Have everything follow from a profile that follows from anybody's.
    let profiles: Profiles

    init(_ settings: Settings, _ database: Pool) async throws {
        let parts = try await Parts(settings, database)
        self.database = database
        community = parts.community
        profiles = parts.desks.profiles
    }

    /// Whether these people are here, or nobody is: where others live, nobody is invented.
    func areWelcome(_ people: [Person]) async throws -> Bool {
        if try await database.accountCount() == 0 { return true }
        for person in people {
            guard let username = Username(person.username), try await database.account(username) != nil else {
                return false
            }
        }
        return true
    }

    /// Opens the accounts that are missing, with their profiles, and makes a new token for each person.
    ///
    /// - Parameter purpose: the name of the tokens; earlier ones of that name stop working.
    func invite(_ people: [Person], purpose: String) async throws -> [Guest] {
        var guests: [Guest] = []
        for person in people {
            let account = try await account(of: person)
            let token = try await Tokens(database: database).issue(
                name: purpose, scopes: Scope.allCases, to: account)
            guests.append(Guest(account: account, token: token))
        }
        return guests
    }

    private func account(of person: Person) async throws -> Account {
        if let username = Username(person.username), let known = try await database.account(username) { return known }
        let draft = try AccountDraft(
            username: person.username, name: person.name,
            email: "\(person.username)@example.org",
            password: SecureRandom.token())
        let account = try await OpenAccount(database: database, community: community, hasher: PasswordHasher())(draft)
        if let profile = person.profile {
            _ = try await MentorProfiles(database: database, profiles: profiles).save(
                profile, of: account, now: Date())
        }
        return account
    }
}
