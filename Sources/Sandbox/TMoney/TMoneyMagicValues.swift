/// What each magic phone does: the numbered behaviours that operators share, and those that only TMoney has.
enum TMoneyMatrix {
    /// The number whose debits find their token revoked, in turns with debits that get through.
    static let revokesToken = 24
    /// The number whose debits are answered with the general failure code.
    static let failsGenerally = 25

    private static let debits: [Int: PaymentBehaviour] = [
        4: PaymentBehaviour(result: .wrongPIN),
        23: PaymentBehaviour(result: .executed, after: 0, answer: .delayed(1_500)),
        revokesToken: .plain,
        failsGenerally: PaymentBehaviour(isRecorded: false),
        26: PaymentBehaviour(result: .executed, answer: .delayed(60_000), callbacks: .never),
    ]

    /// The magic phone with a number: `228`, `900000` and two digits.
    static func phone(_ number: Int) -> String { "228900000\(number < 10 ? "0" : "")\(number)" }

    /// The last two digits of a magic phone, which choose its outcome; `nil` for every other phone.
    static func number(_ phone: String) -> Int? { phone.hasPrefix("228900000") ? Int(phone.suffix(2)) : nil }

    /// How to treat a debit.
    static func debit(_ number: Int?) -> PaymentBehaviour {
        number.flatMap { debits[$0] ?? PaymentBehaviour.numbered[$0] } ?? .person
    }

    /// How to treat a credit: nobody is asked, so money moves within the call.
    static func credit(_ number: Int?) -> PaymentBehaviour {
        (number.flatMap { PaymentBehaviour.numbered[$0] } ?? .plain).immediate
    }
}

extension SandboxResult {
    /// The payer typed a wrong PIN.
    static let wrongPIN = SandboxResult(word: "wrong_pin")
}

extension SandboxScenario {
    /// TMoney's magic phones.
    ///
    /// Any other phone is a person at `/tmoney/phones/<number>`.
    ///
    /// Credits have the same numbers.
    static let tmoney = tmoneyDebits + tmoneyCredits

    private static let tmoneyDebits = (PaymentBehaviour.names + tmoneyFaults).sorted { $0.number < $1.number }
        .map { tmoney(.collect, $0.number, $0.name, $0.execution) }

    private static let tmoneyCredits = PaymentBehaviour.names.filter { $0.name != "late_success" }
        .map { tmoney(.payout, $0.number, $0.name, $0.execution) }

    /// What only TMoney has, and only for debits.
    private static let tmoneyFaults: [(number: Int, name: String, execution: Execution)] = [
        (23, "fault_callback_before_answer", .executed),
        (TMoneyMatrix.revokesToken, "fault_token_revoked", .executedIfRepeated),
        (TMoneyMatrix.failsGenerally, "fault_general_failure", .notExecuted),
        (26, "fault_hanging_answer", .executed),
    ]

    private static func tmoney(
        _ operation: Operation, _ number: Int, _ name: String, _ execution: Execution
    ) -> SandboxScenario {
        SandboxScenario(
            operator: .tmoney, channel: "tmoney", operation: operation, name: name,
            trigger: .phone(TMoneyMatrix.phone(number)), amount: 5_000, currency: "XOF",
            expiresInSeconds: name == "late_success" ? 2 : nil, end: .usual(name), execution: execution)
    }
}
