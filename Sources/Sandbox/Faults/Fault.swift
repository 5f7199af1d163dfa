import Synchronization

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

        /// What can go wrong with a message: its answer states no amounts, and nothing is notified.
        static let ofMessages: [Kind] = [.dropBefore, .dropAfter, .delay, .status, .garbage]
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

/// The faults that tests asked for; in memory only.
final class FaultBook: Sendable {
    private let faults = Mutex<[Fault]>([])

    /// Every fault that still waits for requests.
    var all: [Fault] { faults.withLock { $0 } }

    /// Adds a fault, in place of an earlier one for the same operation of the same operator.
    func set(_ fault: Fault) {
        faults.withLock { faults in
            faults.removeAll { $0.operator == fault.operator && $0.operation == fault.operation }
            faults.append(fault)
        }
    }

    /// Forgets the faults of one operator, or of all.
    func clear(_ name: SandboxOperator?) {
        faults.withLock { $0.removeAll { name == nil || $0.operator == name } }
    }

    /// The fault for a request, counted down.
    func next(_ name: SandboxOperator, _ operation: SandboxOperation) -> Fault? {
        faults.withLock { faults in
            guard let index = faults.firstIndex(where: { $0.operator == name && $0.operation == operation }) else {
                return nil
            }
            faults[index].count -= 1
            let fault = faults[index]
            if fault.count == 0 { faults.remove(at: index) }
            return fault
        }
    }
}

/// Wrong facts in an answer that is otherwise as the operator writes it.
///
/// Works on the text of JSON answers, whatever the operator; what is signed is no longer signed afterwards.
enum AnswerTampering {
    /// Every stated amount is one unit more.
    static func raisingAmounts(_ answer: Answer) -> Answer {
        rewriting(answer) { text in
            text.replacing(
                /(?<name>"[A-Za-z_]*(?:amount|montant)[A-Za-z_]*"\s*:\s*"?)(?<units>[0-9]{1,15})/.ignoresCase()
            ) {
                "\($0.output.name)\((Int64($0.output.units) ?? 0) + 1)"
            }
        }
    }

    /// Every stated currency is the one that ISO 4217 keeps for tests.
    static func exchangingCurrencies(_ answer: Answer) -> Answer {
        rewriting(answer) { text in
            text.replacing(/(?<name>"(?:[A-Za-z_]*currency|fee_type|devise)"\s*:\s*")[A-Za-z]{3}"/.ignoresCase()) {
                "\($0.output.name)XTS\""
            }
        }
    }

    /// Every code and status is one that nobody knows.
    static func inventingCodes(_ answer: Answer) -> Answer {
        rewriting(answer) { text in
            text.replacing(
                /(?<name>"(?:code|status|result|state|error_code|billPaymentStatus)"\s*:\s*)(?:"[^"]*"|-?[0-9]+)/
                    .ignoresCase()
            ) {
                "\($0.output.name)\"7777\""
            }
        }
    }

    private static func rewriting(_ answer: Answer, _ change: (String) -> String) -> Answer {
        guard answer.contentType.contains("json") else { return answer }
        var answer = answer
        answer.body = Array(change(String(decoding: answer.body, as: UTF8.self)).utf8)
        return answer
    }
}
