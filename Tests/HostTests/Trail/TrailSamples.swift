import Router
import RouterTestKit

/// Orders in every state, without a router that would have to bring them there.
enum TrailSamples {
    static let now = Moment(milliseconds: 1_795_253_400_000)
    static let app = AppID(known: "app_01JD3K0000AAAAAAAAAAAAAAAA")
    static let otherApp = AppID(known: "app_01JD3K0000BBBBBBBBBBBBBBBB")
    static let phone = MSISDN(callingCode: "228", countryCode: "TG", national: "90112233")

    static func id(_ kind: OrderKind, _ number: UInt64 = 1) -> OrderID {
        OrderID(kind, at: now, from: SeededRandom(number))
    }

    static func request(_ kind: OrderKind) -> OrderRequest {
        var request = OrderRequest(amount: Money(5_000, .xof), customer: Customer(phone: phone))
        if kind == .transfer {
            request.transfer = TransferTerms(from: .channel("tmoney"), to: .channel("flooz"))
        }
        return request
    }

    /// An order as a list of its attempts' states leaves it, with a public state that is said, whether they fit or not.
    static func aggregate(
        _ kind: OrderKind = .payment, _ status: OrderStatus = .processing, _ certainty: Certainty = .confirmed,
        review: Review.Reason? = nil, attempt state: AttemptState? = nil, number: UInt64 = 1, app: AppID = app,
        change: (inout Order) -> Void = { _ in }
    ) -> OrderAggregate {
        let outcome: OrderOutcome =
            switch status {
            case .succeeded, .authorized: .succeeded
            case .failed: .failed
            case .cancelled: .cancelled
            case .processing, .awaitingCustomer, .awaitingAcceptance, .underReview: .open
            }
        var order = Order(
            id: id(kind, number), parent: kind.hasParent ? id(.payment, 9) : nil, app: app, environment: .sandbox,
            request: request(kind), idempotencyKey: "order-1",
            requestID: RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR"), createdAt: now, plan: [],
            explanation: .null, purpose: status == .authorized ? .authorize : nil, outcome: outcome)
        (order.status, order.certainty) = (status, certainty)
        order.review = review.map { Review(reason: $0, since: now) }
        order.chosen = Candidate(provider: "tmoney-tg", channel: "tmoney")
        order.version = 1
        change(&order)
        return OrderAggregate(stored: order, attempts: state.map { [attempt(of: order, $0)] } ?? [])
    }

    static func attempt(of order: Order, _ state: AttemptState) -> Attempt {
        Attempt(
            id: AttemptID(at: now, from: SeededRandom(3)), of: order, ordinal: 1, provider: "tmoney-tg",
            channel: "tmoney", scope: "main", reference: "ours-\(order.id.text)", createdAt: now, epoch: 1,
            state: state,
            history: [AttemptStep(state: .prepared, at: now, cause: "route chosen")])
    }

    static func followUp(
        _ kind: OrderKind, _ status: OrderStatus, _ certainty: Certainty = .confirmed, number: UInt64 = 5
    ) -> FollowUp {
        FollowUp(id: id(kind, number), amount: Money(5_000, .xof), status: status, certainty: certainty)
    }
}
