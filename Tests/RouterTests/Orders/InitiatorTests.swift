import Router
import Testing

/// Who began an order, by what it was accepted with.
@Suite struct InitiatorTests {
    private let holder = AccountID(at: Moment(milliseconds: 1_790_000_000_000), from: SystemRandom())

    private func order(
        _ kind: OrderKind, key: String = "k", parent: OrderID? = nil, _ change: (inout OrderRequest) -> Void = { _ in }
    ) -> Order {
        var request = Sample.request()
        change(&request)
        let sample = Sample.order(request)
        return Order(
            id: OrderID(kind, at: sample.createdAt, from: SystemRandom()), parent: parent, app: sample.app,
            environment: sample.environment, request: request, idempotencyKey: key, requestID: sample.requestID,
            createdAt: sample.createdAt, plan: [], explanation: .null)
    }

    @Test func `each way to begin an order is told apart`() {
        let parent = Sample.paymentID
        let transfer = OrderID(.transfer, at: Sample.order(Sample.request()).createdAt, from: SystemRandom())
        let (holder, bill) = (holder, BillID(at: Moment(milliseconds: 1_790_000_000_000), from: SystemRandom()))
        for (order, expected) in [
            (order(.payment), .secretKey), (order(.payout), .secretKey), (order(.transfer), .secretKey),
            (order(.refund, key: "\(parent)\u{1F}k", parent: parent), .secretKey),
            (order(.capture, key: "\(parent)\u{1F}\u{1F}accepted", parent: parent), .router),
            (order(.void, key: "\(parent)\u{1F}\u{1F}not-accepted-0", parent: parent), .router),
            (order(.refund, key: "\(parent)\u{1F}\u{1F}compensation-1", parent: parent), .router),
            (order(.payout, key: "\(transfer)\u{1F}payout\u{1F}1", parent: transfer), .secretKey),
            (
                order(.payout, key: "\(transfer)\u{1F}payout\u{1F}1", parent: transfer) { $0.initiator = holder },
                .holder(holder)
            ),
            (order(.payment) { $0.needsAcceptance = true }, .publishableKey),
            (order(.payment) { $0.origin = .publishableKey }, .publishableKey),
            (order(.payment) { $0.origin = .staticQR }, .payer),
            (order(.payment) { $0.origin = .operatorMenu }, .payer),
            (order(.payment) { $0.initiator = holder }, .holder(holder)),
            (order(.payment) { $0.bill = bill }, .payer),
            (order(.payment) { ($0.bill, $0.initiator) = (bill, holder) }, .holder(holder)),
        ] as [(Order, Initiator)] {
            #expect(order.begunBy == expected, "\(order.kind) \(order.idempotencyKey)")
        }
    }

    @Test func `who paid it since has not begun it`() {
        var paid = order(.payment)
        paid.choice = PayerChoice(plan: [], phone: nil)
        paid.choice?.initiator = holder
        #expect(paid.initiator == holder && paid.begunBy == .secretKey)
    }

    @Test func `it is told with the account that began it, and an app's key with its kind`() {
        let app = order(.payment).app
        for (initiator, text) in [
            (.secretKey, #"{"type":"app_key","account":"\#(app)","key":"secret"}"#),
            (.publishableKey, #"{"type":"app_key","account":"\#(app)","key":"publishable"}"#),
            (.holder(holder), #"{"type":"holder","account":"\#(holder)"}"#),
            (.payer, #"{"type":"payer","account":"\#(app)"}"#),
            (.router, #"{"type":"router","account":"\#(app)"}"#),
        ] as [(Initiator, String)] {
            #expect(initiator.json(app).jsonText == text)
        }
    }
}
