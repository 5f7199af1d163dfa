/// A candidate as ranking sees it: everything it is ranked by, and nothing else.
package struct RankingInput: Sendable, Hashable {
    package var provider: ProviderID
    package var channel: PaymentChannel
    /// Where it stands in its rule, from zero; the last resort of every order.
    package var position: Int
    /// 1 or more; counts for ``RankingOrder/weighted`` only.
    package var weight: Int
    /// What it would cost, in minor units of the amount's currency; `nil` if that is not known.
    package var fee: Int64?
    /// The rate that routing goes by; `nil` if too little is known.
    package var rate: SignalRate?
    /// How its channel does there.
    package var health: ChannelState
    /// Whether it is left because it fails, and whether this payment tries it all the same.
    package var standing: Hysteresis.Standing
    /// Whether it is only for when no other one is left.
    package var isFallback: Bool

    package init(
        provider: ProviderID, channel: PaymentChannel, position: Int, weight: Int = 1, fee: Int64? = nil,
        rate: SignalRate? = nil, health: ChannelState = .operational, standing: Hysteresis.Standing = .present,
        isFallback: Bool = false
    ) {
        self.provider = provider
        self.channel = channel
        self.position = position
        self.weight = weight
        self.fee = fee
        self.rate = rate
        self.health = health
        self.standing = standing
        self.isFallback = isFallback
    }
}

/// What a ranking is made for.
package struct RankingSubject: Sendable, Hashable {
    /// In minor units.
    package var amount: Int64
    /// The payment's identifier: its hash decides what single payments try.
    package var payment: String
    /// Whoever pays, as a keyed hash; `nil` if that is not known.
    ///
    /// Never a number in clear.
    package var customer: String?

    package init(amount: Int64, payment: String, customer: String? = nil) {
        self.amount = amount
        self.payment = payment
        self.customer = customer
    }

    /// By what a draw is made; without a customer by the payment.
    func text(_ stickiness: Stickiness) -> String {
        switch stickiness {
        case .payment: payment
        case .customer: customer ?? payment
        }
    }
}

/// What always gets the same draw.
package enum Stickiness: String, Sendable, Hashable, CaseIterable { case payment, customer }
