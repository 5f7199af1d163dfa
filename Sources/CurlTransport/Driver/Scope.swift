import CCurl
import Router

/// The connections, TLS sessions and spare handles of one ``ScopeKey``; shared with no other.
///
/// Belongs to the driver thread, and must be freed by ``close()`` there: libcurl does work when it frees.
final class Scope {
    let key: ScopeKey
    let multi: OpaquePointer
    /// When libcurl wants to be called though nothing happened.
    private(set) var deadline: UInt64 = .max
    /// Exchanges inside the multi handle.
    private(set) var runningCount = 0
    private(set) var lastUsed: UInt64 = 0

    private let share: OpaquePointer
    private let index: UInt32
    private let poller: Poller
    private let rules: CurlPolicy
    private var spare: [Slot] = []

    /// `nil` only if memory is out.
    init?(_ key: ScopeKey, index: UInt32, poller: Poller, rules: CurlPolicy) {
        guard let multi = curl_multi_init() else { return nil }
        guard let share = curl_share_init() else {
            curl_multi_cleanup(multi)
            return nil
        }
        self.key = key
        self.multi = multi
        self.share = share
        self.index = index
        self.poller = poller
        self.rules = rules
        // No locks: everything that uses the share runs on this thread. DNS answers are shared by the multi handle.
        ccurl_share(share, CURL_LOCK_DATA_SSL_SESSION)
        // What many scopes keep idle together must leave room for what is under way.
        let idle = min(rules.configuration.idleConnectionsPerScope, max(1, rules.configuration.maximumConnections / 16))
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, idle)
        ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, 0)
        let owner = Unmanaged.passUnretained(self).toOpaque()
        ccurl_multi_on_socket(multi, scopeSocketChanged, owner)
        ccurl_multi_on_timer(multi, scopeTimerChanged, owner)
    }

    var room: SocketRoom { rules.room }
    var trust: CurlLibrary.Trust { rules.trust }

    /// A handle that carries nothing of an earlier exchange; `nil` only if memory is out.
    func slot() -> Slot? {
        spare.popLast() ?? Slot(scope: self, share: share)
    }

    /// Puts an exchange on the wire; libcurl starts it when its timer is served.
    func start(_ slot: Slot, _ job: Job, now: UInt64) -> TransportFailure? {
        lastUsed = now
        if let fault = slot.prepare(job, rules) { return fault }
        guard curl_multi_add_handle(multi, slot.easy) == CURLM_OK else {
            return Shortage.failure
        }
        runningCount += 1
        return nil
    }

    /// Takes an exchange off the wire, whatever its state.
    func remove(_ slot: Slot, now: UInt64) {
        curl_multi_remove_handle(multi, slot.easy)
        runningCount -= 1
        lastUsed = now
    }

    /// Keeps a slot for the next exchange, or frees it.
    func recycle(_ slot: Slot) {
        slot.clear()
        if spare.count < 64 { spare.append(slot) } else { slot.close() }
    }

    /// Something happened on a descriptor.
    func socketReady(_ descriptor: Int32, events: UInt32) {
        var flags: Int32 = 0
        if events & EPOLLIN.rawValue != 0 { flags |= CURL_CSELECT_IN }
        if events & EPOLLOUT.rawValue != 0 { flags |= CURL_CSELECT_OUT }
        // Together with IN, so that bytes which arrived before a reset are still read.
        if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { flags |= CURL_CSELECT_ERR | CURL_CSELECT_IN }
        var running: Int32 = 0
        curl_multi_socket_action(multi, descriptor, flags, &running)
    }

    /// Serves libcurl's timer if it is due.
    func serveTimer(now: UInt64) {
        guard deadline <= now else { return }
        deadline = .max
        var running: Int32 = 0
        curl_multi_socket_action(multi, CURL_SOCKET_BAD, 0, &running)
    }

    /// The next finished exchange and libcurl's code.
    func nextDone() -> (Slot, CURLcode)? {
        var code = CURLE_OK
        while let easy = ccurl_multi_next_done(multi, &code) {
            guard let owner = ccurl_get_owner(easy) else { continue }
            return (Unmanaged<Slot>.fromOpaque(owner).takeUnretainedValue(), code)
        }
        return nil
    }

    /// Frees everything.
    ///
    /// No exchange may be running.
    func close() {
        for slot in spare { slot.close() }
        spare = []
        curl_multi_cleanup(multi)
        curl_share_cleanup(share)
    }

    fileprivate func watch(_ descriptor: Int32, what: Int32) {
        switch what {
        case CURL_POLL_REMOVE: poller.forget(descriptor)
        case CURL_POLL_IN: poller.watch(descriptor, for: EPOLLIN.rawValue, mark: mark(descriptor))
        case CURL_POLL_OUT: poller.watch(descriptor, for: EPOLLOUT.rawValue, mark: mark(descriptor))
        default: poller.watch(descriptor, for: EPOLLIN.rawValue | EPOLLOUT.rawValue, mark: mark(descriptor))
        }
    }

    fileprivate func setTimer(milliseconds: Int) {
        deadline = milliseconds < 0 ? .max : Monotonic.now() &+ UInt64(milliseconds) &* 1_000_000
    }

    private func mark(_ descriptor: Int32) -> UInt64 {
        UInt64(index) << 32 | UInt64(UInt32(bitPattern: descriptor))
    }
}

private func scopeSocketChanged(
    _ easy: OpaquePointer?, _ descriptor: curl_socket_t, _ what: Int32, _ owner: UnsafeMutableRawPointer?,
    _ mark: UnsafeMutableRawPointer?
) -> Int32 {
    guard let owner else { return -1 }
    Unmanaged<Scope>.fromOpaque(owner).takeUnretainedValue().watch(descriptor, what: what)
    return 0
}

private func scopeTimerChanged(
    _ multi: OpaquePointer?, _ milliseconds: Int, _ owner: UnsafeMutableRawPointer?
) -> Int32 {
    guard let owner else { return -1 }
    Unmanaged<Scope>.fromOpaque(owner).takeUnretainedValue().setTimer(milliseconds: milliseconds)
    return 0
}
