/// What a caller asked for, and what has become of it.
package struct Order: Sendable, Hashable {
    private let terms: Shared<Terms>

    /// What was fixed when the payment was accepted.
    private struct Terms: Sendable, Hashable {
        let id: OrderID
        let parent: OrderID?
        let app: AppID
        let environment: PayEnvironment
        let request: OrderRequest
        let idempotencyKey: String
        let requestID: RequestID
        let createdAt: Moment
        let deadline: Moment
        let plan: [Candidate]
        let explanation: JSONValue
        let configuration: Int64?
        let pageEnd: Moment?
        let movement: MovementID
    }

    package var id: OrderID { terms.value.id }
    /// What the caller asked for, as the identifier's prefix says.
    package var kind: OrderKind { terms.value.id.kind }
    /// The payment a refund, capture or void belongs to.
    package var parent: OrderID? { terms.value.parent }
    package var app: AppID { terms.value.app }
    package var environment: PayEnvironment { terms.value.environment }
    package var request: OrderRequest { terms.value.request }
    /// The caller's key.
    ///
    /// Operator references are derived from it; it is never forwarded.
    package var idempotencyKey: String { terms.value.idempotencyKey }
    /// The HTTP request that created the payment.
    package var requestID: RequestID { terms.value.requestID }
    package var createdAt: Moment { terms.value.createdAt }
    /// What it is about: the one amount of the order, its attempts and its lines in the ledger.
    package var amount: Money { terms.value.request.amount }
    /// Names its lines in the ledger: like the order itself, but for orders of older releases.
    package var movement: MovementID { terms.value.movement }
    /// No new work starts after this moment.
    ///
    /// It proves nothing about old work.
    package var deadline: Moment { terms.value.deadline }
    /// The ranked providers that the route chose, at creation or when the payer had chosen a channel.
    package var plan: [Candidate] { choice?.plan ?? terms.value.plan }
    /// The plan made at creation.
    package var firstPlan: [Candidate] { terms.value.plan }
    /// The route decision made at creation, with the reasons for every candidate, as shown to callers.
    package var explanation: JSONValue { terms.value.explanation }
    /// The number of the configuration's version on which its plan was decided; `nil` where nobody kept versions.
    package var configuration: Int64? { choice?.configuration ?? terms.value.configuration }
    /// The version on which the plan made at creation was decided.
    package var firstConfiguration: Int64? { terms.value.configuration }
    /// Until when the payment's hosted page can be seen; `nil` for orders without one.
    package var pageEnd: Moment? { terms.value.pageEnd }
    /// The payer or payee, with what was told on the hosted page.
    package var customer: Customer {
        guard let phone = choice?.phone else { return request.customer }
        var customer = request.customer
        customer.phone = phone
        return customer
    }

    /// The idempotency key as its caller wrote it: what follows a payment keeps the payment's id before it.
    package var callersKey: String {
        guard let parent, idempotencyKey.hasPrefix("\(parent)\u{1F}") else { return idempotencyKey }
        return String(idempotencyKey.dropFirst(parent.text.count + 1))
    }

    /// The wallet of ours that stands for the payer, or the payee: named when the order was made, or by the payer since.
    package var wallet: WalletID? { choice?.wallet ?? request.wallet }

    /// The wallet that takes in what the app collects from wallets; see ``OrderRequest/linkedWallet``.
    package var linkedWallet: WalletID? { choice?.linkedWallet ?? request.linkedWallet }

    /// The holder who began it, or paid it with a wallet; `nil` where an app's key alone did.
    package var initiator: AccountID? { choice?.initiator ?? request.initiator }

    /// What changes in the order's life; see `Order+State.swift`.
    var state: CopyOnWrite<State>

    /// Whether evidence contradicts something that is final.
    ///
    /// People decide; the router tries nothing more.
    package var isDisputed: Bool {
        review?.reason == .discrepancy || (review?.reason == .repeatedReference && outcome.isFinal)
    }

    /// Whether the operator says, or people found, that the payer's money moved although the order ended without.
    package var movedAfterAll: Bool {
        disputes.contains(where: \.isLateExecution)
            || kind == .transfer && followUps.contains { $0.kind == .payment && LegStanding($0) == .strayed }
    }

    package init(
        id: OrderID, parent: OrderID? = nil, app: AppID, environment: PayEnvironment, request: OrderRequest,
        idempotencyKey: String, requestID: RequestID, createdAt: Moment, plan: [Candidate], explanation: JSONValue,
        movement: MovementID? = nil, purpose: MoneyOperation? = nil, outcome: OrderOutcome = .open,
        pageEnd: Moment? = nil, configuration: Int64? = nil
    ) {
        terms = Shared(
            Terms(
                id: id, parent: parent, app: app, environment: environment, request: request,
                idempotencyKey: idempotencyKey,
                requestID: requestID, createdAt: createdAt,
                deadline: createdAt.adding(seconds: request.expiresInSeconds), plan: plan, explanation: explanation,
                configuration: configuration, pageEnd: pageEnd, movement: movement ?? MovementID(of: id)))
        state = CopyOnWrite(
            State(purpose: purpose ?? request.operation(for: id.kind), outcome: outcome, updatedAt: createdAt))
    }

    /// Turns an open collection into a hold.
    package mutating func holdInstead() {
        guard outcome == .open, purpose == .collect else { return }
        purpose = .authorize
    }

    /// Closes an open order; a closed one never changes.
    ///
    /// - Returns: `false` if it was closed already.
    package mutating func close(_ end: OrderOutcome) -> Bool {
        guard outcome == .open, end.isFinal else { return false }
        outcome = end
        return true
    }
}

