import Testing

@testable import Keys

@Suite struct PasswordHasherTests {
    @Test func matchesOnlyThePasswordThatWasHashed() async throws {
        let hasher = PasswordHasher()
        let hash = try await hasher.hash("correct horse battery")
        let stored = try #require(PasswordHash(storedText: hash.storedText))
        #expect(stored == hash)
        #expect(!hash.isOutdated)
        #expect(hash.storedText.hasPrefix("$scrypt$ln=15,r=8,p=1$"))
        #expect(try await hasher.matches("correct horse battery", stored))
        #expect(try await !hasher.matches("correct horse batterz", stored))
        #expect(try await !hasher.matches("", stored))
    }

    @Test func saltsEachHash() async throws {
        let hasher = PasswordHasher()
        let first = try await hasher.hash("the same password")
        let second = try await hasher.hash("the same password")
        #expect(first.salt != second.salt && first.key != second.key)
    }

    /// A derivation cannot be quicker than this on any machine, so the answer was not a shortcut.
    @Test func nobodysPasswordIsDerivedAllTheSame() async throws {
        let hasher = PasswordHasher()
        var matches = true
        let took = try await ContinuousClock().measure {
            matches = try await hasher.matches("correct horse battery", nil)
        }
        #expect(!matches)
        #expect(took > .milliseconds(10))
    }

    @Test func refusesOverlongPasswords() async throws {
        let hasher = PasswordHasher()
        let longest = String(repeating: "p", count: PasswordHash.maximumPasswordLength)
        let stored = try await hasher.hash(longest)
        #expect(try await hasher.matches(longest, stored))
        await #expect(throws: PasswordError.tooLong) { try await hasher.hash(longest + "p") }
        await #expect(throws: PasswordError.tooLong) {
            try await hasher.matches(longest + "p", nil)
        }
    }

    @Test func turnsAwayWhatDoesNotFitInLine() async throws {
        let hasher = PasswordHasher(threads: 1, waiting: 1)
        let outcomes = await withTaskGroup(of: PasswordError?.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do throws(PasswordError) {
                        _ = try await hasher.hash("correct horse battery")
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .busy })
        #expect(outcomes.count { $0 == nil } >= 2)
        #expect(outcomes.contains(.busy))
        #expect(try await !hasher.matches("the line is free again", nil))
    }
}
