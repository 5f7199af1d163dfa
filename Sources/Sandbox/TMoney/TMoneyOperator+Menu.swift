import Pages
import WebText

/// The operator's own menu (docs/protocols/tmoney.md, B8): the payer begins, under an id that the operator makes.
extension TMoneyOperator {
    /// `GET /menu`: what the payer fills in.
    func menu(_ request: SandboxRequest) -> Answer { menuPage(TMoneyMenu(), nil) }

    /// `POST /menu`: the money moves at once, and the partner is notified.
    func payFromMenu(_ request: SandboxRequest) throws -> Answer {
        let input = TMoneyMenu(
            phone: request.field("phone") ?? "", amount: request.field("amount") ?? "",
            reference: request.field("reference") ?? "")
        let digits = input.phone.filter(\.isNumber)
        let phone = digits.utf8.count == 8 ? "228" + digits : digits
        guard phone.utf8.count == 11, phone.hasPrefix("228") else {
            return menuPage(input, "Your phone is eight digits, perhaps with 228 before them.")
        }
        guard let amount = Int64(input.amount), (1...2_000_000).contains(amount) else {
            return menuPage(input, "The amount is whole francs, 1 to 2 000 000.")
        }
        guard (1...100).contains(input.reference.utf8.count) else {
            return menuPage(input, "The reference is 1 to 100 characters.")
        }
        let now = tools.stage.now
        var behaviour = PaymentBehaviour.plain
        behaviour.after = 0
        var payment = SandboxPayment(
            .collect, id: "USSD\(Identifiers.number(at: now))", account: SandboxCredentials.tmoneyUser, party: phone,
            amount: amount, currency: "XOF", reference: "TM\(Identifiers.number(at: now))", now: now, behaviour)
        payment.details = [
            "order": input.reference, "requestedAt": Timestamps.plain(now), "description": "Paiement marchand",
        ]
        try tools.recorder.requests.log(.tmoney, "menu", payment.id)
        _ = try book.record(payment)
        return Message("Paid", "\(amount) francs, reference \(input.reference), transaction \(payment.id).")
            .answer()
    }

    private func menuPage(_ input: TMoneyMenu, _ fault: String?) -> Answer {
        .page(
            .menu, "TMoney: pay a shop", input.model(fault, base: tools.address.url), status: fault == nil ? 200 : 400)
    }
}

/// What a payer types in the operator's menu.
struct TMoneyMenu {
    var phone = ""
    var amount = ""
    var reference = ""

    /// What `pages/menu.mustache` is filled with.
    func model(_ fault: String?, base: String) -> PageModel {
        [
            "action": .text("\(base)/tmoney/menu"), "base": .text(base), "fault": .text(fault),
            "phone": .text(phone), "amount": .text(amount), "reference": .text(reference),
        ]
    }
}
