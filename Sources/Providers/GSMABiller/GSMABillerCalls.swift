import Router
import WebText

/// What is said to the biller, and where; credentials are added by whoever has them.
///
/// Paths and members are those of the OpenAPI document of the bill payments, version 1.2.0 (docs/protocols/gsma-biller.md).
struct GSMABillerCalls: Sendable {
    let root: String
    let identifierType: GSMABillerKind.IdentifierType
    let pays: GSMABillerKind.Pays
    let currency: Currency
    let paidStatuses: Set<String>
    let pendingStatuses: Set<String>
    let goodsKey: String?
    let nameKey: String?
    let organisation: String?
    let manifest: ProviderManifest

    /// The bills of an account.
    func bills(of account: String) -> String {
        "\(root)/accounts/\(identifierType.rawValue)/\(PercentText.encoded(account))/bills"
    }

    /// The question for them.
    func billsQuestion(_ account: String) -> WireRequest {
        .question(bills(of: account), [("limit", "50")])
    }

    /// The question what became of a request, by the correlation id that it carried.
    func responseQuestion(_ reference: String) -> WireRequest {
        .question("\(root)/responses/\(PercentText.encoded(reference))")
    }

    /// The question how far a request has come, by the biller's own id of it.
    func stateQuestion(_ id: String) -> WireRequest { .question("\(root)/requeststates/\(PercentText.encoded(id))") }

    /// The question for what a link of `/responses` leads to; `nil` if it leads away from the biller.
    func linked(_ link: String) -> WireRequest? {
        guard link.consists(of: .visible, 1...256), !link.contains("#"), !link.contains("..") else { return nil }
        if link.hasPrefix("/"), !link.hasPrefix("//") { return .question(root + link) }
        return link.hasPrefix(root + "/") ? .question(link) : nil
    }

    /// The request that pays.
    func payment(_ order: PayoutInstruction, at place: String) -> MoneyRequest {
        var body = JSONObject([
            .init("requestingOrganisationTransactionReference", .string(order.reference)),
            .init("amountPaid", .string(order.amount.decimalText)),
            .init("currency", .string(order.amount.currency.code)),
        ])
        if let organisation { body["requestingOrganisation"] = .string(organisation) }
        if !order.text.isEmpty { body["customerReference"] = .string(order.text) }
        return MoneyRequest(WireRequest.json(place, .object(body)).with("X-CorrelationID", order.reference))
    }
}

/// A provider of this kind, whichever credentials it has.
protocol GSMABilling: PayingOut, Checking, BillLookingUp {
    var calls: GSMABillerCalls { get }
}

extension GSMABilling {
    var manifest: ProviderManifest { calls.manifest }

    func preparation(of order: Instruction, confirmedBy confirmation: Router.Confirmation?) -> Preparation {
        calls.pays == .bill ? .asksOperator : .offline
    }

    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try manifest.admit(order)
        guard let account = order.billAccount, let biller = manifest.payout?.biller, biller.account.fits(account) else {
            throw .invalid("an account number in the biller's form is required")
        }
        let bills = calls.bills(of: account)
        guard calls.pays == .bill else { return calls.payment(order, at: bills + "/payments") }
        let reply = try await wire.askToPrepare(calls.billsQuestion(account))
        let reference = try calls.bill(for: order.amount, in: reply)
        return calls.payment(order, at: "\(bills)/\(PercentText.encoded(reference))/payments")
    }

    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
        calls.answer(reply, ours: order.reference)
    }
}
