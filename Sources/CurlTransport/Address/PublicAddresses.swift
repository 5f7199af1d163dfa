import Router
import WebText

/// Which addresses belong to the public internet, for targets that callers name.
///
/// After the IANA special-purpose address registries (RFC 6890 and its successors). In doubt an address is not public.
extension NetworkAddress {
    /// Whether the address is global unicast and not set aside for anything.
    var isPublicUnicast: Bool {
        switch self {
        case .v4(let bits):
            !Self.reserved4.contains { bits >> (32 - $0.length) == $0.bits >> (32 - $0.length) }
        case .v6(let high, _):
            // Only 2000::/3 is given out. That leaves out ::, ::1, ::ffff:0:0/96, 64:ff9b::/96, fc00::/7, fe80::/10, ff00::/8.
            high >> 61 == 1 && !Self.reserved6.contains { high >> (64 - $0.length) == $0.bits >> (64 - $0.length) }
        }
    }

    private static let reserved4: [(bits: UInt32, length: UInt32)] = [
        (0x0000_0000, 8),  // this network
        (0x0A00_0000, 8),  // private
        (0x6440_0000, 10),  // carrier-grade NAT; holds a metadata service
        (0x7F00_0000, 8),  // loopback
        (0xA83F_8110, 32),  // 168.63.129.16, a metadata service
        (0xA9FE_0000, 16),  // link-local; holds metadata services
        (0xAC10_0000, 12),  // private
        (0xC000_0000, 24),  // protocol assignments; holds a metadata service
        (0xC000_0200, 24),  // documentation
        (0xC034_C100, 24),  // AMT relays
        (0xC058_6300, 24),  // 6to4 relays
        (0xC0A8_0000, 16),  // private
        (0xC612_0000, 15),  // benchmarks
        (0xC633_6400, 24),  // documentation
        (0xCB00_7100, 24),  // documentation
        (0xE000_0000, 4),  // multicast
        (0xF000_0000, 4),  // reserved, broadcast
    ]

    private static let reserved6: [(bits: UInt64, length: UInt64)] = [
        (0x2001_0000_0000_0000, 23),  // protocol assignments: Teredo, ORCHID, benchmarks
        (0x2001_0DB8_0000_0000, 32),  // documentation
        (0x2002_0000_0000_0000, 16),  // 6to4: an IPv4 address in disguise
        (0x3FFF_0000_0000_0000, 20),  // documentation
    ]
}
