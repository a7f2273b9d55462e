package import Keys
import Synchronization

/// RSA key pairs by name, made once in a process: making one takes longer than most tests.
package enum TestKeys {
    private static let made = Mutex<[String: PrivateKey]>([:])

    package static func rsa(_ name: String) throws -> PrivateKey {
        try made.withLock { keys in
            if let key = keys[name] { return key }
            let key = try PrivateKey.generate(.rsa)
            keys[name] = key
            return key
        }
    }
}
