import Testing

@testable import Keys

@Suite struct AES128GCMTests {
    /// Test case 4 of the specification of GCM (McGrew and Viega), appendix B.
    @Test func sealsTheVectorOfTheSpecification() throws {
        let key = try #require(Hexadecimal.decode("feffe9928665731c6d6a8f9467308308".utf8))
        let nonce = try #require(Hexadecimal.decode("cafebabefacedbaddecaf888".utf8))
        let message = try #require(
            Hexadecimal.decode(
                ("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                    + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39").utf8))
        let context = try #require(Hexadecimal.decode("feedfacedeadbeeffeedfacedeadbeefabaddad2".utf8))
        let sealed = try AES128GCM.seal(message, key: key, nonce: nonce, context: context)
        #expect(
            Hexadecimal.encode(sealed)
                == "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
                + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091" + "5bc94fbc3221a5db94fae95ae7121a47")
        #expect(AES128GCM.open(sealed, key: key, nonce: nonce, context: context) == message)
    }

    @Test func noticesEveryChangedBit() throws {
        let (key, nonce) = (SecureRandom.bytes(16), SecureRandom.bytes(12))
        let sealed = try AES128GCM.seal(Array("token".utf8), key: key, nonce: nonce, context: [1])
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(AES128GCM.open(changed, key: key, nonce: nonce, context: [1]) == nil)
        }
        #expect(AES128GCM.open(sealed, key: key, nonce: nonce, context: [2]) == nil)
        #expect(AES128GCM.open(sealed, key: key, nonce: SecureRandom.bytes(12), context: [1]) == nil)
        #expect(AES128GCM.open(Array(sealed.prefix(15)), key: key, nonce: nonce, context: [1]) == nil)
    }

    @Test("Any length survives", arguments: [0, 1, 15, 16, 17, 4096])
    func survives(length: Int) throws {
        let (key, nonce, message) = (SecureRandom.bytes(16), SecureRandom.bytes(12), SecureRandom.bytes(length))
        let sealed = try AES128GCM.seal(message, key: key, nonce: nonce)
        #expect(sealed.count == length + AES128GCM.tagLength)
        #expect(AES128GCM.open(sealed, key: key, nonce: nonce) == message)
    }

    @Test func takesNoKeyOfAnotherLength() {
        #expect(throws: KeyError.malformed) {
            try AES128GCM.seal([1], key: SecureRandom.bytes(32), nonce: SecureRandom.bytes(12))
        }
    }
}
