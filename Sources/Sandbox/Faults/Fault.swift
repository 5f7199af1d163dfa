/// A disturbance that a test asked for: the next requests for one operation of one operator meet it.
///
/// It overrules magic values: those that are themselves about a broken answer behave like `succeeds` meanwhile, the
/// others keep their outcome.
struct Fault: Sendable, Hashable {
    /// What goes wrong.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The connection closes as if the request had never arrived; nothing is executed or counted.
        case dropBefore = "drop_before"
        /// The request is executed, then the connection closes.
        case dropAfter = "drop_after"
        /// The request is executed; the answer comes after ``Fault/milliseconds``.
        case delay
        /// The answer is ``Fault/status``; the request is executed only if ``Fault/executes``.
        case status
        /// The answer is 200 with bytes that mean nothing; the request is executed unless ``Fault/executes`` is false.
        case garbage
        /// The request is executed; the answer states one unit more wherever it states an amount.
        case wrongAmount = "wrong_amount"
        /// The request is executed; the answer states another currency wherever it states one.
        case wrongCurrency = "wrong_currency"
        /// The request is executed; codes and statuses in the answer are ones nobody knows.
        case unknownCode = "unknown_code"
        /// The result is notified three times, two of them at once.
        case duplicateCallback = "duplicate_callback"
        /// The result is never notified.
        case withholdCallback = "withhold_callback"
    }

    var `operator`: SandboxOperator
    var operation: SandboxOperation
    var kind: Kind
    /// How many more requests meet it.
    var count: Int
    var milliseconds: Int64?
    var status: Int?
    var executes: Bool?

    /// The fault that the present request meets.
    @TaskLocal static var inHand: Fault?

    /// Lets a request meet the fault.
    func play(on stage: Stage, _ answer: () async throws -> Answer) async throws -> Answer {
        try await Self.$inHand.withValue(self) {
            switch kind {
            case .dropBefore: return .dropped
            case .dropAfter:
                _ = try await answer()
                return .dropped
            case .delay:
                let truth = try await answer()
                return await stage.pause(milliseconds ?? 0) ? truth : .dropped
            case .status:
                if executes == true { _ = try await answer() }
                return .json(["error": "A fault was asked for."], status: status ?? 500)
            case .garbage:
                if executes != false { _ = try await answer() }
                return Answer(status: 200, body: Array("}]{\"status\":".utf8) + [0x00, 0xFF])
            case .wrongAmount: return AnswerTampering.raisingAmounts(try await answer())
            case .wrongCurrency: return AnswerTampering.exchangingCurrencies(try await answer())
            case .unknownCode: return AnswerTampering.inventingCodes(try await answer())
            case .duplicateCallback, .withholdCallback: return try await answer()
            }
        }
    }

    /// As `/_faults` shows it.
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "operator", value: .text(self.operator.rawValue)),
            .init(name: "operation", value: .text(operation.rawValue)),
            .init(name: "fault", value: .text(kind.rawValue)), .init(name: "count", value: .number(Int64(count))),
        ]
        if let milliseconds { members.append(.init(name: "milliseconds", value: .number(milliseconds))) }
        if let status { members.append(.init(name: "status", value: .number(Int64(status)))) }
        if let executes { members.append(.init(name: "executes", value: .bool(executes))) }
        return .object(members)
    }
}