/// The channel a payer chose on the hosted page, and what it needs.
package struct PayerChoice: Sendable, Hashable {
    package var plan: [Candidate]
    package var phone: MSISDN?
    /// The mark of the number that is paid from, as daily limits count it; `nil` where nothing does.
    package var numberMark: String?
    /// The wallet of ours that the payer pays from.
    package var wallet: WalletID?
    /// Whose wallet that is.
    package var initiator: AccountID?
    /// The wallet that the app was linked to at that moment; see ``OrderRequest/linkedWallet``.
    package var linkedWallet: WalletID?
    /// The number of the configuration's version on which its plan was decided.
    package var configuration: Int64?

    package init(plan: [Candidate], phone: MSISDN?, numberMark: String? = nil, configuration: Int64? = nil) {
        self.configuration = configuration
        self.plan = plan
        self.phone = phone
        self.numberMark = numberMark
    }
}

/// A provider serving a channel: one line of a route.
package struct Candidate: Sendable, Hashable {
    package var provider: ProviderID
    package var channel: PaymentChannel

    package init(provider: ProviderID, channel: PaymentChannel) {
        self.provider = provider
        self.channel = channel
    }
}

/// The public state of a payment.
package enum OrderStatus: String, Sendable, Hashable, CaseIterable {
    case processing
    case awaitingCustomer = "awaiting_customer"
    /// The shop has to accept the amount with its secret key.
    case awaitingAcceptance = "awaiting_acceptance"
    case authorized
    case succeeded
    case failed
    case cancelled
    case underReview = "under_review"

    package var isFinal: Bool { [.succeeded, .failed, .cancelled].contains(self) }
}

/// Whether the router knows where the money is.
package enum Certainty: String, Sendable, Hashable, CaseIterable {
    case confirmed
    case unknown
    /// Evidence contradicts what is recorded; only while a review is open.
    case disputed
}

/// Why a payment failed, for callers.
package struct OrderFailure: Sendable, Hashable {
    /// A ``RefusalReason`` or `expired_before_sending`, `no_provider`.
    package var code: String
    package var blame: RefusalReason.Blame
    package var providerCode: String?
    /// Whether the same request, as a new payment, may succeed.
    package var retryable: Bool

    package init(code: String, blame: RefusalReason.Blame, providerCode: String? = nil, retryable: Bool) {
        self.code = code
        self.blame = blame
        self.providerCode = providerCode
        self.retryable = retryable
    }

    package init(_ refusal: Refusal) {
        let retryable = refusal.reason.blame == .operator || refusal.reason.blame == .platform
        self.init(
            code: refusal.reason.rawValue, blame: refusal.reason.blame, providerCode: refusal.providerCode,
            retryable: retryable)
    }
}

/// The next thing to do for a record, and who does it.
package struct TimerEntry: Sendable, Hashable {
    package var at: Moment
    package var queue: TimerQueue

    package init(at: Moment, queue: TimerQueue) {
        self.at = at
        self.queue = queue
    }
}

/// Who drains a timer: the engine itself, or one provider's check budget.
package enum TimerQueue: Sendable, Hashable {
    case engine
    case provider(ProviderID)

    package var text: String {
        switch self {
        case .engine: "engine"
        case .provider(let id): "p:" + id.text
        }
    }

    package init(text: String) {
        self = text.hasPrefix("p:") ? .provider(ProviderID(String(text.dropFirst(2)))) : .engine
    }
}
