import COpenSSL

/// The cost of one scrypt derivation (RFC 7914 section 2): N = 2^`costExponent`, r =
/// `blockSize`, p = `parallelism`.
package struct ScryptCost: Hashable, Sendable {
    package let costExponent: Int
    package let blockSize: Int
    package let parallelism: Int

    /// N = 2^15, r = 8, p = 1: 32 MiB and about 70 ms on one core.
    package static let standard = ScryptCost(
        uncheckedCostExponent: 15, blockSize: 8, parallelism: 1)

    /// A cost that this process is willing to pay: at least N = 2^10, at most 128 MiB and four
    /// times the standard work, so that a stored string cannot exhaust memory or time.
    package init?(costExponent: Int, blockSize: Int, parallelism: Int) {
        guard (10...17).contains(costExponent), (1...32).contains(blockSize),
            (1...16).contains(parallelism)
        else { return nil }
        self.init(
            uncheckedCostExponent: costExponent, blockSize: blockSize, parallelism: parallelism)
        guard memory <= 128 << 20, memory * parallelism <= 4 * Self.standard.memory else {
            return nil
        }
    }

    private init(uncheckedCostExponent: Int, blockSize: Int, parallelism: Int) {
        costExponent = uncheckedCostExponent
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// Bytes of the large table.
    private var memory: Int { (128 * blockSize) << costExponent }
}

/// The key derivation itself.
enum Scrypt {
    /// Derives `length` bytes; nil only if memory is short or the numbers break RFC 7914.
    static func derive(
        password: some Collection<UInt8>,
        salt: some Collection<UInt8>,
        n: UInt64,
        r: UInt64,
        p: UInt64,
        length: Int
    ) -> [UInt8]? {
        let memory = 128 * r * (n + p + 2) + 4096
        let key = password.withBytes { password in
            salt.withBytes { salt in
                [UInt8](unsafeUninitializedCapacity: length) { output, count in
                    let done = password.withMemoryRebound(to: CChar.self) { password in
                        EVP_PBE_scrypt(
                            password.baseAddress, password.count, salt.baseAddress, salt.count,
                            n, r, p, memory, output.baseAddress, length)
                    }
                    count = done == 1 ? length : 0
                }
            }
        }
        guard !key.isEmpty else {
            ErrorQueue.drain()
            return nil
        }
        return key
    }

    static func derive(
        password: some Collection<UInt8>,
        salt: some Collection<UInt8>,
        cost: ScryptCost,
        length: Int
    ) -> [UInt8]? {
        derive(
            password: password, salt: salt, n: 1 << UInt64(cost.costExponent),
            r: UInt64(cost.blockSize), p: UInt64(cost.parallelism), length: length)
    }
}
