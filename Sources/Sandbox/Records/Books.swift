import FoundationEssentials
import Synchronization
import WebText

/// One movement of money that an operator really executed.
///
/// The books consist of these and of nothing else.
///
/// Once written it never changes. An operator that tells a wrong amount or currency (the scenarios named so) has
/// executed what it tells.
public struct SandboxMovement: Sendable, Hashable, Codable {
    /// Which way money went.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// From a payer to the partner.
        case collect
        /// From the partner to a customer.
        case payout
        /// Back to a payer.
        case refund
    }

    /// Who executed it.
    public var `operator`: SandboxOperator
    /// The partner's reference: `idRequete`; `developer_tracking_id`, or the payment id for Flouci's accept call;
    /// for cards `metadata[reference]`, or the id of the intent or charge where there is none.
    public var reference: String
    /// Which way money went.
    public var kind: Kind
    /// The amount in the smallest unit of the operator's wire: francs, millimes, cents.
    public var amount: Int64
    /// The currency's three letters, upper case.
    public var currency: String
    /// Whose money it was: the phone number, the wallet, or brand and last digits of the card.
    public var party: String
    /// When, in milliseconds since 1970.
    public var executedAtMilliseconds: Int64
    /// The operator's own name for it, which no other movement of the operator and kind has; `nil` for what was executed
    /// before it was kept.
    public var operatorReference: String?

    /// Milliseconds since 1970, minor units; ``operatorReference`` tells this movement from all others of its operator.
    public init(
        operator: SandboxOperator, reference: String, kind: Kind = .collect, amount: Int64, currency: String,
        party: String, executedAtMilliseconds: Int64, operatorReference: String? = nil
    ) {
        self.operator = `operator`
        self.reference = reference
        self.kind = kind
        self.amount = amount
        self.currency = currency
        self.party = party
        self.executedAtMilliseconds = executedAtMilliseconds
        self.operatorReference = operatorReference
    }

    /// As `GET /_books` shows it.
    var json: JSONValue {
        [
            "operator": .text(self.operator.rawValue), "reference": .text(reference), "kind": .text(kind.rawValue),
            "amount": .number(amount), "currency": .text(currency), "party": .text(party),
            "executed_at": .text(RFC3339.text(milliseconds: executedAtMilliseconds)),
            "operator_reference": .optional(operatorReference),
        ]
    }
}

/// Every movement really executed, in the order of execution.
final class Books: Sendable {
    private let entries = Mutex<[SandboxMovement]>([])

    /// Whatever was really executed, oldest first.
    var movements: [SandboxMovement] { entries.withLock { $0 } }

    func add(_ movement: SandboxMovement) { entries.withLock { $0.append(movement) } }
}

/// How often one operation was asked for under one reference.
///
/// More than one where one was meant is a duplicate.
public struct SandboxRequestCount: Sendable, Hashable {
    /// Who was asked.
    public var `operator`: SandboxOperator
    /// The operation, such as `debit`, `status`, `generate`, `confirm`.
    public var operation: String
    /// The partner's reference as in ``SandboxMovement/reference``; empty where a call has none.
    public var reference: String
    /// Requests that arrived, refused and dropped ones included.
    public var count: Int

    /// As `GET /_requests` shows it.
    var json: JSONValue {
        [
            "operator": .text(self.operator.rawValue), "operation": .text(operation), "reference": .text(reference),
            "count": .number(Int64(count)),
        ]
    }
}

/// Counts requests by operator, operation and reference, also across restarts.
final class RequestLog: Sendable {
    private struct Key: Hashable, Sendable {
        var `operator`: SandboxOperator
        var operation: String
        var reference: String
    }

    private let counts = Mutex<[Key: Int]>([:])
    private let file: JournalFile?

    /// Makes a log and counts what the file holds already.
    init(file: JournalFile?) throws {
        self.file = file
        let decoder = JSONDecoder()
        for line in try file?.lines() ?? [] {
            let fields = try decoder.decode([String].self, from: Data(line))
            guard fields.count == 3, let name = SandboxOperator(rawValue: fields[0]) else { continue }
            add(Key(operator: name, operation: fields[1], reference: fields[2]))
        }
    }

    /// Counts one request.
    func log(_ name: SandboxOperator, _ operation: String, _ reference: String) throws {
        if let file {
            let line: JSONValue = [.text(name.rawValue), .text(operation), .text(reference)]
            try file.append(line.bytes)
        }
        add(Key(operator: name, operation: operation, reference: reference))
    }

    /// All counts, sorted by operator, operation and reference.
    var all: [SandboxRequestCount] {
        counts.withLock { $0 }
            .map {
                SandboxRequestCount(
                    operator: $0.key.operator, operation: $0.key.operation, reference: $0.key.reference, count: $0.value
                )
            }
            .sorted {
                ($0.operator.rawValue, $0.operation, $0.reference) < ($1.operator.rawValue, $1.operation, $1.reference)
            }
    }

    /// Gives the file back.
    func close() { file?.close() }

    private func add(_ key: Key) { counts.withLock { $0[key, default: 0] += 1 } }
}
