/// Which wallets of the platform's own an order moves money of.
extension OrderView {
    /// What an order belongs to.
    ///
    /// What gives a transfer's money back is a refund of its payment, and a part of the transfer.
    func writeParent(_ order: Order, to writer: inout JSONObjectWriter) {
        if let parent = order.parent, parent.kind != .transfer { writer.field("payment", parent.text) }
        writer.field("transfer", order.transfer?.text)
    }

    /// The wallet that it takes from and the one that it goes to; only there if there is one.
    func writeWallets(_ order: Order, to writer: inout JSONObjectWriter) {
        writer.object("source", order.sourceWallet) { $0.field("wallet", $1.text) }
        writer.object("destination", order.destinationWallet) { $0.field("wallet", $1.text) }
        if order.request.fee > 0 { writer.field("fee", order.request.fee) }
    }
}

extension Order {
    /// The transfer that it is a part of.
    package var transfer: OrderID? {
        if let parent, parent.kind == .transfer { return parent }
        return request.account?.transfer
    }

    /// The wallet that a payment or a payout takes from.
    package var sourceWallet: WalletID? {
        switch kind {
        case .payment: wallet
        case .payout: request.account?.wallet
        case .refund, .capture, .void, .transfer: nil
        }
    }

    /// The wallet that a payment's money goes to, instead of the app's own account.
    package var destinationWallet: WalletID? { kind == .payment ? namedAccount?.wallet : nil }

    /// The wallet that a payout goes to.
    package var payeeWallet: WalletID? { kind == .payout ? request.wallet : nil }
}

extension LedgerAccount {
    /// The transfer whose money in suspense it is.
    package var transfer: OrderID? {
        kind == .suspense ? OrderID(String(name.drop { $0 != ":" }.dropFirst()), .transfer) : nil
    }
}
