/// Three communities: Mika is a mentee in Ateneo, Noor a mentor in Barrio; in Cedro Celia is a mentee, Cora a mentor.
struct Trio: Sendable {
    let ateneo: Community
    let barrio: Community
    let cedro: Community
    let mika: Person
    let noor: Person
    let celia: Person
    let cora: Person

    var communities: [Community] { [ateneo, barrio, cedro] }

    /// Three communities that are closed in the end, however it ends.
    static func with(_ body: (Trio) async throws -> Void) async throws {
        async let first = Community.open("ateneo")
        async let second = Community.open("barrio")
        async let third = Community.open("cedro")
        let communities = try await [first, second, third]
        let result = await Result { try await body(Trio(communities)) }
        for community in communities { await community.close() }
        try result.get()
    }

    private init(_ communities: [Community]) async throws {
        (ateneo, barrio, cedro) = (communities[0], communities[1], communities[2])
        mika = try await ateneo.welcome("mika")
        noor = try await barrio.welcomeMentor("noor")
        celia = try await cedro.welcome("celia")
        cora = try await cedro.welcomeMentor("cora")
    }
}
