/// One address or a network of addresses (RFC 4632), such as `10.0.0.0/8` or `2001:db8::/32`.
///
/// An IPv4 network mapped into IPv6 is that IPv4 network.
public struct NetworkRange: Sendable, Hashable {
    /// The first address.
    public let first: NetworkAddress
    /// How many leading bits are the network's: up to 32 of IPv4, up to 128 of IPv6.
    public let length: Int

    /// This machine, in both spellings.
    public static let loopback = [
        NetworkRange(first: .v4(0x7F00_0000), length: 8), NetworkRange(.v6(high: 0, low: 1)),
    ]

    /// The range that holds this address alone.
    public init(_ address: NetworkAddress) {
        let address = address.unmapped
        self.init(first: address, length: Self.bits(address))
    }

    /// Reads an address, or an address with a prefix length and no bits beyond it.
    ///
    /// Other texts are `nil`.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let stated = NetworkAddress(parts[0]) else { return nil }
        guard parts.count > 1 else {
            self.init(stated)
            return
        }
        guard parts.count == 2, var length = Int(parts[1]), String(length) == parts[1], length >= 0,
            length <= Self.bits(stated)
        else { return nil }
        var address = stated
        if stated.unmapped != stated, length >= 96 { (address, length) = (stated.unmapped, length - 96) }
        guard Self.masked(address, length) == address else { return nil }
        self.init(first: address, length: length)
    }

    private init(first: NetworkAddress, length: Int) {
        self.first = first
        self.length = length
    }

    /// Whether an address lies in it.
    public func contains(_ address: NetworkAddress) -> Bool {
        let address = address.unmapped
        return Self.bits(address) == Self.bits(first) && Self.masked(address, length) == first
    }

    /// Whether one of the two lies within the other; networks overlap in no other way.
    public func overlaps(_ other: NetworkRange) -> Bool {
        contains(other.first) && length <= other.length || other.contains(first) && other.length <= length
    }

    private static func bits(_ address: NetworkAddress) -> Int {
        switch address {
        case .v4: 32
        case .v6: 128
        }
    }

    /// The address with every bit after the first `length` cleared.
    private static func masked(_ address: NetworkAddress, _ length: Int) -> NetworkAddress {
        switch address {
        case .v4(let bits): .v4(length == 0 ? 0 : bits & (UInt32.max << UInt32(32 - length)))
        case .v6(let high, let low):
            .v6(
                high: high & mask(min(64, length)), low: low & mask(max(0, length - 64)))
        }
    }

    private static func mask(_ length: Int) -> UInt64 { length == 0 ? 0 : UInt64.max << UInt64(64 - length) }
}

extension NetworkRange: CustomStringConvertible {
    /// As it is written in settings.
    public var description: String { length == Self.bits(first) ? "\(first)" : "\(first)/\(length)" }
}
