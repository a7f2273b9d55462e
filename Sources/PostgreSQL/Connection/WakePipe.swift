internal import Glibc

/// Ends another thread's `poll(2)` early. Signals before the poll are kept.
final class WakePipe: Sendable {
    /// For `poll(2)`: readable after `signal()` until `drain()`.
    let readEnd: Int32
    private let writeEnd: Int32

    /// A pipe whose ends are -1, which `poll(2)` ignores, if the process has no descriptors left.
    init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func signal() {
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    func drain() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while read(readEnd, &bytes, 16) > 0 {}
    }
}

/// Which of the two was ready.
struct PollOutcome {
    let socketIsReady: Bool
    let wasWoken: Bool
    var timedOut: Bool { !socketIsReady && !wasWoken }
}

/// Waits until `socket` is readable, the pipe is signalled or `milliseconds` have passed; drains the pipe.
func waitForInput(socket: Int32, wake: WakePipe?, milliseconds: Int32) -> PollOutcome {
    var descriptors = [
        pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wake?.readEnd ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    let deadline = ContinuousClock.now + .milliseconds(milliseconds)
    while poll(&descriptors, 2, (deadline - .now).wholeMilliseconds) < 0, errno == EINTR {}
    let wasWoken = descriptors[1].revents != 0
    if wasWoken { wake?.drain() }
    return PollOutcome(socketIsReady: descriptors[0].revents != 0, wasWoken: wasWoken)
}
