import Router

/// Everything that is known of one order, for people who help: a value, made by ``TrailReader``.
///
/// Phone numbers are masked and secrets are absent. What cannot be read says so, and the rest is there.
struct OrderTrail: Sendable, Hashable {
    let id: OrderID
    /// What was asked, and how the order stands; everything below follows from it or stands beside it in the store.
    let summary: TrailPart<TrailSummary>
    let attempts: [TrailAttempt]
    /// Everything that happened, oldest first.
    let timeline: [TrailEntry]
    let route: TrailRoute?
    let books: TrailPart<TrailBooks>
    /// The orders that belong to it, and the one that it belongs to.
    let relatives: [TrailRelative]
    let webhooks: TrailPart<[TrailWebhook]>
    let review: Review?
    let discrepancies: TrailPart<[Discrepancy]>
}

/// A part of a trail that was read, or could not be.
enum TrailPart<Value: Sendable & Hashable>: Sendable, Hashable {
    case read(Value)
    /// Why it cannot be read, in a few words.
    case unreadable(String)

    var value: Value? {
        guard case .read(let value) = self else { return nil }
        return value
    }

    var fault: String? {
        guard case .unreadable(let why) = self else { return nil }
        return why
    }
}

/// What was asked, and how the order stands.
struct TrailSummary: Sendable, Hashable {
    let app: AppID
    /// The app's name; `nil` if it cannot be read.
    let appName: String?
    let environment: PayEnvironment
    let amount: Money
    let status: OrderStatus
    let certainty: Certainty
    let failure: OrderFailure?
    let whereabouts: MoneyWhereabouts
    /// The payer or payee, or a transfer's sender; masked.
    let party: TrailParty?
    /// A transfer's recipient; masked.
    let recipient: TrailParty?
    let channel: PaymentChannel?
    let provider: ProviderID?
    let reference: String?
    let description: String?
    let metadata: [String: String]
    let names: TrailNames
    let createdAt: Moment
    let updatedAt: Moment
    let deadline: Moment
    let due: TimerEntry?
}

/// The names under which an order can be asked for.
struct TrailNames: Sendable, Hashable {
    /// Of the HTTP request that made it, as the router calls it.
    let request: RequestID
    /// The same as the caller calls it.
    let callersRequest: String?
    let idempotencyKey: String
    let initiator: Initiator
}

/// A person or wallet at one end of an order, as far as it may be shown.
struct TrailParty: Sendable, Hashable {
    let phone: String?
    let email: String?
    let name: String?
    let wallet: WalletID?
    let billAccount: String?

    init?(_ customer: Customer, wallet: WalletID? = nil, billAccount: String? = nil) {
        phone = customer.phone?.masked
        email = customer.email.map(Redaction.email)
        name = customer.name
        self.wallet = wallet
        self.billAccount = billAccount.map(BillAccount.masked)
        if phone == nil, email == nil, name == nil, wallet == nil, billAccount == nil { return nil }
    }
}
