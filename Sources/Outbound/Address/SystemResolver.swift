import Dispatch
import Glibc
package import Wire

/// The system's `getaddrinfo`, kept off the threads that run Swift tasks and event loops.
///
/// A look-up cannot be interrupted: when its task is cancelled the caller goes on and the thread finishes alone. At
/// most 16 look-ups run at a time, so that a silent name server holds a bounded number of threads.
package final class SystemResolver: Resolver {
    private let queue = DispatchQueue(label: "mentord.resolver", attributes: .concurrent)
    private let slots = Slots(16)

    package init() {}

    package func addresses(of host: String) async throws(OutboundError) -> [IPAddress] {
        try await slots.acquire()
        let answer = Answer<Result<[IPAddress], OutboundError>>()
        queue.async { [slots] in
            let result = Self.lookUp(host)
            slots.release()
            answer.give(result)
        }
        return try await answer.value().get()
    }

    private static func lookUp(_ host: String) -> Result<[IPAddress], OutboundError> {
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        guard status == 0 else {
            return .failure(status == EAI_NONAME || status == EAI_NODATA ? .noSuchHost : .dns)
        }
        defer { freeaddrinfo(list) }

        var addresses: [IPAddress] = []
        var entry = list
        while let info = entry?.pointee {
            if let address = address(info), !addresses.contains(address) { addresses.append(address) }
            entry = info.ai_next
        }
        return addresses.isEmpty ? .failure(.noSuchHost) : .success(addresses)
    }

    private static func address(_ info: addrinfo) -> IPAddress? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let length = socklen_t(text.count)
        guard getnameinfo(info.ai_addr, info.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0 else { return nil }
        return IPAddress(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
}

/// glibc's code for a name without addresses of the wanted kind; its header hides it behind a feature macro.
private let EAI_NODATA: CInt = -5
