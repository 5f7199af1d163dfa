import Glibc

@testable import Host

/// Ports for routers under test.
enum FreePort {
    /// A port that is free now, below those that the system gives to outgoing connections (32 768 and up on Linux):
    /// a connection of another test cannot take it before the router does.
    static func pick() throws -> Int {
        for _ in 0..<100 {
            let port = UInt16.random(in: 12_000..<32_000)
            if canBind(port) { return Int(port) }
        }
        throw StartFailure("no port is free")
    }

    private static func canBind(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
