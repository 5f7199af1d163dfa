package import Router

/// Who calls: an app in one environment, by one kind of key.
package struct Caller: Sendable, Hashable {
    package var app: AppID
    package var environment: PayEnvironment
    package var role: AppKey.Role
    /// ISO code of the country whose phone numbers the app writes without the calling code.
    package var defaultCountry: String?
    /// The app's name, which payers are shown.
    package var shop: String?

    package init(
        app: AppID, environment: PayEnvironment, role: AppKey.Role, defaultCountry: String? = nil, shop: String? = nil
    ) {
        self.app = app
        self.environment = environment
        self.role = role
        self.defaultCountry = defaultCountry
        self.shop = shop
    }
}
