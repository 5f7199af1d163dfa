import Router

/// One attempt of an order, with everything that was handed to the wire for it.
struct TrailAttempt: Sendable, Hashable {
    let id: AttemptID
    let ordinal: Int
    let provider: ProviderID
    let channel: PaymentChannel
    let state: AttemptState
    let reference: String
    let operatorReference: String?
    let refusal: Refusal?
    /// A refusal on file that may still turn.
    let heldRefusal: HeldRefusal?
    let transmissions: [Transmission]
    let checks: Int
    let quarantineEnd: Moment?

    init(_ attempt: Attempt) {
        id = attempt.id
        ordinal = attempt.ordinal
        provider = attempt.provider
        channel = attempt.channel
        state = attempt.state
        reference = attempt.reference
        operatorReference = attempt.operatorReference
        refusal = attempt.refusal
        heldRefusal = attempt.heldRefusal
        transmissions = attempt.transmissions
        checks = attempt.checks
        quarantineEnd = attempt.quarantineEnd
    }
}

/// What was booked for an order.
struct TrailBooks: Sendable, Hashable {
    /// What an order's postings changed of one account.
    struct Effect: Sendable, Hashable {
        let account: LedgerAccount
        let change: Money
    }

    let postings: [Posting]
    let holds: [Hold]

    /// What all postings together changed, account by account; what comes to nothing is left out.
    var effects: [Effect] {
        var changes: [AccountBalance.Name: Int64] = [:]
        for posting in postings {
            for account in [posting.debit, posting.credit] {
                changes[.init(account, posting.amount.currency), default: 0] &+= posting.change(of: account)
            }
        }
        return changes.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { name, change in
            Effect(account: name.account, change: Money(change, name.currency))
        }
    }
}

/// An order that belongs to another one.
struct TrailRelative: Sendable, Hashable {
    enum Role: Sendable, Hashable {
        /// What it belongs to.
        case parent
        /// A refund, capture or release of it.
        case followUp
        case leg(TransferRole)
    }

    let role: Role
    let id: OrderID
    let amount: Money?
    let status: OrderStatus?
    let certainty: Certainty?
    /// Where its money is; `nil` if it cannot be read, or if there are too many to look at each.
    let whereabouts: MoneyWhereabouts?
}

/// An event at one endpoint of the app.
struct TrailWebhook: Sendable, Hashable {
    let endpoint: WebhookEndpointID
    /// Without what stands behind a question mark, where shops put secrets.
    let address: String
    let event: EventID
    let type: String
    /// `nil` if it cannot be read.
    let delivery: TrailDelivery?
}

/// How an event fared at an endpoint.
struct TrailDelivery: Sendable, Hashable {
    let state: Delivery.State
    let tries: [Delivery.Try]
    let dueAt: Moment?

    init(_ delivery: Delivery) {
        state = delivery.state
        tries = delivery.tries
        dueAt = delivery.state == .pending ? delivery.dueAt : nil
    }
}
