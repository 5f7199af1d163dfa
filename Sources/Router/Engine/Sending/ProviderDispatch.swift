/// From an operation to the protocol that has it.
extension PaymentProvider {
    /// Whether the provider implements an operation and declares its facts.
    package func can(_ operation: MoneyOperation) -> Bool {
        if self is any LedgerExecuting {
            switch operation {
            case .collect: return true
            case .authorize, .capture, .void: return manifest.authorization != nil
            case .payout: return manifest.payout != nil
            case .refund: return manifest.refund != nil
            }
        }
        return switch operation {
        case .collect: self is any Collecting
        case .authorize:
            self is any Collecting && self is any Capturing && self is any Voiding && manifest.authorization != nil
        case .payout: self is any PayingOut && manifest.payout != nil
        case .refund: self is any Refunding && manifest.refund != nil
        case .capture: self is any Capturing && manifest.authorization != nil
        case .void: self is any Voiding && manifest.authorization != nil
        }
    }

    func prepare(
        _ order: Instruction, confirmedBy confirmation: Confirmation?, asking wire: any Asking
    ) async throws(PreparationFailure) -> Prepared {
        switch order {
        case .collect(let order):
            guard let confirmation else {
                guard let provider = self as? any Collecting else { throw .impossible("collect") }
                return try await provider.prepare(order, asking: wire)
            }
            guard let provider = self as? any Confirming else { throw .impossible("confirm") }
            return .request(try await provider.prepare(order, confirmedBy: confirmation, asking: wire))
        case .payout(let order):
            guard let provider = self as? any PayingOut else { throw .impossible("pay out") }
            return .request(try await provider.preparePayout(order, asking: wire))
        case .refund(let order):
            guard let provider = self as? any Refunding else { throw .impossible("refund") }
            return .request(try await provider.prepareRefund(order, asking: wire))
        case .capture(let order):
            guard let provider = self as? any Capturing else { throw .impossible("capture") }
            return .request(try await provider.prepareCapture(order, asking: wire))
        case .void(let order):
            guard let provider = self as? any Voiding else { throw .impossible("void") }
            return .request(try await provider.prepareVoid(order, asking: wire))
        }
    }

    func read(_ reply: WireReply, to order: Instruction, isConfirmation: Bool) -> ProviderOutcome {
        let nothing = ProviderOutcome.unknown(Doubt(.unlisted))
        return switch order {
        case .collect(let order) where isConfirmation:
            (self as? any Confirming)?.readConfirmation(reply, to: order) ?? nothing
        case .collect(let order): (self as? any Collecting)?.read(reply, to: order) ?? nothing
        case .payout(let order): (self as? any PayingOut)?.readPayout(reply, to: order) ?? nothing
        case .refund(let order): (self as? any Refunding)?.readRefund(reply, to: order) ?? nothing
        case .capture(let order): (self as? any Capturing)?.readCapture(reply, to: order) ?? nothing
        case .void(let order): (self as? any Voiding)?.readVoid(reply, to: order) ?? nothing
        }
    }
}

extension PreparationFailure {
    /// The configuration changed: the provider of an order does not have its operation any more.
    fileprivate static func impossible(_ operation: String) -> PreparationFailure {
        PreparationFailure(Refusal(.invalidRequest), "the provider cannot \(operation)")
    }
}
