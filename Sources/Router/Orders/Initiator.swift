/// Who began an order.
package enum Initiator: Sendable, Hashable {
    /// An app, with its secret key.
    case secretKey
    /// A browser, with an app's publishable key.
    case publishableKey
    /// A holder, signed in.
    case holder(AccountID)
    /// Somebody signed in to the console: a developer, or staff of the platform.
    case console(AccountID)
    /// Whoever had a bill's code, or typed an amount behind a static QR code; nobody knows who that is.
    case payer
    /// The router by itself, because it owed this: what was accepted is collected, what was not is given back.
    case router

    /// As callers read it.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case appKey = "app_key"
        case holder, console, payer, router
    }

    /// Which key of an app, as callers read it.
    package enum Key: String, Sendable, Hashable, CaseIterable { case secret, publishable }

    package var kind: Kind {
        switch self {
        case .secretKey, .publishableKey: .appKey
        case .holder: .holder
        case .console: .console
        case .payer: .payer
        case .router: .router
        }
    }

    /// The key of the app; `nil` where it was none.
    package var key: Key? {
        switch self {
        case .secretKey: .secret
        case .publishableKey: .publishable
        case .holder, .console, .payer, .router: nil
        }
    }
}

extension Order {
    /// Who began it.
    ///
    /// It follows from what the order was accepted with; what a payer did since, such as paying out of a wallet, changes
    /// nothing. The parts of a transfer were begun by whoever began that, but for what gives the money back.
    package var begunBy: Initiator {
        if let account = request.initiator { return request.origin == .console ? .console(account) : .holder(account) }
        if kind.hasParent, OwnKey.isOne(idempotencyKey) { return .router }
        switch request.origin {
        case .staticQR, .operatorMenu: return .payer
        case .publishableKey: return .publishableKey
        case .console: return .secretKey
        case nil where request.bill != nil: return .payer
        case nil: return request.needsAcceptance ? .publishableKey : .secretKey
        }
    }

    /// Who began an order of this transfer.
    package func begun(_ leg: FollowUp) -> Initiator { leg.kind == .refund ? .router : begunBy }
}

/// Idempotency keys of what the router begins by itself; callers' keys hold no control characters.
enum OwnKey {
    private static let mark: UInt8 = 0x1F

    /// The key of a duty, such as `accepted`, among those of its payment's follow-ups.
    static func of(_ duty: String) -> String { "\u{1F}" + duty }

    /// Whether an order's key is one of these, behind the payment's id and a mark.
    static func isOne(_ key: String) -> Bool {
        zip(key.utf8, key.utf8.dropFirst()).contains { $0 == mark && $1 == mark }
    }
}
