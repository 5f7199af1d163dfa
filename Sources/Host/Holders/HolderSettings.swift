package import Router

/// How people have wallets of their own here.
package struct HolderSettings: Sendable, Hashable {
    package var environment: PayEnvironment
    /// The name of the app that their wallets belong to.
    package var app: String
    /// In which wallets are opened; the first one is a new holder's, unless another is wished.
    ///
    /// Never empty.
    package var currencies: [Currency]
    /// ISO code of the country whose phone numbers are written without the calling code.
    package var defaultCountry: String?
    /// Whether signing in tells an unknown user from a wrong password.
    package var tellsUnknownUsers: Bool

    /// The app's name where the configuration has none.
    package static let standardApp = "Wallets"

    package init(
        environment: PayEnvironment, app: String, currencies: [Currency], defaultCountry: String?,
        tellsUnknownUsers: Bool
    ) {
        self.environment = environment
        self.app = app
        self.currencies = currencies
        self.defaultCountry = defaultCountry
        self.tellsUnknownUsers = tellsUnknownUsers
    }
}
