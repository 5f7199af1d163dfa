/// Money that an operator took for us although nobody here had asked for it: its payer began in the operator's own menu and
/// typed there what it is for.
package struct UnopenedPayment: Sendable, Hashable {
    package var provider: ProviderID
    package var channel: PaymentChannel
    /// The operator's name for it.
    package var subject: CallbackSubject
    /// The operator's id of the transaction, where it told one beside that name.
    package var operatorReference: String?
    package var amount: Money
    package var payer: MSISDN?
    /// A bill's code or an order number, if the payer typed it right.
    package var typed: String

    /// Bytes of the longest text that a payer can have typed.
    package static let longest = 100

    package init(
        provider: ProviderID, channel: PaymentChannel, subject: CallbackSubject, amount: Money, payer: MSISDN?,
        typed: String
    ) {
        self.provider = provider
        self.channel = channel
        self.subject = subject
        self.amount = amount
        self.payer = payer
        self.typed = typed
    }

    /// What a notification tells of one.
    ///
    /// - Returns: `nil` if it does not claim that money arrived, says not how much, or not what for.
    package init?(_ fact: CallbackFact, at provider: ProviderID, _ manifest: ProviderManifest) {
        guard let typed = fact.payerReference, (1...Self.longest).contains(typed.utf8.count),
            case .succeeded(let statement) = fact.claim, let channel = manifest.channels.first,
            let money = Self.money(statement.amount, manifest), money.minorUnits > 0
        else { return nil }
        let payer = fact.payer.flatMap { text in
            try? MSISDN(parsing: text, defaultCountry: manifest.phoneCountries.first)
        }
        self.init(
            provider: provider, channel: channel, subject: fact.about, amount: money, payer: payer, typed: typed)
        operatorReference = statement.operatorReference
    }

    /// Every name that the operator gave it: one transaction is one payment, whichever of them it comes under.
    var names: Set<CallbackSubject> {
        var names: Set = [subject]
        if let operatorReference { names.insert(.operatorReference(operatorReference)) }
        return names
    }

    private static func money(_ stated: ReportedAmount, _ manifest: ProviderManifest) -> Money? {
        switch stated {
        case .money(let money): money
        case .units(let units): manifest.currencies.count == 1 ? Money(units, manifest.currencies[0].currency) : nil
        case .notStated, .currency, .unnamed, .unreadable: nil
        }
    }
}

/// What an unopened payment pays.
package enum UnopenedTarget: Sendable {
    case bill(Bill)
    /// A payment that waits for its payer to choose a channel.
    case payment(OrderAggregate)
}

/// Why an unopened payment pays nothing yet; people see it.
package enum UnopenedMismatch: String, Error, Sendable, Hashable, CaseIterable {
    /// What was typed is the code of no bill and the order number of no payment of this amount that waits for its payer.
    case nothingFound = "nothing_found"
    /// Several payments that wait have this order number.
    case severalFound = "several_found"
    /// The bill is about another amount.
    case otherAmount = "other_amount"
    /// The bill is paid, or another payment of it is under way.
    case billTaken = "bill_taken"
    case billDeleted = "bill_deleted"
    /// The bill is of the other environment.
    case otherEnvironment = "other_environment"
    /// The notification proves nothing by itself, and the operator cannot be asked about a payment that it named itself.
    case unproven
    /// The operator's name for it proves another payment already.
    case repeated
}

extension Bill {
    /// Why money of this amount does not pay the bill; `nil` if it does.
    func mismatch(_ amount: Money, in environment: PayEnvironment) -> UnopenedMismatch? {
        if self.environment != environment { return .otherEnvironment }
        if state == .deleted { return .billDeleted }
        if !isFree { return .billTaken }
        return self.amount == amount ? nil : .otherAmount
    }
}

extension OrderAggregate {
    /// Whether a payer's money that came by itself can be this payment's: it waits for the choice of a channel, this one is
    /// allowed, and nobody has to accept its amount first.
    func takesUnopened(over channel: PaymentChannel) -> Bool {
        let channels = order.request.channels
        return order.kind == .payment && order.outcome == .open && order.awaitsChoice && liveAttempt == nil
            && (channels.isEmpty || channels.contains(channel))
            && !order.awaitsAcceptance && !order.request.capturesLater && order.cancelRequestedAt == nil
            && !order.isDisputed && order.review == nil
    }
}
