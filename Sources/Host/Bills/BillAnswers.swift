import Router

/// Why a bill cannot be paid or deleted, in words.
enum BillAnswers {
    /// The `reason` of `bill_unpayable`.
    enum Reason: String, CaseIterable {
        case paid
        case beingPaid = "being_paid"
        case deleted
    }

    static func problem(_ refusal: BillRefusal, _ bill: Bill?) -> Problem {
        switch refusal {
        // That a step tells too little, only whoever commits it hears.
        case .missing, .untold: Problem(.notFound, "there is no such bill")
        case .deleted: unpayable(.deleted, "the bill was taken back; nothing was taken", bill, nil)
        case .paid(let payment): unpayable(.paid, "the bill is paid; nothing was taken", bill, payment)
        case .beingPaid(let payment):
            unpayable(
                .beingPaid, "somebody is paying the bill; nothing was taken. Look again in a few minutes", bill, payment
            )
        }
    }

    private static func unpayable(_ reason: Reason, _ detail: String, _ bill: Bill?, _ payment: OrderID?) -> Problem {
        var extra: [(String, JSONValue)] = [(Problem.reason, .string(reason.rawValue))]
        if let bill { extra.append(("bill", .string(bill.code.description))) }
        if let end = bill?.endedAt, reason == .paid { extra.append(("paid_at", .string(end.description))) }
        return Problem(
            .billUnpayable, detail, extra: extra,
            ofOrder: payment.map { [("bill_payment", .string($0.text))] } ?? [])
    }
}
