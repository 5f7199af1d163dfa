import CCurl
import Glibc

/// epoll, with a 64-bit mark per descriptor instead of a pointer: a stale mark is harmless.
///
/// Belongs to the driver thread.
final class Poller {
    private let epoll: Int32
    private let events: UnsafeMutableBufferPointer<epoll_event>
    /// Descriptors believed to be watched, so that the right operation is usually tried first.
    private var watched: Set<Int32> = []

    /// Opens the descriptor that an instance is made of; whoever makes the instance gives it away.
    static func open() throws(CurlStartError) -> Int32 {
        let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw CurlStartError(.descriptors, code: errno) }
        return epoll
    }

    init(owning epoll: Int32) {
        self.epoll = epoll
        events = .allocate(capacity: 256)
        events.initialize(repeating: epoll_event())
    }

    deinit {
        events.deallocate()
        close(epoll)
    }

    /// Starts or changes what a descriptor is watched for.
    func watch(_ descriptor: Int32, for interest: UInt32, mark: UInt64) {
        let isNew = watched.insert(descriptor).inserted
        if ccurl_epoll(epoll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, interest, mark) == 0 { return }
        // The descriptor was closed, or opened anew, behind our back.
        _ = ccurl_epoll(epoll, isNew ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, interest, mark)
    }

    func forget(_ descriptor: Int32) {
        guard watched.remove(descriptor) != nil else { return }
        _ = ccurl_epoll(epoll, EPOLL_CTL_DEL, descriptor, 0, 0)
    }

    /// Waits and hands out what happened; a negative time-out waits for ever.
    func wait(milliseconds: Int32, _ handle: (_ mark: UInt64, _ events: UInt32) -> Void) {
        let count = epoll_wait(epoll, events.baseAddress, Int32(events.count), milliseconds)
        for index in 0..<Int(max(count, 0)) {
            var event = events[index]
            handle(ccurl_epoll_mark(&event), event.events)
        }
    }
}
