import Crypto
import WebText

/// The meters that the practice biller knows: eleven digits.
enum Meter {
    /// The least that a meter is charged with, in francs.
    static let minimum: Int64 = 100

    private static let magic = "370000000"
    private static let names = ["Ama Kossi", "Kwame Adjei", "Afi Mensah", "Koffi Lawson", "Abla Dossou"]

    /// The magic meter with a number.
    static func numbered(_ number: Int) -> String { magic + (number < 10 ? "0" : "") + String(number) }

    /// The number of a magic meter; `nil` for all others.
    static func number(_ meter: String) -> Int? { meter.hasPrefix(magic) ? Int(meter.dropFirst(magic.count)) : nil }

    static func isKnown(_ meter: String) -> Bool {
        meter.utf8.count == 11 && meter.utf8.allSatisfy { (0x30...0x39).contains($0) } && number(meter) != 3
    }

    static func isBlocked(_ meter: String) -> Bool { number(meter) == 4 }

    /// Whether a debt is on it, which it tells when it is looked up.
    static func owes(_ meter: String) -> Bool { number(meter) == 31 }

    static func owesNothing(_ meter: String) -> Bool { number(meter) == 30 }

    /// Whose it is; the same whenever it is asked.
    static func customer(_ meter: String) -> String {
        names[(meter.utf8.last.map { Int($0) } ?? 0) % names.count]
    }

    /// The reference of its one bill.
    static func bill(_ meter: String) -> String { "B" + meter }

    /// The biller's own id of a request: a UUID, the same whenever the same request is meant.
    static func request(_ payment: String) -> String {
        let digits = Hex.text(SHA256.hash(data: Array("request \(payment)".utf8)).prefix(16))
        let ends = [(0, 8), (8, 4), (12, 4), (16, 4), (20, 12)]
        return ends.map { digits.dropFirst($0.0).prefix($0.1) }.joined(separator: "-")
    }

    /// The token of a payment, twenty digits as meters take them; the same whenever the same payment is asked about.
    static func token(_ payment: String) -> String {
        let digits = SHA256.hash(data: Array("token \(payment)".utf8)).map { String($0 % 10) }
        return digits.prefix(20).joined()
    }
}

/// What a payment to a meter does.
struct MeterBehaviour: SandboxBehaviour, Hashable {
    var payment: PaymentBehaviour
    /// How long after the payment its token comes, in milliseconds.
    var tokenAfter: Int64 = 0
    /// Whether the answer says that the request was known already, although it was the first.
    var claimsDuplicate = false

    var callbacks: CallbackStyle {
        get { payment.callbacks }
        set { payment.callbacks = newValue }
    }
    var breaksTheAnswer: Bool { payment.breaksTheAnswer || claimsDuplicate }
    static let plain = MeterBehaviour(payment: PaymentBehaviour(result: .executed, after: 0, callbacks: .never))

    /// The behaviour of a meter; without magic it is charged at once.
    static func of(_ meter: String) -> MeterBehaviour { Meter.number(meter).flatMap { numbered[$0] } ?? plain }

    private static let numbered: [Int: MeterBehaviour] = [
        2: MeterBehaviour(payment: PaymentBehaviour(result: .executed, after: 3_000, callbacks: .never)),
        5: MeterBehaviour(payment: PaymentBehaviour(callbacks: .never)),
        6: MeterBehaviour(payment: executed(.dropped)),
        7: MeterBehaviour(payment: PaymentBehaviour(isRecorded: false, answer: .dropped)),
        8: MeterBehaviour(payment: executed(.serverError)),
        9: MeterBehaviour(payment: PaymentBehaviour(isRecorded: false, answer: .serverError)),
        12: MeterBehaviour(payment: executed(.truthful), tokenAfter: 2_000),
        13: MeterBehaviour(payment: executed(.dropped), tokenAfter: 4_000),
        14: MeterBehaviour(payment: executed(.hung(60_000))),
        15: MeterBehaviour(payment: PaymentBehaviour(isRecorded: false, answer: .hung(60_000))),
        20: MeterBehaviour(payment: PaymentBehaviour(isRecorded: false, answer: .page)),
        21: MeterBehaviour(payment: executed(.truncated)),
        22: MeterBehaviour(
            payment: PaymentBehaviour(result: .executed, after: 0, callbacks: .never, extraAmount: 1)),
        23: MeterBehaviour(payment: executed(.truthful), claimsDuplicate: true),
        28: MeterBehaviour(
            payment: PaymentBehaviour(
                result: .executed, after: 0, answer: .dropped, callbacks: .never, failingChecks: 3)),
    ]

    private static func executed(_ answer: AnswerStyle) -> PaymentBehaviour {
        PaymentBehaviour(result: .executed, after: 0, answer: answer, callbacks: .never)
    }
}

extension SandboxScenario {
    /// Magic meters.
    static let biller: [SandboxScenario] = [
        biller(1, "succeeds", .executed, .succeeded), biller(2, "succeeds_later", .executed, .succeeded),
        biller(3, "unknown_meter", .notExecuted, .failed), biller(4, "meter_blocked", .notExecuted, .failed),
        biller(5, "no_answer", .notExecuted, .underReview),
        biller(6, "lost_answer_executed", .executed, .succeeded),
        biller(7, "lost_answer_not_executed", .notExecuted, .underReview),
        biller(8, "error_after_executing", .executed, .succeeded),
        // The standard's "not found" does not say that nothing is under way.
        biller(9, "error_without_executing", .notExecuted, .underReview),
        biller(12, "token_later", .executed, .succeeded),
        biller(13, "lost_answer_token_later", .executed, .succeeded),
        biller(14, "fault_timeout_executed", .executed, .succeeded),
        biller(15, "fault_timeout_not_executed", .notExecuted, .underReview),
        biller(20, "fault_html_answer", .notExecuted, .underReview),
        biller(21, "fault_truncated_answer", .executed, .succeeded),
        biller(22, "fault_wrong_amount", .executedDifferently, .underReview),
        biller(23, "fault_claims_duplicate", .executed, .succeeded),
        biller(28, "fault_status_unavailable", .executed, .succeeded),
    ]

    private static func biller(_ number: Int, _ name: String, _ execution: Execution, _ end: End) -> SandboxScenario {
        SandboxScenario(
            operator: .gsmaBiller, channel: "electricity", operation: .payout, name: name,
            trigger: .billAccount(Meter.numbered(number)), amount: 5_000, currency: "XOF", end: end,
            execution: execution)
    }
}
