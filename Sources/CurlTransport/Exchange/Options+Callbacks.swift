import CCurl
import Glibc
import Router

extension Options {
    /// Lets libcurl call back into the slot, which must outlive the exchange.
    mutating func callbacks(to slot: Slot) {
        let owner = Unmanaged.passUnretained(slot).toOpaque()
        note(ccurl_set_owner(easy, owner))
        note(ccurl_on_header(easy, takeHeaderLine, owner))
        note(ccurl_on_body(easy, takeBody, owner))
        note(ccurl_on_request(easy, askGate, owner))
        note(ccurl_on_socket(easy, openSocket, owner))
        // The connection may outlive the slot's exchange; the room outlives both.
        note(ccurl_on_close(easy, closeSocket, Unmanaged.passUnretained(slot.scope.room).toOpaque()))
        note(ccurl_on_debug(easy, takeRemark, owner))
    }
}

private func slot(_ owner: UnsafeMutableRawPointer) -> Slot {
    Unmanaged<Slot>.fromOpaque(owner).takeUnretainedValue()
}

/// Runs immediately before the first byte of the request (C2).
///
/// Whoever comes a second time does not get through.
private func askGate(
    _ owner: UnsafeMutableRawPointer?, _ peer: UnsafeMutablePointer<CChar>?, _ own: UnsafeMutablePointer<CChar>?,
    _ peerPort: Int32, _ ownPort: Int32
) -> Int32 {
    guard let owner else { return CURL_PREREQFUNC_ABORT }
    return slot(owner).mayBegin() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

/// Runs for every address libcurl is about to connect to.
private func openSocket(
    _ owner: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let owner, let address, slot(owner).mayConnect(to: address) else { return CURL_SOCKET_BAD }
    if let descriptor = slot(owner).scope.room.socket(for: address) { return descriptor }
    slot(owner).fault = Shortage.failure
    return CURL_SOCKET_BAD
}

/// Runs for every socket that ``openSocket`` gave.
private func closeSocket(_ room: UnsafeMutableRawPointer?, _ descriptor: curl_socket_t) -> Int32 {
    guard let room else { return close(descriptor) }
    return Unmanaged<SocketRoom>.fromOpaque(room).takeUnretainedValue().close(descriptor)
}

private func takeHeaderLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ owner: UnsafeMutableRawPointer?
) -> Int {
    guard let owner else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return slot(owner).reader.takeHeaderLine(line) ? line.count : 0
}

private func takeBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ owner: UnsafeMutableRawPointer?
) -> Int {
    guard let owner else { return 0 }
    let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return slot(owner).reader.takeBody(part) ? part.count : 0
}

/// Two facts are found only in libcurl's remarks; everything else it remarks is ignored.
private func takeRemark(
    _ easy: OpaquePointer?, _ kind: curl_infotype, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int,
    _ owner: UnsafeMutableRawPointer?
) -> Int32 {
    guard kind == CURLINFO_TEXT, let owner else { return 0 }
    if let remark = Remark(UnsafeRawBufferPointer(start: bytes, count: count)) { slot(owner).reader.note(remark) }
    return 0
}
