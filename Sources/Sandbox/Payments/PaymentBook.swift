import Synchronization

/// The payments of one operator: records them, ends them when they are due, and passes on what follows.
final class PaymentBook: Sendable {
    /// Makes the notification of an ended payment; `nil` if the operator sends none for it.
    typealias Notify = @Sendable (SandboxPayment, _ now: Int64) -> Outgoing?

    private struct State: Sendable {
        var payments: [String: SandboxPayment] = [:]
        /// Open prompts that wait for a person, by phone, oldest first.
        var openByParty: [String: [String]] = [:]

        mutating func put(_ payment: SandboxPayment) {
            payments[payment.key] = payment
            guard payment.isPerson else { return }
            let others = (openByParty[payment.party] ?? []).filter { $0 != payment.key }
            let open = payment.isOpen ? others + [payment.key] : others
            openByParty[payment.party] = open.isEmpty ? nil : open
        }
    }

    /// What became of a request to record a payment.
    enum Verdict: Sendable, Hashable {
        case recorded
        /// The reference is known already.
        case duplicate
        /// The request is dropped unread.
        case dropped
    }

    let owner: SandboxOperator
    private let tools: OperatorTools
    private let notify: Notify
    private let state = Mutex(State())

    init(_ owner: SandboxOperator, _ tools: OperatorTools, notify: @escaping Notify) {
        self.owner = owner
        self.tools = tools
        self.notify = notify
    }

    /// Puts a payment, and if it ends at once its end, on file.
    func record(_ payment: SandboxPayment, dropsFirst: Bool = false) throws -> Verdict {
        let now = tools.stage.now
        let verdict: Verdict = try state.withLock { state in
            let known = state.payments[payment.key]
            if let known, !known.isDropped { return .duplicate }
            if dropsFirst, known == nil {
                var memory = payment
                memory.isDropped = true
                memory.isPerson = false
                try commit(memory, JournalLine(), &state)
                return .dropped
            }
            if let plan = payment.plan, let due = payment.due, due <= now {
                try end(payment, plan, now, &state)
            } else {
                try commit(payment, JournalLine(), &state)
            }
            return .recorded
        }
        if verdict == .recorded { arm(payment) }
        return verdict
    }

    /// The payment of that reference.
    func find(_ operation: SandboxOperation, _ id: String) -> SandboxPayment? {
        state.withLock { $0.payments[SandboxPayment.key(operation.rawValue, id)] }.flatMap { $0.isDropped ? nil : $0 }
    }

    func first(where fits: (SandboxPayment) -> Bool) -> SandboxPayment? {
        state.withLock { state in state.payments.values.first { !$0.isDropped && fits($0) } }
    }

    func sum(where fits: (SandboxPayment) -> Bool) -> Int64 {
        state.withLock { state in
            state.payments.values.filter { !$0.isDropped && fits($0) }.reduce(0) { $0 + $1.toldAmount }
        }
    }

    /// Whether a check of the payment fails; counts it.
    func failsCheck(_ payment: SandboxPayment) throws -> Bool {
        try state.withLock { state in
            guard var present = state.payments[payment.key], present.failingChecks > 0 else { return false }
            present.failingChecks -= 1
            try commit(present, JournalLine(), &state)
            return true
        }
    }

    /// Ends a payment, unless it has ended already.
    @discardableResult
    func decide(_ key: String, _ result: SandboxResult) throws -> Bool {
        try state.withLock { state in
            guard let payment = state.payments[key], payment.isOpen else { return false }
            try end(payment, result, tools.stage.now, &state)
            return true
        }
    }

    /// The present, in milliseconds since 1970.
    var now: Int64 { tools.stage.now }

    /// The open prompts of a phone.
    func prompts(of party: String) -> [SandboxPayment] {
        state.withLock { state in (state.openByParty[party] ?? []).compactMap { state.payments[$0] } }
    }

    /// Every payment that waits for a person, the one that ends first in front.
    var openForPeople: [SandboxPayment] {
        state.withLock { state in state.openByParty.values.joined().compactMap { state.payments[$0] } }
            .sorted { ($0.due ?? .max, $0.key) < ($1.due ?? .max, $1.key) }
    }

    /// What the operator holds for its partner: an opening balance, and what the books say since.
    func balance(_ opening: Int64) -> Int64 {
        tools.recorder.books.movements.filter { $0.operator == owner }
            .reduce(opening) { $0 + ($1.kind == .collect ? $1.amount : -$1.amount) }
    }

    func restore(_ line: JournalLine) {
        for payment in line.kept(SandboxPayment.self, as: "payment", of: owner) { state.withLock { $0.put(payment) } }
    }

    /// Takes up every planned end.
    func armAll() {
        for payment in state.withLock({ $0.payments.values.filter(\.isOpen) }) { arm(payment) }
    }

    private func arm(_ payment: SandboxPayment) {
        guard let due = payment.due, let plan = payment.plan else { return }
        tools.stage.at(due) { [weak self] in
            guard let self else { return }
            tools.unattended { try decide(payment.key, plan) }
        }
    }

    private func end(_ payment: SandboxPayment, _ result: SandboxResult, _ now: Int64, _ state: inout State) throws {
        var payment = payment
        payment.result = result
        payment.endedAt = now
        payment.plan = nil
        payment.due = nil
        var line = JournalLine()
        if result.isSuccess {
            line.movement = SandboxMovement(
                operator: owner, reference: payment.id,
                kind: SandboxMovement.Kind(rawValue: payment.operation) ?? .collect, amount: payment.toldAmount,
                currency: payment.currency, party: payment.party, executedAtMilliseconds: now,
                operatorReference: payment.reference)
        }
        if let outgoing = notify(payment, now) { line.callbacks = outgoing.copies(payment.callbacks) }
        try commit(payment, line, &state)
    }

    private func commit(_ payment: SandboxPayment, _ line: JournalLine, _ state: inout State) throws {
        var line = line
        try line.keep(payment, as: "payment", of: owner)
        try tools.recorder.commit(line)
        state.put(payment)
    }
}
