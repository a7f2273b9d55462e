import PostgreSQL
import Testing

/// Two communities that know each other: Mika is a mentee in Ateneo, Noor a mentor in Barrio.
struct Pair: Sendable {
    let ateneo: Community
    let barrio: Community
    let mika: Person
    let noor: Person

    /// The pair of the suite that is running.
    static var current: Pair {
        get throws { try #require(running, "the suite lacks the trait .twoCommunities") }
    }

    /// The pair of the suite that is running, both servers up and nothing on its way between them, whatever an earlier
    /// scenario has left.
    static var restored: Pair {
        get async throws {
            let pair = try current
            for community in [pair.ateneo, pair.barrio] where !community.isRunning { try await community.start() }
            for community in [pair.ateneo, pair.barrio] {
                try await eventually("nothing is left to deliver") {
                    try await community.withDatabase { database in
                        try await database.row("select from jobs where kind = 'deliver' and dead_at is null limit 1") == nil
                    } ? () : nil
                }
            }
            return pair
        }
    }

    @TaskLocal fileprivate static var running: Pair?

    fileprivate static func open() async throws -> Pair {
        async let first = Community.open("ateneo")
        async let second = Community.open("barrio")
        let (ateneo, barrio) = try await (first, second)
        async let mika = ateneo.welcome("mika")
        async let noor = barrio.welcomeMentor("noor")
        let pair = try await Pair(ateneo: ateneo, barrio: barrio, mika: mika, noor: noor)
        try await pair.agreed("First meeting")
        return pair
    }

    fileprivate func close() async {
        async let first: Void = ateneo.close()
        async let second: Void = barrio.close()
        _ = await (first, second)
    }
}

/// Opens two communities for a suite and closes them after it, however it ends.
struct TwoCommunities: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let pair = try await Pair.open()
        let result = await Result { try await Pair.$running.withValue(pair) { try await function() } }
        await pair.close()
        try result.get()
    }
}

extension Trait where Self == TwoCommunities {
    static var twoCommunities: Self { TwoCommunities() }
}

extension Result where Failure == any Error {
    /// What an asynchronous body gives or throws.
    init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

/// Scenarios that share one pair of communities, whose servers run undisturbed. Each may run beside any other: it asks
/// for times and looks at sessions of its own.
@Suite(.twoCommunities)
struct Undisturbed {}

/// Scenarios that stop and kill the servers of one pair of communities, one after the other.
@Suite(.twoCommunities, .serialized)
struct Disturbed {}
