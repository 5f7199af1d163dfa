import Crypto

/// Exactly what somebody agrees to with a code: who, to whom, how much, and what it costs, as a digest.
///
/// Made of the very request that is carried out, so that nothing else can be carried out with the code.
package enum ConsentSubject {
    /// A new payment, payout or transfer.
    package static func of(_ kind: OrderKind, _ request: OrderRequest) -> [UInt8] {
        let transfer = request.transfer
        return digest([
            "kind": .string(kind.rawValue), "amount": JSONValue(request.amount.minorUnits),
            "currency": .string(request.amount.currency.code), "fee": JSONValue(request.fee),
            "channels": .array(request.channels.map { .string($0.text) }),
            "phone": JSONValue(request.customer.phone?.e164), "wallet": JSONValue(request.wallet?.text),
            "account": JSONValue(request.account?.name), "bill": JSONValue(request.bill?.text),
            "bill_account": JSONValue(request.billAccount),
            "reference": JSONValue(request.reference), "description": JSONValue(request.description),
            "from": end(transfer?.from), "to": end(transfer?.to), "fee_payer": JSONValue(transfer?.feePayer.rawValue),
            "recipient": JSONValue(transfer?.recipient.phone?.e164),
        ])
    }

    /// A payment that waits for its payer, out of one of the payer's wallets.
    package static func of(paying order: Order, from wallet: WalletID) -> [UInt8] {
        digest([
            "payment": .string(order.id.text), "amount": JSONValue(order.amount.minorUnits),
            "currency": .string(order.amount.currency.code), "wallet": .string(wallet.text),
        ])
    }

    /// Anything else, by its own members.
    package static func of(_ members: JSONValue) -> [UInt8] { digest(members) }

    private static func end(_ end: TransferTerms.End?) -> JSONValue {
        switch end {
        case .wallet(let wallet): .string(wallet.text)
        case .channel(let channel): .string(channel.text)
        case nil: .null
        }
    }

    private static func digest(_ members: JSONValue) -> [UInt8] {
        Array(SHA256.hash(data: members.withoutNulls.canonical()))
    }
}

extension Challenge.Purpose {
    /// Whether a code of it can let money out of a holder's wallet for a new order of a kind.
    func allows(_ kind: OrderKind) -> Bool {
        switch self {
        case .payment: kind == .payment
        case .billPayment: kind == .payment || kind == .payout
        case .cashOut: kind == .payout
        case .transfer: kind == .transfer
        case .billCreation, .walletLink, .phoneConfirmation, .phoneChange, .emailConfirmation, .passwordReset: false
        }
    }
}
