/// What somebody shall pay once: a name, an amount, and a code by which it is found.
package struct Bill: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        case open
        case paid
        /// Its issuer took it back before it was paid.
        case deleted
    }

    package let id: BillID
    package let code: BillCode
    package let app: AppID
    package let environment: PayEnvironment
    /// The holder who made it; `nil` for one that an app made with its key.
    package let issuer: AccountID?
    /// Where the money goes; `nil` for the app's own account.
    package let wallet: WalletID?
    package let amount: Money
    /// What it is called, its payer's name and the like, as its issuer wrote them.
    package let text: Text
    /// The account it was sent to, where that is known; others may pay it all the same.
    package let recipient: AccountID?
    package let idempotencyKey: String
    /// SHA-256 over method, route and canonical body.
    package let fingerprint: [UInt8]
    package let requestID: RequestID
    package let createdAt: Moment
    package var state: State = .open
    /// The payment that has paid it, or is about to: while there is one, nobody else may.
    package var payment: OrderID?
    /// When it was paid or deleted.
    package var endedAt: Moment?

    /// What its issuer wrote; sealed at rest.
    package struct Text: Sendable, Hashable {
        package var name: String
        /// Who shall pay, as the issuer calls them.
        package var payer: String?
        package var description: String?
        /// The issuer's own number of it.
        package var reference: String?
        /// The day by which it shall be paid, `2026-12-31`; nothing follows from it by itself.
        package var dueDate: String?

        package init(
            name: String, payer: String? = nil, description: String? = nil, reference: String? = nil,
            dueDate: String? = nil
        ) {
            self.name = name
            self.payer = payer
            self.description = description
            self.reference = reference
            self.dueDate = dueDate
        }
    }

    package init(
        id: BillID, code: BillCode, app: AppID, environment: PayEnvironment, issuer: AccountID?, wallet: WalletID?,
        amount: Money, text: Text, recipient: AccountID?, idempotencyKey: String, fingerprint: [UInt8],
        requestID: RequestID, createdAt: Moment
    ) {
        self.id = id
        self.code = code
        self.app = app
        self.environment = environment
        self.issuer = issuer
        self.wallet = wallet
        self.amount = amount
        self.text = text
        self.recipient = recipient
        self.idempotencyKey = idempotencyKey
        self.fingerprint = fingerprint
        self.requestID = requestID
        self.createdAt = createdAt
    }
}

/// Why a bill cannot be paid, or deleted; nothing was changed.
package enum BillRefusal: Error, Sendable, Hashable {
    case missing
    case deleted
    case paid(by: OrderID?)
    /// A payment is under way; whether it will succeed is not known yet.
    case beingPaid(by: OrderID)
    /// The payment has succeeded and pays it by that, but does not tell so in the same step; only of ``BillStep/settle``.
    case untold
}

/// What an order's step does to the bill it pays.
package enum BillStep: Sendable, Hashable {
    /// The payment begins: nobody else may pay.
    case claim
    /// The payment has succeeded: the bill is paid by it, and the app is told so in this very commit. Refused where another
    /// one has the bill, or has paid it, so that a bill is paid once and told once.
    case pay
    /// The payment has succeeded and tells nothing of its bill: it has paid it before, or another one has it.
    ///
    /// What an operator has executed is booked, whoever has the bill by then. Refused where the bill would be paid by it.
    case settle
    /// The payment waits for its payer again, or has ended without success: others may pay.
    case release
}

extension Bill {
    /// The bill after a step of a payment, or why the step is not allowed.
    ///
    /// Pure; a step that was taken before changes nothing.
    package func after(_ step: BillStep, of payment: OrderID, at now: Moment) -> Result<Bill, BillRefusal> {
        var bill = self
        switch (step, state) {
        case (.claim, .open):
            guard self.payment == nil || self.payment == payment else { return .failure(taken) }
            bill.payment = payment
        case (.pay, .open):
            guard self.payment == nil || self.payment == payment else { return .failure(taken) }
            (bill.payment, bill.state, bill.endedAt) = (payment, .paid, now)
        case (.claim, .paid), (.claim, .deleted):
            guard self.payment == payment, state == .paid else { return .failure(taken) }
        case (.pay, .paid), (.pay, .deleted): return .failure(taken)
        // Also one that had given the bill back: its operator tells late that it has executed it.
        case (.settle, .open) where self.payment == nil || self.payment == payment: return .failure(.untold)
        case (.release, .open) where self.payment == payment: bill.payment = nil
        case (.settle, _), (.release, _): break
        }
        return .success(bill)
    }

    /// Why it cannot be paid or deleted now; only where it is not open and free.
    package var taken: BillRefusal {
        switch (state, payment) {
        case (.deleted, _): .deleted
        case (.open, let payment?): .beingPaid(by: payment)
        case (.paid, let payment), (.open, let payment): .paid(by: payment)
        }
    }

    /// Whether it may be deleted.
    package var isFree: Bool { state == .open && payment == nil }
}

extension UnitOfWork {
    /// What the step does to which bill.
    package var billChange: (step: BillStep, bill: BillID)? {
        guard let billStep, let bill = order.request.bill else { return nil }
        return (billStep, bill)
    }
}

extension OrderAggregate {
    /// Whether it has succeeded, and pays a bill.
    var hasPaidBill: Bool { order.kind == .payment && order.request.bill != nil && order.outcome == .succeeded }

    /// Whether the next commit tells that its bill is paid: with the success, unless the store knows better.
    var tellsBill: Bool {
        hasPaidBill
            && (pending.tellsBill ?? (pending.announced.map { ![.succeeded, .authorized].contains($0) } ?? true))
    }

    /// Has the next commit tell that its bill is paid, or not, as the store has said that it must.
    mutating func correctBill(_ refusal: BillRefusal) -> Bool {
        let tells = refusal == .untold
        guard hasPaidBill, tellsBill != tells else { return false }
        // Out of a wallet of ours nothing is taken for a bill that is another payment's.
        guard tells || !attempts.contains(where: { $0.state == .succeeded && $0.wallet != nil }) else { return false }
        pending.tellsBill = tells
        return true
    }

    /// What its present state means for the bill it pays; `nil` if it pays none.
    package var billStep: BillStep? {
        guard order.kind == .payment, order.request.bill != nil else { return nil }
        return switch order.outcome {
        case .succeeded: tellsBill ? .pay : .settle
        case .failed, .cancelled: .release
        case .open: order.awaitsChoice ? .release : .claim
        }
    }
}
