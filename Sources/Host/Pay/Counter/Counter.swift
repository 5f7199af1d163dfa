import Router

/// What a static QR code leads to: a shop that takes whatever amount its payer types.
struct Counter: Sendable {
    var app: AppID
    var environment: PayEnvironment
    var currency: Currency
    /// The app's name.
    var shop: String
    /// Whose the wallet is that takes the money, where that is somebody else.
    var owner: String?
    /// The wallet that takes the money; `nil` for the app's own account.
    var wallet: WalletID?
    /// The beginning of the code's key; `nil` for the code of a wallet.
    var code: String?
    /// ISO code of the country whose phone numbers payers may write without the calling code.
    var defaultCountry: String?
    /// The page's own path.
    var path: String

    /// What the metadata of every payment of a static QR code say.
    static let source = "static_qr"

    /// What tells a payment's reader where it came from.
    var metadata: [String: String] {
        var all = ["source": Self.source]
        all["qr"] = code
        return all
    }
}
