extension FileModel {
    /// What developers may do in the console, and what the platform calls itself there.
    struct Console: Decodable {
        /// What the platform calls itself to developers and staff.
        var name: String?
        /// Whether developers sign up by themselves.
        var developers: Bool?
        /// How many apps a developer may have.
        var maxApps: Int64?
        /// Whether a developer's app works in production only once it is linked to a business wallet.
        var walletRequired: Bool?

        enum CodingKeys: String, CodingKey {
            case name, developers
            case maxApps = "max_apps"
            case walletRequired = "wallet_required"
        }
    }
}
