import Testing

@testable import Keys

@Suite struct P256Tests {
    @Test func bothSidesFindTheSameSecret() throws {
        let (one, other) = (try P256KeyPair.generate(), try P256KeyPair.generate())
        let secret = try one.sharedSecret(with: other.publicKey)
        #expect(try other.sharedSecret(with: one.publicKey) == secret)
        #expect(try one.sharedSecret(with: one.publicKey) != secret)
        #expect(secret.count == 32)
    }

    @Test func aPairSurvivesItsText() throws {
        let pair = try P256KeyPair.generate()
        let read = try P256KeyPair(pem: try pair.pem)
        #expect(read.publicKey == pair.publicKey)
        #expect(try read.pem == pair.pem)
        #expect("\(pair)" == "P256KeyPair" && Mirror(reflecting: pair).children.isEmpty)
    }

    @Test("Other keys are none of this curve", arguments: KeyAlgorithm.allCases)
    func otherKeys(algorithm: KeyAlgorithm) throws {
        let pem = try PrivateKey.generate(algorithm).pem
        #expect(throws: KeyError.unsupportedAlgorithm) { try P256KeyPair(pem: pem) }
    }

    @Test func refusesWhatIsNotAllOfOneKey() throws {
        let pair = try P256KeyPair.generate()
        let der = try PEM.read(pair.pem).der
        for text in [der + [0], Array(der.dropLast())].map({ PEM.write($0, label: "PRIVATE KEY") }) {
            #expect(throws: KeyError.malformed) { try P256KeyPair(pem: text) }
        }
        #expect(throws: KeyError.unsupportedKind) { try P256KeyPair(pem: PEM.write(der, label: "EC PRIVATE KEY")) }
        #expect(throws: KeyError.notPEM) { try P256KeyPair(pem: "") }
        #expect(ErrorQueue.isEmpty)
    }

    @Test func aPointLiesOnTheCurve() throws {
        let point = try P256KeyPair.generate().publicKey.point
        #expect(try P256PublicKey(point: point).point == point)
        var beside = point
        beside[64] ^= 1
        #expect(throws: KeyError.malformed) { try P256PublicKey(point: beside) }
        #expect(throws: KeyError.malformed) { try P256PublicKey(point: [4] + [UInt8](repeating: 0, count: 64)) }
        #expect(throws: KeyError.malformed) { try P256PublicKey(point: [UInt8](repeating: 0, count: 65)) }
        #expect(throws: KeyError.malformed) { try P256PublicKey(point: Array(point.dropLast())) }
        #expect(throws: KeyError.malformed) { try P256PublicKey(point: []) }
        // The compressed form is shorter.
        #expect(throws: KeyError.malformed) { try P256PublicKey(point: [2] + point[1...32]) }
    }

    @Test func aSignatureHasTwoNumbersOfFixedLength() throws {
        let pair = try P256KeyPair.generate()
        // Of 600 some numbers begin with a zero.
        for number in 0..<600 { #expect(try pair.sign("\(number)".utf8).count == 64) }
    }

    @Test("The two numbers stand at their places, however short", arguments: [(32, 32), (31, 32), (32, 30), (1, 1)])
    func places(r: Int, s: Int) throws {
        let (first, second) = ([UInt8](repeating: 0x91, count: r), [UInt8](repeating: 0x72, count: s))
        let der = DERWriting.element(0x30, DERWriting.positiveInteger(first) + DERWriting.positiveInteger(second))
        let zeros = { [UInt8](repeating: 0, count: 32 - $0) }
        #expect(P256KeyPair.joined(der) == zeros(r) + first + zeros(s) + second)
        #expect(P256KeyPair.joined(der + [0]) == nil)
        #expect(P256KeyPair.joined(Array(der.dropLast())) == nil)
    }
}
