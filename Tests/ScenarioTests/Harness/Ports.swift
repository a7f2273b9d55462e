import Foundation
import Synchronization

struct SocketFailure: Error {
    let call: String
    let code: Int32
}

/// A socket that listens on a loopback port, closed at the end of its life.
final class ListeningSocket: Sendable {
    let port: Int
    let descriptor: Int32

    /// - Parameter port: 0 for any that is free.
    init(port: Int = 0) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure(call: "socket", code: errno) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(descriptor, address, length) == 0, listen(descriptor, 128) == 0 else { return false }
                return getsockname(descriptor, address, &length) == 0
            }
        }
        guard bound else {
            let code = errno
            close(descriptor)
            throw SocketFailure(call: "bind", code: code)
        }
        self.descriptor = descriptor
        self.port = Int(in_port_t(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}

/// Ports on which nothing listens, none given out twice.
enum FreePorts {
    private static let taken = Mutex<Set<Int>>([])

    /// The first of `count` neighbouring ports.
    static func next(_ count: Int = 1) throws -> Int {
        while true {
            let first = try ListeningSocket().port
            let ports = Set(first..<first + count)
            let areOpen = ports.allSatisfy { $0 <= 65_535 && (try? ListeningSocket(port: $0)) != nil }
            let areNew = taken.withLock { taken in
                guard areOpen, taken.isDisjoint(with: ports) else { return false }
                taken.formUnion(ports)
                return true
            }
            if areNew { return first }
        }
    }
}
