import Router

extension Simulation {
    /// A caller that repeats its request, under the same key, until it is answered.
    struct Client: Sendable {
        var key: String
        var kind = OrderKind.payment
        var amount: Int64
        /// The order number; several clients may have the same.
        var reference: String
        /// The order it repeats on purpose.
        var names: OrderID?
        /// Whether it asks by name once it hears that it may.
        var insists = false
        /// How often it asks again after it was kept out.
        var patience = 0
        /// The shop that has to accept the payment, where the amount comes from a browser.
        var shop: Shop?
        /// The wallet that pays, instead of an operator's.
        var wallet: WalletID?
        /// The wallet that gets the money of a payment, or gives that of a payout.
        var account: WalletID?
        /// The bill that it pays.
        var bill: BillID?
        var answers: Set<OrderID> = []
        var isAnswered = false
    }

    /// A caller that wants money of a client's payment back, as soon as there is some.
    ///
    /// Several may want more together than was paid.
    struct Refunder: Sendable {
        var key: String
        var client: Int
        var amount: Int64?
        var answers: Set<OrderID> = []
        var isAnswered = false
    }
}
