import Router

/// Where the members of a body stand that the core's refusals are about; they differ from call to call.
struct RefusalPlaces: Sendable {
    /// The wallet that money would leave.
    var source: String
    /// The wallet that money would reach.
    var target: String
    /// Members under other names than the core's own.
    var renamed: [RouteNeed: String] = [:]

    static let payment = RefusalPlaces(source: "/source/wallet", target: "/destination/wallet")
    static let payout = RefusalPlaces(source: "/source/wallet", target: "/party/wallet")
    static let transfer = RefusalPlaces(
        source: "/from/wallet", target: "/to/wallet",
        renamed: [
            .customerPhone: "/from/phone", .sourceToken: "/from/channel", .sourceWallet: "/from/wallet",
            .partyPhone: "/to/phone", .partyWallet: "/to/wallet",
        ])

    /// The pointer of a member that a provider cannot do without.
    func pointer(_ need: RouteNeed) -> String { renamed[need] ?? "/" + need.rawValue.replacing(".", with: "/") }

    /// The same as it is named in a sentence: `customer.phone`.
    func name(_ need: RouteNeed) -> String { String(pointer(need).dropFirst()).replacing("/", with: ".") }
}
