import Router
import WebText

/// Addresses that count as one client: an IPv4 address, or the 64 bits of IPv6 that one customer of a provider gets.
enum ClientGroup: Sendable, Hashable {
    case v4(UInt32)
    case v6(UInt64)

    init(_ address: NetworkAddress) {
        switch address.unmapped {
        case .v4(let bits): self = .v4(bits)
        case .v6(let high, _): self = .v6(high)
        }
    }
}
