import Glibc

/// The server's end of one connection, used by one thread: reads requests, writes whatever the script says.
package final class Peer {
    /// What a request looked like when it had come as far as the script wanted.
    package struct Request: Sendable {
        package var path: String
        package var head: String
        package var body: [UInt8]
    }

    private let descriptor: Int32
    private let books: Books
    private var buffer: [UInt8] = []
    private var isClosed = false

    init(descriptor: Int32, books: Books) {
        self.descriptor = descriptor
        self.books = books
    }

    /// Reads a whole request and notes it in the books; `nil` if the client goes away first.
    package func readRequest() -> Request? {
        guard let head = readHead() else { return nil }
        return readBody(of: head)
    }

    /// Reads the body that ``readHead()`` left unread and notes the whole request in the books.
    package func readBody(of head: Request) -> Request? {
        var request = head
        let length = Self.contentLength(request.head)
        while buffer.count < length { guard readMore() else { return nil } }
        request.body = Array(buffer[..<length])
        buffer.removeFirst(length)
        books.noteFull(request.path)
        return request
    }

    /// Reads up to the blank line and notes that a request has begun; the body stays unread.
    package func readHead() -> Request? {
        var isNoted = false
        while true {
            if !buffer.isEmpty, !isNoted {
                books.noteBegun()
                isNoted = true
            }
            if let end = Self.endOfHead(buffer) {
                let head = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end)
                let path = head.split(separator: " ", maxSplits: 2).dropFirst().first.map(String.init) ?? ""
                books.noteHead(path)
                return Request(path: path, head: head, body: [])
            }
            guard readMore() else { return nil }
        }
    }

    /// Reads the body that ``readHead()`` left unread.
    package func skipBody(of request: Request) {
        let length = Self.contentLength(request.head)
        while buffer.count < length { guard readMore() else { return } }
        buffer.removeFirst(length)
    }

    package func write(_ text: String) { write(Array(text.utf8)) }

    package func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                send(descriptor, raw.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Waits until the client closes; anything it says meanwhile is noted as a surplus.
    package func waitForEnd() {
        while readMore() {}
        if !buffer.isEmpty { books.noteBegun() }
    }

    /// Waits until the client closes, whatever it says.
    package func drain() { while readMore() {} }

    /// Lets up to this long pass; `false` as soon as the client has closed.
    package func pace(milliseconds: Int32) -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&poller, 1, milliseconds) == 0
    }

    /// Waits until something of a request has come, and reads none of it.
    package func waitForBytes() {
        guard buffer.isEmpty else { return }
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&poller, 1, 10_000) < 0, errno == EINTR {}
    }

    /// Ends the connection with a reset.
    package func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// Ends the connection in order.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        books.forget(descriptor)
        Glibc.close(descriptor)
    }

    private func readMore() -> Bool {
        guard !isClosed else { return false }
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer.append(contentsOf: chunk[..<count])
        return true
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
    }

    private static func contentLength(_ head: String) -> Int {
        for line in head.split(whereSeparator: \.isNewline) where line.lowercased().hasPrefix("content-length:") {
            return Int(line.dropFirst("content-length:".count).drop { $0 == " " }) ?? 0
        }
        return 0
    }
}
