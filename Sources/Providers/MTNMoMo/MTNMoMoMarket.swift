/// A country that the operator serves, as its target environment names it.
struct MTNMoMoMarket: Sendable, Hashable {
    /// ISO 3166 code of the wallets' phone numbers.
    let country: String
    /// ISO 4217 code of the wallets' money.
    let currency: String
    /// The largest amount in minor units unless a setting says otherwise.
    ///
    /// A guard against slips, worth some thousands to some ten thousands of dollars. The operator's own limits depend on the
    /// wallet and are published nowhere; what is above them it refuses.
    let maximum: Int64

    /// The guard where a currency's minor units are worth enough, and where nothing is known of the market.
    static let usualMaximum: Int64 = 100_000_000

    private init(_ country: String, _ currency: String, maximum: Int64 = usualMaximum) {
        self.country = country
        self.currency = currency
        self.maximum = maximum
    }

    /// Every target environment of production, by its name.
    static let all: [String: MTNMoMoMarket] = [
        "mtnbenin": .init("BJ", "XOF"), "mtncameroon": .init("CM", "XAF"), "mtncongo": .init("CG", "XAF"),
        "mtnghana": .init("GH", "GHS"), "mtnguineaconakry": .init("GN", "GNF"), "mtnivorycoast": .init("CI", "XOF"),
        "mtnliberia": .init("LR", "LRD", maximum: 300_000_000),
        "mtnnigeria": .init("NG", "NGN", maximum: 2_000_000_000), "mtnrwanda": .init("RW", "RWF"),
        "mtnsouthafrica": .init("ZA", "ZAR"), "mtnsouthsudan": .init("SS", "SSP", maximum: 5_000_000_000),
        "mtnswaziland": .init("SZ", "SZL"), "mtnuganda": .init("UG", "UGX"), "mtnzambia": .init("ZM", "ZMW"),
    ]
}
