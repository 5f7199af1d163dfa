import Router

extension FileModel {
    /// People who have wallets of their own here; left out where nobody signs up.
    struct Holders: Decodable {
        var environment: PayEnvironment
        /// The name of the app that their wallets belong to; made at the first start.
        var app: String?
        /// ISO codes; the first one is a new holder's.
        var currencies: [String]
        /// Whose national phone numbers are read.
        var defaultCountry: String?
        /// Whether signing in tells an unknown user (404) from a wrong password (401).
        var tellUnknownUsers: Bool?

        enum CodingKeys: String, CodingKey {
            case environment, app, currencies
            case defaultCountry = "default_country"
            case tellUnknownUsers = "tell_unknown_users"
        }
    }
}
