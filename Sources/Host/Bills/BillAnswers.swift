import Router

/// Why a bill cannot be paid or deleted, in words.
enum BillAnswers {
    static func problem(_ refusal: BillRefusal, _ bill: Bill?) -> Problem {
        let (reason, detail, payment): (String, String, OrderID?) =
            switch refusal {
            case .missing: ("missing", "there is no such bill", nil)
            case .deleted: ("deleted", "the bill was taken back; nothing was taken", nil)
            case .paid(let payment): ("paid", "the bill is paid; nothing was taken", payment)
            case .beingPaid(let payment):
                ("being_paid", "somebody is paying the bill; nothing was taken. Look again in a few minutes", payment)
            }
        guard refusal != .missing else { return Problem(.notFound, detail) }
        return Problem(
            .billUnpayable, detail,
            extra: [
                ("reason", .string(reason)), ("bill", JSONValue(bill?.id.text)),
                ("paid_at", JSONValue(bill.flatMap { $0.state == .paid ? $0.endedAt?.description : nil })),
            ], ofOrder: [("bill_payment", JSONValue(payment?.text))])
    }
}
