/// The orders of a transfer, as they are asked of operators.
enum TransferLegs {
    /// The payment that takes the sender's money: into suspense, or into the recipient's wallet.
    static func debit(_ transfer: Order, _ terms: TransferTerms) -> OrderRequest? {
        guard let channel = terms.from.channel else { return nil }
        var request = leg(transfer, terms.debited(transfer), channel, transfer.request.customer)
        if let wallet = terms.to.wallet {
            (request.account, request.fee) = (.wallet(wallet), transfer.request.fee)
        } else {
            request.account = .suspense(transfer.id)
        }
        request.returnURLs = transfer.request.returnURLs
        return request
    }

    /// The payout that gives the recipient the money: out of suspense, or out of the sender's wallet.
    ///
    /// The fee is part of what it sets aside, so that nothing else can leave the suspense account beside it.
    static func credit(_ transfer: Order, _ terms: TransferTerms) -> OrderRequest? {
        guard let channel = terms.to.channel else { return nil }
        var request = leg(transfer, terms.credited(transfer), channel, terms.recipient)
        request.account = terms.from.wallet.map { .wallet($0) } ?? .suspense(transfer.id)
        request.fee = transfer.request.fee
        return request
    }

    private static func leg(
        _ transfer: Order, _ amount: Money, _ channel: PaymentChannel, _ customer: Customer
    ) -> OrderRequest {
        var request = OrderRequest(
            amount: amount, channels: [channel], customer: customer, description: transfer.request.description,
            metadata: transfer.request.metadata, expiresInSeconds: transfer.request.expiresInSeconds)
        request.shop = transfer.request.shop
        request.initiator = transfer.request.initiator
        request.language = transfer.request.language
        request.callersRequestID = transfer.request.callersRequestID
        return request
    }
}
