package import Router

/// Who calls: an app in one environment, by one kind of key.
package struct Caller: Sendable, Hashable {
    package var app: AppID
    package var environment: Mode
    package var role: AppKey.Role
    /// The app's name, which payers are shown.
    package var shop: String?

    package init(app: AppID, environment: Mode, role: AppKey.Role, shop: String? = nil) {
        self.app = app
        self.environment = environment
        self.role = role
        self.shop = shop
    }
}
