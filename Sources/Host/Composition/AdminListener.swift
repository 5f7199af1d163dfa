import Glibc
import Router

/// Where a router listens for those who run it: metrics, and whatever else is no caller's business.
///
/// It has a port of its own, so that a proxy in front of the router cannot lead there by mistake.
package struct AdminListener: Sendable {
    package var host: String
    /// 0 takes any free one.
    package var port: Int

    /// Chooses the port.
    ///
    /// - Parameters:
    ///   - host: Where to listen.
    ///   - port: The port that was named; `nil` means the one next to the router's own.
    ///   - routerPort: The router's own; 0 is any free one, and the neighbour is then any free one, too.
    ///   - givesWay: Whether another one will do where the neighbour is taken.
    init(host: String, port: Int?, nextTo routerPort: Int, givesWay: Bool) {
        self.host = host
        if let port {
            self.port = port
            return
        }
        let neighbour = Self.neighbour(of: routerPort)
        self.port = givesWay && Self.isTaken(host, neighbour) ? 0 : neighbour
    }

    /// The next port; the last one has its neighbour below.
    static func neighbour(of port: Int) -> Int { port == 0 ? 0 : port == 65_535 ? port - 1 : port + 1 }

    /// Whether somebody listens there; what cannot be told is for the server itself to find out.
    private static func isTaken(_ host: String, _ port: Int) -> Bool {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let first = found else { return false }
        defer { freeaddrinfo(first) }
        let descriptor = socket(first.pointee.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        return bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) != 0 && errno == EADDRINUSE
    }
}

/// The ports that a router really bound.
package struct ListeningPorts: Sendable, Hashable {
    package var port: Int
    package var admin: Int
}
