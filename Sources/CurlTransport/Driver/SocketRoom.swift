import CCurl
import Glibc
import Synchronization

/// The room there is for connections to others: opens and closes every socket of a transport, and remembers when there was
/// none.
///
/// Sockets are opened on the driver thread; anybody may ask ``isExhausted``.
final class SocketRoom: Sendable {
    /// How long an exhaustion is remembered that nothing has disproved, in nanoseconds.
    private static let memory: UInt64 = 5_000_000_000
    /// Descriptors that a name lookup or a certificate bundle may take at once.
    private static let needs = 4

    private let limit: Int
    private let ceiling: Int
    private let onExhaustion: @Sendable () -> Void
    private let open = Atomic(0)
    /// When there was no room, on ``Monotonic``; 0 if there has been some since.
    private let exhaustedAt = Atomic<UInt64>(0)

    /// Nothing is open yet.
    ///
    /// - Parameters:
    ///   - limit: Sockets that may be open at once.
    ///   - ceiling: The first descriptor number that is not for connections: the system gives the lowest free one, so
    ///     what lies above tells how many are left for everything else.
    ///   - onExhaustion: Called for every time there was no room; must be quick.
    init(limit: Int, ceiling: Int, onExhaustion: @escaping @Sendable () -> Void) {
        self.limit = limit
        self.ceiling = ceiling
        self.onExhaustion = onExhaustion
    }

    /// Whether there was no room lately, and none has been found since.
    var isExhausted: Bool {
        let moment = exhaustedAt.load(ordering: .relaxed)
        return moment != 0 && Monotonic.now() &- moment < Self.memory
    }

    var openCount: Int { open.load(ordering: .relaxed) }

    /// Whether so many sockets are open that idle ones should go.
    var isTight: Bool { openCount >= limit - limit / 4 }

    /// Opens a socket.
    ///
    /// - Parameter address: What it is for.
    /// - Returns: The socket, -1 if it cannot be, or `nil`, which is remembered, if there is no room for one.
    func socket(for address: UnsafePointer<curl_sockaddr>) -> Int32? {
        guard openCount < limit else { return noted() }
        let descriptor = ccurl_open_socket(address)
        guard descriptor >= 0 else { return Shortage.isShortage(errno) ? noted() : -1 }
        guard descriptor < ceiling else {
            Glibc.close(descriptor)
            return noted()
        }
        open.add(1, ordering: .relaxed)
        exhaustedAt.store(0, ordering: .relaxed)
        return descriptor
    }

    /// Closes a socket that ``socket(for:)`` opened.
    func close(_ descriptor: Int32) -> Int32 {
        open.subtract(1, ordering: .relaxed)
        return Glibc.close(descriptor)
    }

    /// Remembers that there was no room.
    func noteExhaustion() {
        exhaustedAt.store(max(1, Monotonic.now()), ordering: .relaxed)
        onExhaustion()
    }

    /// Whether a name lookup may have failed for want of descriptors: libcurl does not tell that from a name that is not
    /// known.
    func isShort() -> Bool {
        if isExhausted { return true }
        var taken: [Int32] = []
        defer { for descriptor in taken { Glibc.close(descriptor) } }
        while taken.count < Self.needs {
            let descriptor = eventfd(0, Int32(EFD_CLOEXEC))
            guard descriptor >= 0 else { return Shortage.isShortage(errno) }
            taken.append(descriptor)
        }
        return false
    }

    private func noted() -> Int32? {
        noteExhaustion()
        return nil
    }
}
