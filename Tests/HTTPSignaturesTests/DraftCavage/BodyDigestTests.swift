import Testing

@testable import HTTPSignatures

@Suite struct BodyDigestTests {
    /// The body and digest of draft-cavage-12 appendix C.
    private let body = Array(#"{"hello": "world"}"#.utf8)
    private static let right = "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="
    private static let sha512 =
        "WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew=="

    @Test func writesThePublishedDigest() {
        #expect(BodyDigest.field(for: body) == Self.right)
    }

    @Test(
        "accepts",
        arguments: [
            right, "sha-256" + right.dropFirst(7), "\(right),\(right)",
            "MD5=Sd/dVLAcvNLSq16eXua5uQ==,\(right)",
            "SHA-512=\(sha512),\(right)", "\(right) , sha-512=\(sha512)", "unixsum=30637,\(right)",
        ])
    func accepts(field: String) throws {
        try BodyDigest.check(field.utf8, body: body)
    }

    @Test(
        "refuses",
        arguments: [
            ("SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Refusal.wrongDigest),
            ("\(right),SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", .wrongDigest),
            ("\(right),SHA-512=AAAA", .wrongDigest), ("SHA-256=", .wrongDigest),
            ("SHA-256=X48E", .wrongDigest),
            ("", .malformedDigest), (",", .malformedDigest), ("\(right),", .malformedDigest),
            ("SHA-256", .malformedDigest), ("=X48E", .malformedDigest),
            ("sha256" + right.dropFirst(7), .malformedDigest),
            ("SHA-512=\(sha512)", .malformedDigest),
            ("MD5=Sd/dVLAcvNLSq16eXua5uQ==", .malformedDigest),
            ("SHA-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", .malformedDigest),
            ("SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPF=", .malformedDigest),
            ("SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE", .malformedDigest),
            ("SHA-256 =X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", .malformedDigest),
        ])
    func refuses(field: String, refusal: Refusal) {
        #expect(throws: refusal) { try BodyDigest.check(field.utf8, body: body) }
    }
}
