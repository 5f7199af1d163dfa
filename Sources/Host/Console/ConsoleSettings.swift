/// What developers may do: `console` of `providers.json`.
package struct ConsoleSettings: Sendable, Hashable {
    /// What the platform calls itself to developers and staff.
    package var name = standardName
    /// Whether developers sign up by themselves; needs a mail gateway.
    package var isSignUpOpen = false
    /// How many apps a developer may have.
    package var mostApps = standardMostApps
    /// Whether a developer's app works in production only once it is linked to a business wallet.
    package var requiresWallet = true

    /// The name where the configuration has none.
    package static let standardName = "Payrouter"
    package static let standardMostApps = 10

    package init() {}
}
