import CCurl
import Glibc

extension Options {
    /// Lets libcurl call back into the dialogue, which must outlive the exchange.
    mutating func callbacks(to dialogue: MailDialogue) {
        let owner = Unmanaged.passUnretained(dialogue).toOpaque()
        note(ccurl_on_upload(easy, giveMessage, owner))
        note(ccurl_on_progress(easy, lookAtTheClock, owner))
        note(ccurl_on_socket(easy, openSocket, owner))
        note(ccurl_on_close(easy, closeSocket, Unmanaged.passUnretained(dialogue.room).toOpaque()))
        note(ccurl_on_debug(easy, takeCommand, owner))
        // Replies count by their code alone; their text would be written to standard output.
        note(ccurl_on_header(easy, ignoreBytes, owner))
        note(ccurl_on_body(easy, ignoreBytes, owner))
    }
}

private func dialogue(_ owner: UnsafeMutableRawPointer) -> MailDialogue {
    Unmanaged<MailDialogue>.fromOpaque(owner).takeUnretainedValue()
}

private func giveMessage(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ owner: UnsafeMutableRawPointer?
) -> Int {
    guard let owner, let bytes else { return Int(CURL_READFUNC_ABORT) }
    return dialogue(owner).take(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
}

/// Runs at least once a second.
private func lookAtTheClock(
    _ owner: UnsafeMutableRawPointer?, _ toCome: curl_off_t, _ came: curl_off_t, _ toGo: curl_off_t, _ went: curl_off_t
) -> Int32 {
    guard let owner, !dialogue(owner).mustEnd() else { return 1 }
    return 0
}

/// Runs for every address libcurl is about to connect to.
private func openSocket(
    _ owner: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let owner, let address, dialogue(owner).mayConnect(to: address) else { return CURL_SOCKET_BAD }
    if let descriptor = dialogue(owner).room.socket(for: address) { return descriptor }
    dialogue(owner).foundNoRoom()
    return CURL_SOCKET_BAD
}

/// Runs for every socket that ``openSocket`` gave.
private func closeSocket(_ room: UnsafeMutableRawPointer?, _ descriptor: curl_socket_t) -> Int32 {
    guard let room else { return close(descriptor) }
    return Unmanaged<SocketRoom>.fromOpaque(room).takeUnretainedValue().close(descriptor)
}

/// Which command a reply answers is to be had nowhere else; everything else that is remarked is ignored.
private func takeCommand(
    _ easy: OpaquePointer?, _ kind: curl_infotype, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int,
    _ owner: UnsafeMutableRawPointer?
) -> Int32 {
    guard kind == CURLINFO_HEADER_OUT, let owner else { return 0 }
    dialogue(owner).note(command: UnsafeRawBufferPointer(start: bytes, count: count))
    return 0
}

private func ignoreBytes(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ owner: UnsafeMutableRawPointer?
) -> Int { size * count }
