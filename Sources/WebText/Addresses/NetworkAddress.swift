import Glibc

/// An IP address as numbers; the one parser of addresses in the router.
public enum NetworkAddress: Sendable, Hashable {
    /// IPv4.
    case v4(UInt32)
    /// IPv6, in network order.
    case v6(high: UInt64, low: UInt64)

    /// Reads the standard spellings: dotted decimal, and RFC 4291 without zone or port, with brackets or without.
    ///
    /// Other spellings are `nil`.
    public init?(_ text: String) {
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]") && text.utf8.count > 2
        let bare = isBracketed ? String(text.dropFirst().dropLast()) : text
        // A NUL would end the text early for the C function.
        guard bare.utf8.count <= 45, bare.utf8.allSatisfy(Self.mayStand) else { return nil }
        var four = in_addr()
        var six = in6_addr()
        if !isBracketed, inet_pton(AF_INET, bare, &four) == 1 {
            self = .v4(UInt32(bigEndian: four.s_addr))
        } else if inet_pton(AF_INET6, bare, &six) == 1 {
            self = withUnsafeBytes(of: six) { NetworkAddress(networkOrder: $0) }
        } else {
            return nil
        }
    }

    /// Takes the sixteen bytes of an IPv6 address in network order.
    package init(networkOrder bytes: UnsafeRawBufferPointer) {
        self = .v6(
            high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    private static func mayStand(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66, UInt8(ascii: "."), UInt8(ascii: ":"): true
        default: false
        }
    }

    /// The IPv4 address where this is one mapped into IPv6 (`::ffff:0:0/96`); otherwise itself.
    ///
    /// Both are the same peer, so whoever compares peers compares these.
    public var unmapped: NetworkAddress {
        guard case .v6(0, let low) = self, low >> 32 == 0xFFFF else { return self }
        return .v4(UInt32(truncatingIfNeeded: low))
    }

    /// Whether the address is this machine.
    public var isLoopback: Bool {
        switch self {
        case .v4(let bits): bits >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }
}

extension NetworkAddress: CustomStringConvertible {
    /// The usual spelling: the same address always gives the same text.
    public var description: String {
        switch self {
        case .v4(let bits):
            return [24, 16, 8, 0].map { String(bits >> $0 & 0xFF) }.joined(separator: ".")
        case .v6(let high, let low):
            var address = in6_addr()
            withUnsafeMutableBytes(of: &address) { bytes in
                bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
                bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            guard inet_ntop(AF_INET6, &address, &text, socklen_t(text.count)) != nil else { return "" }
            return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// The network it lies in, for logs: 24 bits of IPv4, 48 of IPv6.
    ///
    /// Enough to find whose it is, too little to name a person.
    public var shortened: String {
        switch unmapped {
        case .v4(let bits): "\(NetworkAddress.v4(bits & 0xFFFF_FF00))/24"
        case .v6(let high, _): "\(NetworkAddress.v6(high: high & ~0xFFFF, low: 0))/48"
        }
    }
}
