import Dispatch
import Synchronization

/// Why a password was not hashed or compared.
package enum PasswordError: Error, CaseIterable, Sendable {
    /// Longer than ``PasswordHash/maximumPasswordLength``.
    case tooLong
    /// Too many passwords are waiting already; ask again later.
    case busy
    /// No memory for the derivation.
    case libraryFailure
}

/// Hashes and compares passwords on a few threads of its own.
///
/// One derivation takes about 70 ms and 32 MiB. The callers' tasks are suspended meanwhile, so
/// the cooperative pool stays free; memory is bounded by the number of threads.
package final class PasswordHasher: Sendable {
    private let lanes: [DispatchQueue]
    private let maximumPerLane: Int
    /// How many derivations each lane has been given and not finished.
    private let load: Mutex<[Int]>
    /// Stands in for accounts that do not exist.
    private let decoy: PasswordHash

    /// A hasher with as many threads as given, each of which runs one derivation while at most
    /// `waiting` more are in line for it.
    package init(threads: Int = 2, waiting: Int = 32) {
        let threads = max(1, threads)
        lanes = (0..<threads).map { DispatchQueue(label: "password-\($0)") }
        maximumPerLane = 1 + max(0, waiting)
        load = Mutex(Array(repeating: 0, count: threads))
        decoy = PasswordHash(
            cost: .standard, salt: SecureRandom.bytes(16), key: SecureRandom.bytes(32))
    }

    /// Hashes a password with a fresh salt of 16 bytes at the standard cost.
    ///
    /// The password's UTF-8 bytes are taken as they are; minimum length and Unicode
    /// normalisation are the caller's.
    package func hash(_ password: String) async throws(PasswordError) -> PasswordHash {
        let salt = SecureRandom.bytes(16)
        let key = try await derive(password, salt: salt, cost: .standard, length: 32)
        return PasswordHash(cost: .standard, salt: salt, key: key)
    }

    /// Whether the password is the one that was stored.
    ///
    /// Give nil for an account that does not exist: the answer is false after the same time.
    package func matches(
        _ password: String,
        _ stored: PasswordHash?
    ) async throws(PasswordError) -> Bool {
        let expected = stored ?? decoy
        let key = try await derive(
            password, salt: expected.salt, cost: expected.cost, length: expected.key.count)
        return constantTimeEqual(key, expected.key) && stored != nil
    }

    private func derive(
        _ password: String,
        salt: [UInt8],
        cost: ScryptCost,
        length: Int
    ) async throws(PasswordError) -> [UInt8] {
        guard password.utf8.count <= PasswordHash.maximumPasswordLength else { throw .tooLong }
        guard let lane = takePlace() else { throw .busy }
        let key = await withCheckedContinuation { continuation in
            lanes[lane].async {
                let key = Scrypt.derive(
                    password: password.utf8, salt: salt, cost: cost, length: length)
                self.leavePlace(lane)
                continuation.resume(returning: key)
            }
        }
        guard let key else { throw .libraryFailure }
        return key
    }

    /// A place in the shortest line; nil if all are full.
    private func takePlace() -> Int? {
        load.withLock { load in
            guard let lane = load.indices.min(by: { load[$0] < load[$1] }),
                load[lane] < maximumPerLane
            else { return nil }
            load[lane] += 1
            return lane
        }
    }

    private func leavePlace(_ lane: Int) {
        load.withLock { $0[lane] -= 1 }
    }
}
