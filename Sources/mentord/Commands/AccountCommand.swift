import ArgumentParser
import Foundation
import Keys
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `mentord account create|list|password`
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Open and list accounts, set passwords.",
        subcommands: [Create.self, List.self, Password.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open an account.",
            discussion: """
                EXAMPLES
                  mentord account create noor --name "Noor" --email noor@school.example
                  echo "a long password" | mentord account create noor --email noor@school.example --password-stdin
                """)

        @OptionGroup var common: CommonOptions
        @Argument(help: "The username: a to z, 0 to 9 and _, at most 30.") var username: String
        @Option(help: "The name that others see.") var name = ""
        @Option(help: "The e-mail address.") var email: String
        @Option(help: "member, moderator or administrator.") var role = Account.Role.member
        @Flag(help: "Read the password from standard input. Without it a random one is made and printed once.")
        var passwordStdin = false

        func run() async throws {
            let settings = try await common.load()
            let given = passwordStdin ? readLine(strippingNewline: true) ?? "" : nil
            let password = given ?? SecureRandom.token()
            let draft = try AccountDraft(username: username, name: name, email: email, password: password, role: role)
            let account = try await Storage.with(settings, role: .guest) { storage in
                try await OpenAccount(
                    database: storage.pool, community: settings.community, hasher: PasswordHasher())(draft)
            }
            print("Opened @\(account.actor.handle) (\(account.role.rawValue)).")
            if given == nil { print("Password, shown only now: \(password)") }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all accounts.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let settings = try await common.load()
            let accounts = try await Storage.with(settings, role: .guest) { try await $0.pool.accounts() }
            for account in accounts {
                print("@\(account.actor.handle)\t\(account.role.rawValue)\t\(account.email)\t\(account.actor.name)")
            }
        }
    }
}

extension AccountCommand {
    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set an account's password. Whoever is signed in to it, and every app, has to sign in again.")

        @OptionGroup var common: CommonOptions
        @Argument(help: "Whose password.") var username: String
        @Flag(help: "Read the password from standard input. Without it a random one is made and printed once.")
        var passwordStdin = false

        func run() async throws {
            let settings = try await common.load()
            let given = passwordStdin ? readLine(strippingNewline: true) ?? "" : nil
            let password = given ?? SecureRandom.token()
            try await Storage.with(settings, role: .guest) { storage in
                guard let username = Username(username), let account = try await storage.pool.account(username) else {
                    throw ValidationError("There is no account '\(username)'. 'mentord account list' shows all.")
                }
                try await ChangePassword(database: storage.pool, hasher: PasswordHasher())(password, of: account)
            }
            print("The password of @\(username) is changed; everybody signed in to it was signed out.")
            if given == nil { print("Password, shown only now: \(password)") }
        }
    }
}

extension Account.Role: ExpressibleByArgument {}

/// `mentord token create`
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make bearer tokens for the HTTP API.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and print it once. An earlier token of the same name stops working.")

        @OptionGroup var common: CommonOptions
        @Argument(help: "Whose token.") var username: String
        @Option(help: "What it is for.") var name = "command line"
        @Option(help: "What it allows: read, write.") var scopes = "read write"

        func run() async throws {
            let settings = try await common.load()
            let list = try Scope.list(scopes)
            let token = try await Storage.with(settings, role: .guest) { storage in
                guard let username = Username(username), let account = try await storage.pool.account(username) else {
                    throw ValidationError("There is no account '\(username)'. 'mentord account list' shows all.")
                }
                return try await Tokens(database: storage.pool).issue(name: name, scopes: list, to: account)
            }
            print(token)
        }
    }
}
