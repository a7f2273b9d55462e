/// One step of the schema: applied once, in the order of the numbers, and never changed after it was released.
package struct Migration: Sendable, Hashable {
    /// Counts from 1 without gaps.
    package let number: Int
    package let name: String
    /// One or more statements; run in a transaction, which they must not end.
    package let sql: String

    package init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }
}

/// Why the schema was not brought up to date. What was applied before stays applied.
package enum MigrationError: Error, Sendable, Equatable {
    /// Two of the program's migrations have this number.
    case repeatedNumber(Int)
    /// The program has no migration of this number, but a later one.
    case missingNumber(Int)
    /// The text of this applied migration is not what the program has.
    case changed(number: Int, name: String)
    /// The database has had this migration applied, which the program does not know.
    case databaseIsNewer(number: Int, name: String)
    /// The database has had a later migration applied but not this one.
    case skipped(number: Int)
    /// The migration was refused and is rolled back.
    case failed(number: Int, name: String, PostgresError)
    case database(PostgresError)
}

extension MigrationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .repeatedNumber(let number):
            "two migrations have the number \(number)"
        case .missingNumber(let number):
            "there is no migration number \(number), but a later one"
        case .changed(let number, let name):
            "migration \(number) (\(name)) was applied with another text: an applied migration must not be changed"
        case .databaseIsNewer(let number, let name):
            "the database has migration \(number) (\(name)), which this program does not know: use a newer program"
        case .skipped(let number):
            "migration \(number) was never applied to the database, but a later one was"
        case .failed(let number, let name, let error):
            "migration \(number) (\(name)) failed and was rolled back: \(String(reflecting: error))"
        case .database(let error):
            "the schema could not be migrated: \(error)"
        }
    }
}
