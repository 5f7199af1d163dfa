import Glibc
import Router
import WebText

extension NetworkAddress {
    /// Reads a socket address; `nil` if it is not IP.
    init?(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET: self = .v4(UInt32(bigEndian: raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6:
            self = withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr) {
                NetworkAddress(networkOrder: $0)
            }
        default: return nil
        }
    }
}
