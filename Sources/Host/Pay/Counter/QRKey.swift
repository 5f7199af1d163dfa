import Router

/// The key in the address of an app's static QR code, `qr_sandbox_xof_...`.
///
/// The currency is part of the key, so whoever changes it has no key any more.
struct QRKey: Sendable, Hashable {
    let currency: Currency
    /// The first characters, by which people tell one code from another.
    let prefix: String

    /// How many random characters are shown of a key.
    static let shown = 6

    /// Takes a key apart; whether there is such a key, only ``KeyRing`` knows.
    init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "qr", let currency = Currency(code: parts[2].uppercased()) else {
            return nil
        }
        self.currency = currency
        prefix = parts[0..<3].joined(separator: "_") + "_" + parts[3].prefix(Self.shown)
    }

    /// What a key in an environment and a currency begins with.
    static func prefix(_ environment: PayEnvironment, _ currency: Currency) -> String {
        "qr_\(environment.rawValue)_\(currency.code.lowercased())_"
    }
}
