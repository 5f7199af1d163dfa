/// What a transfer is about: fixed when it is accepted.
package struct TransferTerms: Sendable, Hashable {
    /// Where a transfer begins or ends.
    package enum End: Sendable, Hashable {
        /// A wallet of the platform's own.
        case wallet(WalletID)
        /// An operator's wallet on this channel, under the phone number of the sender or the recipient.
        case channel(PaymentChannel)

        package var wallet: WalletID? {
            guard case .wallet(let id) = self else { return nil }
            return id
        }

        package var channel: PaymentChannel? {
            guard case .channel(let channel) = self else { return nil }
            return channel
        }
    }

    /// Who pays the platform's fee.
    package enum FeePayer: String, Sendable, Hashable, CaseIterable {
        /// The sender pays it on top of the amount.
        case sender
        /// The recipient gets so much less.
        case recipient
    }

    /// Room that is kept at the provider which will probably pay the recipient.
    package struct Reservation: Sendable, Hashable {
        package var provider: ProviderID
        /// The most that all transfers together may keep there, in minor units: our money as its operator last told; `nil`
        /// where it does not tell.
        package var available: Int64?

        package init(provider: ProviderID, available: Int64?) {
            self.provider = provider
            self.available = available
        }
    }

    package var from: End
    package var to: End
    /// Who gets the money; the sender is the order's own customer.
    package var recipient: Customer
    package var feePayer: FeePayer
    package var reservation: Reservation?

    package init(
        from: End, to: End, recipient: Customer = Customer(), feePayer: FeePayer = .sender,
        reservation: Reservation? = nil
    ) {
        self.from = from
        self.to = to
        self.recipient = recipient
        self.feePayer = feePayer
        self.reservation = reservation
    }

    /// What leaves the sender.
    package func debited(_ request: OrderRequest) -> Money {
        feePayer == .sender ? request.amount.plus(request.fee) : request.amount
    }

    /// What the recipient gets.
    package func credited(_ request: OrderRequest) -> Money {
        feePayer == .sender ? request.amount : request.amount.plus(-request.fee)
    }

    package func debited(_ order: Order) -> Money { debited(order.request) }
    package func credited(_ order: Order) -> Money { credited(order.request) }

    /// What has to be done for it.
    package var shape: TransferShape {
        switch (from, to) {
        case (.wallet, .wallet): .inside
        case (.wallet, .channel): .out
        case (.channel, .wallet): .into
        case (.channel, .channel): .between
        }
    }
}

/// The orders that a transfer consists of.
package enum TransferShape: Sendable, Hashable, CaseIterable {
    /// Wallet to wallet: postings in the commit that accepts it, and no order besides.
    case inside
    /// Wallet to operator: a payout whose money is held in the wallet.
    case out
    /// Operator to wallet: a payment whose money goes to the wallet.
    case into
    /// Operator to operator: a payment, a payout, and perhaps a refund of the payment; between them the money is in suspense.
    case between
}
