import Router

/// Billers that holders pay out of their wallets.
extension HolderDesk {
    func billerPayment(_ wish: BillPaymentWish, _ account: Account) async throws(Problem) -> HolderOrder {
        guard let name = wish.biller, let number = wish.account, let units = wish.amount, let code = wish.currency
        else {
            throw Problem(
                .invalidRequest, "what is to be paid is missing",
                errors: [
                    JSONIssue(
                        pointer: "", code: "missing_member",
                        detail: "expected bill, or biller, account, amount and currency")
                ])
        }
        let biller = try billers.named(name, settings.environment, app, at: "/biller")
        var checks = InputChecks()
        biller.check(number, "/account", &checks)
        try checks.done()
        let amount = try money(units, code)
        let source = try await wallet(of: account, named: wish.wallet, currency: amount.currency)
        var request = OrderRequest(
            amount: amount, channels: [biller.channel],
            customer: Customer(phone: account.confirmedPhone, name: account.name))
        request.account = .wallet(source.wallet.id)
        request.billAccount = number
        request.initiator = account.id
        request.shop = account.name
        return HolderOrder(
            purpose: .billPayment, subject: ConsentSubject.of(.payout, request),
            summary: .init(
                wallet: source.wallet.id, amount: amount, total: amount, counterparty: biller.name, address: number),
            work: .payBiller(request))
    }
}
