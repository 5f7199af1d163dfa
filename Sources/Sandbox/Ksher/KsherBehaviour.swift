/// What one order, barcode or refund does, and what the partner gets to see of it.
struct KsherBehaviour: SandboxBehaviour, Hashable {
    /// How it ends by itself; `nil` means a person (or nobody) pays.
    var result: KsherOrder.State?
    /// When, in milliseconds after somebody has opened the page or scanned the code.
    ///
    /// A barcode counts from its creation, and is charged at once where this is 0.
    var after: Int64 = 1_000
    var callbacks = CallbackStyle.once
    /// How the answer to the request leaves.
    var answer = AnswerStyle.truthful
    /// Overrides the order's own lifetime, in milliseconds.
    var lifetime: Int64?
    /// What is told, and the books hold, beyond the asked amount.
    var extraAmount: Int64 = 0
    /// Answers are signed with a foreign key.
    var isForged = false
    /// Questions that are answered with HTTP 500 first.
    var failingChecks = 0
    /// The answer to the opening call is lost, and nobody can pay.
    var isLost = false
    /// The reason of a failure is the payer's balance.
    var hasTooLittle = false

    var breaksTheAnswer: Bool { answer != .truthful || isLost || isForged }
    static let plain = KsherBehaviour(result: .paid)

    /// How long a request without an answer hangs, in milliseconds.
    static let hang: Int64 = 60_000

    /// Pages and QR codes, by amount in satang.
    static func order(amount: Int64) -> KsherBehaviour { orders[amount] ?? KsherBehaviour() }

    private static let orders: [Int64: KsherBehaviour] = [
        10_001: KsherBehaviour(result: .paid),
        10_002: KsherBehaviour(result: .paid, after: 5_000),
        10_003: KsherBehaviour(result: .failed, hasTooLittle: true),
        10_004: KsherBehaviour(result: .failed),
        10_005: KsherBehaviour(lifetime: 3_000),
        10_010: KsherBehaviour(result: .paid, callbacks: .threeTimes),
        10_011: KsherBehaviour(result: .paid, after: 4_000),
        10_021: KsherBehaviour(result: .paid, extraAmount: 1),
        10_022: KsherBehaviour(answer: .page),
        10_023: KsherBehaviour(result: .paid, isForged: true),
        10_024: KsherBehaviour(result: .paid, isLost: true),
        10_025: KsherBehaviour(result: .paid, failingChecks: 3),
        10_026: KsherBehaviour(result: .paid, callbacks: .never),
    ]

    /// Charges, by barcode; any other barcode succeeds at once.
    static func barcode(_ code: String) -> KsherBehaviour { barcodes[code] ?? KsherBehaviour(result: .paid, after: 0) }

    private static let barcodes: [String: KsherBehaviour] = [
        "880000000001": KsherBehaviour(result: .paid, after: 0),
        "880000000002": KsherBehaviour(result: .paid, after: 3_000),
        "880000000003": KsherBehaviour(result: .failed, after: 0, hasTooLittle: true),
        "880000000004": KsherBehaviour(result: .failed, after: 0),
        "880000000005": KsherBehaviour(answer: .hung(hang), isLost: true),
        "880000000006": KsherBehaviour(result: .paid, after: 0, answer: .dropped),
        "880000000007": KsherBehaviour(answer: .dropped, isLost: true),
        "880000000008": KsherBehaviour(result: .paid, after: 0, answer: .serverError),
        "880000000009": KsherBehaviour(answer: .serverError, isLost: true),
        "880000000010": KsherBehaviour(result: .paid, after: 0, callbacks: .threeTimes),
        "880000000011": KsherBehaviour(result: .paid, after: 4_000),
        "880000000021": KsherBehaviour(result: .paid, after: 0, extraAmount: 1),
        "880000000022": KsherBehaviour(answer: .page, isLost: true),
        "880000000023": KsherBehaviour(result: .paid, after: 0, isForged: true),
        "880000000024": KsherBehaviour(result: .paid, after: 0, answer: .truncated),
    ]

    /// Refunds, by the amount given back in satang; any other amount succeeds.
    static func refund(amount: Int64) -> KsherBehaviour { refunds[amount] ?? KsherBehaviour(result: .paid) }

    private static let refunds: [Int64: KsherBehaviour] = [
        4_004: KsherBehaviour(result: .failed),
        4_005: KsherBehaviour(answer: .hung(hang), isLost: true),
        4_006: KsherBehaviour(result: .paid, answer: .dropped),
        4_007: KsherBehaviour(answer: .dropped, isLost: true),
        4_008: KsherBehaviour(result: .paid, answer: .serverError),
        4_009: KsherBehaviour(answer: .serverError, isLost: true),
        4_023: KsherBehaviour(result: .paid, isForged: true),
    ]
}
