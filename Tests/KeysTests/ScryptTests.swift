import Testing

@testable import Keys

@Suite struct ScryptTests {
    /// RFC 7914 section 12, all but the vector that takes a gigabyte.
    @Test(
        "derives the vectors of RFC 7914",
        arguments: [
            (
                "", "", 16, 1, 1,
                "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a"
                    + "753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
            ),
            (
                "password", "NaCl", 1024, 8, 16,
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff1"
                    + "09279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
            ),
            (
                "pleaseletmein", "SodiumChloride", 16384, 8, 1,
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d4"
                    + "9705242a9af9e61e85dc0d651e40dfcf017b45575887"
            ),
        ] as [(String, String, UInt64, UInt64, UInt64, String)])
    func derivesVectors(
        password: String, salt: String, n: UInt64, r: UInt64, p: UInt64, key: String
    ) {
        let derived = Scrypt.derive(
            password: password.utf8, salt: salt.utf8, n: n, r: r, p: p, length: 64)
        #expect(derived.map(Hexadecimal.encode) == key)
    }

    @Test func impossibleNumbersGiveNothing() {
        #expect(Scrypt.derive(password: [], salt: [], n: 3, r: 1, p: 1, length: 64) == nil)
        #expect(Scrypt.derive(password: [], salt: [], n: 16, r: 0, p: 1, length: 64) == nil)
        #expect(ErrorQueue.isEmpty)
    }

    @Test(
        "bounds memory and time",
        arguments: [
            (15, 8, 1, true), (10, 1, 1, true), (17, 8, 1, true), (14, 8, 4, true),
            (15, 8, 4, true),
            (9, 8, 1, false), (18, 8, 1, false), (17, 9, 1, false), (17, 8, 2, false),
            (15, 8, 5, false),
            (15, 0, 1, false), (15, 8, 0, false), (15, 33, 1, false), (10, 1, 17, false),
            (-1, 8, 1, false), (Int.max, Int.max, Int.max, false), (Int.min, 8, 1, false),
        ])
    func boundsCost(exponent: Int, blockSize: Int, parallelism: Int, accepted: Bool) {
        let cost = ScryptCost(
            costExponent: exponent, blockSize: blockSize, parallelism: parallelism)
        #expect((cost != nil) == accepted)
    }
}
