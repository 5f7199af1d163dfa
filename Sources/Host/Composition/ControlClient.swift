import Glibc
package import Router

/// Talks to a running router over its control socket: one request, one answer, then the connection ends.
package struct ControlClient: Sendable {
    private let socket: ControlSocket

    package init(path: String) { socket = ControlSocket(path: path) }

    /// Sends a request.
    ///
    /// - Returns: The answer, or `nil` if no router listens there.
    package func send(_ method: String, _ target: String, _ body: JSONValue?) -> APIResponse? {
        guard let descriptor = connected() else { return nil }
        defer { close(descriptor) }
        let bytes = body?.serialized() ?? []
        let head =
            "\(method) \(target) HTTP/1.1\r\nHost: control\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(bytes.count)\r\n\r\n"
        guard writeAll(descriptor, Array(head.utf8) + bytes), let answer = readAll(descriptor) else { return nil }
        return Self.parse(answer)
    }

    /// Whether a router listens there.
    package var isAnswered: Bool {
        guard let descriptor = connected() else { return false }
        close(descriptor)
        return true
    }

    private func connected() -> Int32? {
        let name = socket.address()
        // The name is worth something only while it is held.
        defer { withExtendedLifetime(name) {} }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(name.text.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private func readAll(_ descriptor: Int32) -> [UInt8]? {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { return nil }
            guard count > 0 else { return result }
            result += buffer[..<count]
        }
    }

    /// Our own server answers with a length and closes; more of HTTP is not needed here.
    private static func parse(_ bytes: [UInt8]) -> APIResponse? {
        let mark: [UInt8] = [13, 10, 13, 10]
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        return APIResponse(status: status, body: Array(bytes[(end + 4)...]))
    }
}
