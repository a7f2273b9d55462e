import Testing

@testable import HTTPSignatures

@Suite struct ContentDigestTests {
    /// The content of RFC 9530 appendix B.1, with the digests that it prints there and in section 2.
    private let body = Array("{\"hello\": \"world\"}\n".utf8)
    private static let right = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
    private static let sha512 = """
        sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:
        """

    @Test func writesThePublishedDigests() {
        #expect(ContentDigest.field(for: body) == Self.right)
        #expect(ContentDigest.field(for: []) == "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")
    }

    @Test(
        "accepts",
        arguments: [
            right, "\(right),\(sha512)", "\(sha512)  ,\t\(right)", "\(right), unixsum=:AAAA:, id-sha-256",
            "\(right);q=1", "md5=1, \(right)",
        ])
    func accepts(field: String) throws {
        try ContentDigest.check(field.utf8, body: body, maximumLength: 8192)
    }

    @Test(
        "refuses",
        arguments: [
            ("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", Refusal.wrongDigest),
            ("\(right), sha-512=:AAAA:", .wrongDigest), ("sha-256=::", .wrongDigest),
            ("\(right),\(right)", .malformedDigest), ("\(right),", .malformedDigest), ("", .malformedDigest),
            (sha512, .malformedDigest), ("\(right),sha-512", .malformedDigest),
            ("SHA-256" + right.dropFirst(7), .malformedDigest),
            ("sha-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=", .malformedDigest),
            ("SHA-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=", .malformedDigest),
            ("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDh=:", .malformedDigest),
            ("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg:", .malformedDigest),
            ("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg==:", .malformedDigest),
            ("sha-256=\"x\"", .malformedDigest), ("sha-256=(:AAAA:)", .malformedDigest),
            (String(repeating: " ", count: 8193), .oversized),
        ])
    func refuses(field: String, refusal: Refusal) {
        #expect(throws: refusal) { try ContentDigest.check(field.utf8, body: body, maximumLength: 8192) }
    }
}
