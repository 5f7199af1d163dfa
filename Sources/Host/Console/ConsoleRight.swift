package import Router

/// What a call of the console needs: each route names one, and ``isGranted(to:)`` is the only place that says who has it.
package enum ConsoleRight: String, Sendable, Hashable, CaseIterable {
    /// Anybody, signed in or not.
    case anybody
    /// Whoever is signed in: their own account.
    case signedIn
    /// Having apps.
    case ownApps
    /// Orders, what became of them, webhooks, the trail: developers those of their apps, staff all.
    case read
    /// Refunds, captures, releases, checks: developers those of their apps.
    case moveMoney
    /// Whole phone numbers, and exports that hold them.
    case revealPhones
    /// What waits for people, providers, all of the platform's figures.
    case readPlatform
    /// Signing what was found out about money.
    case signReviews
    /// Webhooks: developers those of their apps.
    case changeWebhooks
    /// Draining and resuming providers, trying them, making snapshots anew.
    case operate
    /// Other accounts and their roles.
    case administer

    /// Whether only people who run the platform have it.
    package var isForStaff: Bool {
        switch self {
        case .anybody, .signedIn, .ownApps, .read, .moveMoney, .changeWebhooks: false
        case .revealPhones, .readPlatform, .signReviews, .operate, .administer: true
        }
    }

    /// Whether an account with these roles has it.
    ///
    /// - Parameter roles: Those that count where the call was made; `nil` where nobody is signed in.
    /// - Returns: Whether one of them has it.
    package func isGranted(to roles: Set<AccountRole>?) -> Bool {
        guard let roles else { return self == .anybody }
        return switch self {
        case .anybody, .signedIn: true
        case .ownApps: Self.has(roles, .developer, .admin)
        case .read: !roles.isEmpty
        case .moveMoney: Self.has(roles, .developer, .finance, .admin)
        case .revealPhones, .signReviews: Self.has(roles, .finance, .admin)
        case .readPlatform: Self.has(roles, .support, .finance, .admin)
        case .changeWebhooks: Self.has(roles, .developer, .admin)
        case .operate, .administer: Self.has(roles, .admin)
        }
    }

    /// Whether an account with these roles has it for the apps of everybody; else for its own, if at all.
    ///
    /// Somebody with two roles has each right as far as the role goes that gives it.
    package func reachesAll(_ roles: Set<AccountRole>) -> Bool {
        switch self {
        case .anybody, .signedIn: false
        case .ownApps, .changeWebhooks: Self.has(roles, .admin)
        case .read: Self.has(roles, .support, .finance, .admin)
        case .moveMoney: Self.has(roles, .finance, .admin)
        case .revealPhones, .readPlatform, .signReviews, .operate, .administer: isGranted(to: roles)
        }
    }

    private static func has(_ roles: Set<AccountRole>, _ wanted: AccountRole...) -> Bool {
        wanted.contains { roles.contains($0) }
    }
}
