import Router

/// What a holder wishes to do with money, made ready: nothing is stored yet.
struct HolderOrder: Sendable {
    /// What a code for it has to be for; `nil` where none is needed, because money only arrives.
    var purpose: Challenge.Purpose?
    /// Exactly what the code allows.
    var subject: [UInt8]
    var summary: Summary
    var work: Work

    /// What is done once it is agreed to.
    enum Work: Sendable {
        case transfer(OrderRequest)
        case cashOut(OrderRequest)
        case topUp(OrderRequest)
        /// A payment that waits for its payer.
        case payment(OrderAggregate, from: WalletID)
        case payBill(Bill, OrderRequest)
        case payBiller(OrderRequest)
        case makeBill(Bill)
    }

    /// What is shown before the holder agrees.
    struct Summary: Sendable {
        /// The holder's wallet, which money leaves or reaches.
        var wallet: WalletID?
        var amount: Money
        /// In minor units.
        var fee: Int64 = 0
        /// What leaves the wallet, or reaches it.
        var total: Money
        /// Who is at the other end, as far as the holder may know: a name, masked where it is not a holder's.
        var counterparty: String?
        /// How the holder named them.
        var address: String?
        var description: String?
    }
}

extension HolderOrder.Summary {
    /// What a code's message says of it.
    var about: Challenge.About { Challenge.About(amount: total, counterparty: counterparty ?? address) }

    var json: JSONValue {
        [
            "wallet": JSONValue(wallet?.text), "amount": JSONValue(amount.minorUnits),
            "currency": .string(amount.currency.code), "fee": JSONValue(fee), "total": JSONValue(total.minorUnits),
            "counterparty": JSONValue(counterparty), "address": JSONValue(address),
            "description": JSONValue(description),
        ]
    }
}
