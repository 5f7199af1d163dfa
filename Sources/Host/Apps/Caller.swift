package import Router

/// Who calls: an app in one environment, by one kind of key.
package struct Caller: Sendable, Hashable {
    package var app: AppID
    package var environment: Mode
    package var role: AppKey.Role

    package init(app: AppID, environment: Mode, role: AppKey.Role) {
        self.app = app
        self.environment = environment
        self.role = role
    }
}
