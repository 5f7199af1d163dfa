import Foundation

/// A plain HTTP/1.1 client on a real socket, which reports exactly how an exchange ended.
enum Wire {
    /// A complete answer.
    struct Reply: Sendable {
        var status: Int
        var headers: [String: String]
        var body: Data

        var json: JSON { JSON(body) }
        var text: String { String(decoding: body, as: UTF8.self) }
        func header(_ name: String) -> String? { headers[name.lowercased()] }
    }

    /// How an exchange ended.
    enum Ending: Sendable {
        case answered(Reply)
        /// The connection closed before a single byte came.
        case dropped
        /// The connection closed before the announced end.
        case cut(announced: Int, received: Int)
        /// The test's own guard: nothing happened for ten seconds.
        case stuck

        /// The answer, if there is one.
        var reply: Reply? { if case .answered(let reply) = self { reply } else { nil } }
        var isDropped: Bool { if case .dropped = self { true } else { false } }
        var isCut: Bool { if case .cut(let announced, let received) = self { received < announced } else { false } }
    }

    /// Sends one request on a connection of its own.
    static func exchange(
        port: Int, _ method: String, _ target: String, headers: [String: String] = [:], body: Data = Data()
    ) async -> Ending {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(body.count)\r\n\r\n"
        let request = Data(head.utf8) + body
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: blocking(port, request)) }
        }
    }

    private static func blocking(_ port: Int, _ request: Data) -> Ending {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(file) }
        var guardTime = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &guardTime, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return .dropped }
        let sent = request.withUnsafeBytes { send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard sent == request.count else { return .dropped }
        var received = Data()
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(file, &chunk, chunk.count, 0)
            if count < 0 && errno == EAGAIN { return .stuck }
            if count <= 0 { return ending(received) }
            received += chunk[..<count]
            if case .answered(let reply) = ending(received) { return .answered(reply) }
        }
    }

    private static func ending(_ received: Data) -> Ending {
        guard !received.isEmpty else { return .dropped }
        guard let gap = received.range(of: Data("\r\n\r\n".utf8)) else {
            return .cut(announced: .max, received: received.count)
        }
        let lines = String(decoding: received[..<gap.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        let body = received[gap.upperBound...]
        let announced = headers["content-length"].flatMap { Int($0) } ?? 0
        guard body.count >= announced else { return .cut(announced: announced, received: body.count) }
        let status = Int(lines[0].split(separator: " ")[1]) ?? 0
        return .answered(Reply(status: status, headers: headers, body: Data(body.prefix(announced))))
    }
}
