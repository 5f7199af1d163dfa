import Router

/// The operations a provider can have, as its protocols name them.
enum Step: String, Sendable, CaseIterable {
    case collect, hold, confirm, payout, refund, capture, void

    /// What a description is of.
    init(_ description: OperationDescription) {
        switch description.order {
        case .collect(let order):
            self = description.confirmation != nil ? .confirm : order.capturesLater ? .hold : .collect
        case .payout: self = .payout
        case .refund: self = .refund
        case .capture: self = .capture
        case .void: self = .void
        }
    }

    /// The operations that a provider has, by its protocols and its manifest.
    static func all(of provider: any PaymentProvider) -> Set<Step> {
        let manifest = provider.manifest
        var steps: Set<Step> = []
        if provider is any Confirming {
            steps.insert(.confirm)
        } else if provider is any Collecting {
            steps.insert(.collect)
        }
        if provider is any Capturing, manifest.authorization != nil { steps.insert(.hold) }
        if provider is any PayingOut, manifest.payout != nil { steps.insert(.payout) }
        if provider is any Refunding, manifest.refund != nil { steps.insert(.refund) }
        if provider is any Capturing, manifest.authorization != nil { steps.insert(.capture) }
        if provider is any Voiding, manifest.authorization != nil { steps.insert(.void) }
        return steps
    }

    /// The operation whose contract counts.
    var operation: MoneyOperation {
        switch self {
        case .collect, .confirm: .collect
        case .hold: .authorize
        case .payout: .payout
        case .refund: .refund
        case .capture: .capture
        case .void: .void
        }
    }
}
