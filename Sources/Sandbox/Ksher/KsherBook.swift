import Synchronization
import WebText

/// The orders of one of the gateway's interfaces: opened once, paid once, given back up to what was paid.
final class KsherBook: Sendable {
    /// What became of a wish to refund.
    enum RefundResult: Sendable {
        case done(KsherOrder)
        case refused(String)
    }

    /// What to send when an order changes.
    typealias Notify = @Sendable (KsherOrder) -> [Outgoing]

    private struct State: Sendable {
        var orders: [String: KsherOrder] = [:]
        /// Orders by the number their page gave their payment.
        var payments: [String: String] = [:]
        var count = 0

        mutating func put(_ order: KsherOrder) {
            orders[order.reference] = order
            payments[order.paymentID] = order.reference
            count = max(count, order.number)
        }
    }

    private let tools: OperatorTools
    private let name: SandboxOperator
    private let notify: Notify
    private let state = Mutex(State())

    init(_ tools: OperatorTools, _ name: SandboxOperator, notify: @escaping Notify) {
        self.tools = tools
        self.name = name
        self.notify = notify
    }

    /// Opens an order as a behaviour wants; `nil` if the number was used.
    func open(_ order: KsherOrder, _ behaviour: KsherBehaviour) throws -> KsherOrder? {
        let opened: KsherOrder? = try state.withLock { state in
            guard state.orders[order.reference] == nil else { return nil }
            var order = order
            order.number = state.count + 1
            order.gatewayNumber = "900" + Identifiers.number(at: order.createdAt)
            order.toldAmount = order.amount + behaviour.extraAmount
            if let lifetime = behaviour.lifetime { order.expiresAt = order.createdAt + lifetime }
            order.callbacks = behaviour.callbacks
            order.failingChecks = behaviour.failingChecks
            order.isForged = behaviour.isForged
            order.isLost = behaviour.isLost
            order.hasTooLittle = behaviour.hasTooLittle
            if let result = behaviour.result, !behaviour.isLost {
                order.plan = result
                order.after = behaviour.after
                if !order.hasLink { order.due = order.createdAt + behaviour.after }
            }
            try keep(order, &state)
            return order
        }
        guard let opened, let plan = opened.plan, let due = opened.due else { return opened }
        guard due > opened.createdAt else {
            try end(opened.reference, plan, wallet: nil, at: due)
            return find(opened.reference)
        }
        arm(opened)
        return opened
    }

    /// The order of that number, or of the number its page gave its payment.
    func find(_ reference: String) -> KsherOrder? {
        state.withLock { state in state.orders[reference] ?? state.payments[reference].flatMap { state.orders[$0] } }
    }

    /// The order with the operator's own number.
    func find(gatewayID: String) -> KsherOrder? {
        state.withLock { state in state.orders.values.first { $0.gatewayID == gatewayID } }
    }

    /// The order as a question finds it; the second value says that this question still fails.
    func ask(_ reference: String) throws -> (KsherOrder, Bool)? {
        try state.withLock { state in
            guard var order = state.orders[reference] else { return nil }
            guard order.failingChecks > 0 else { return (order, false) }
            order.failingChecks -= 1
            try keep(order, &state)
            return (order, true)
        }
    }

    /// What an order has planned begins when somebody first opens its link, or scans the code with it: one that reached
    /// nobody is never paid.
    ///
    /// Returns the order if it began now.
    func visit(_ reference: String) throws -> KsherOrder? {
        let begun: KsherOrder? = try state.withLock { state in
            let now = tools.stage.now
            guard var order = state.orders[reference], order.plan != nil, order.due == nil,
                order.state(now: now) == .open, let after = order.after
            else { return nil }
            order.due = now + after
            try keep(order, &state)
            return order
        }
        if let begun { arm(begun) }
        return begun
    }

    /// Ends an order, unless it has ended already; one that reached nobody can only be closed.
    func end(_ reference: String, _ result: KsherOrder.State, wallet: String?, at moment: Int64) throws {
        try state.withLock { state in
            guard var order = state.orders[reference], order.state(now: moment) == .open,
                !order.isLost || result == .closed
            else { return }
            order.state = result
            order.plan = nil
            order.due = nil
            var line = JournalLine()
            if result == .paid {
                order.wallet = wallet ?? order.wallets.first ?? "promptpay"
                line.movement = SandboxMovement(
                    operator: name, reference: reference, amount: order.toldAmount, currency: "THB",
                    party: order.wallet, executedAtMilliseconds: tools.stage.now, operatorReference: order.gatewayID)
            }
            line.callbacks = notify(order).flatMap { $0.copies(order.callbacks) }
            try keep(order, &state, line)
        }
    }

    /// The orders of one day (UTC), in the order they were opened.
    func opened(on day: CivilDate) -> [KsherOrder] {
        state.withLock { Array($0.orders.values) }
            .filter { CivilDate(milliseconds: $0.createdAt) == day }
            .sorted { ($0.createdAt, $0.number) < ($1.createdAt, $1.number) }
    }

    /// Gives money back.
    func refund(_ reference: String, number: String, amount: Int64, told: Bool) throws -> RefundResult {
        try state.withLock { state in
            let found = state.orders[reference] ?? state.payments[reference].flatMap { state.orders[$0] }
            guard var order = found, order.state == .paid else { return .refused("order is not paid") }
            guard !order.wallet.hasSuffix("promptpay") else { return .refused("promptpay has no refunds") }
            guard !state.orders.values.contains(where: { $0.refunds.contains { $0.number == number } }) else {
                return .refused("refund number was used")
            }
            guard amount > 0, order.refunded + amount <= order.toldAmount else {
                return .refused("refund amount above the rest")
            }
            order.refunds.append(.init(number: number, amount: amount))
            var line = JournalLine()
            line.movement = SandboxMovement(
                operator: name, reference: number, kind: .refund, amount: amount, currency: "THB",
                party: order.wallet, executedAtMilliseconds: tools.stage.now,
                operatorReference: order.refundID(order.refunds.count - 1))
            if told { line.callbacks = notify(order) }
            try keep(order, &state, line)
            return .done(order)
        }
    }

    func restore(_ line: JournalLine) {
        for order in line.kept(KsherOrder.self, as: "order", of: name) { state.withLock { $0.put(order) } }
    }

    /// Arms every planned result that has begun.
    func armAll() {
        for order in state.withLock({ Array($0.orders.values) }) { arm(order) }
    }

    private func arm(_ order: KsherOrder) {
        guard let due = order.due, let plan = order.plan else { return }
        tools.stage.at(due) { [weak self] in
            guard let self else { return }
            tools.unattended { try end(order.reference, plan, wallet: nil, at: due) }
        }
    }

    private func keep(_ order: KsherOrder, _ state: inout State, _ line: JournalLine = JournalLine()) throws {
        var line = line
        try line.keep(order, as: "order", of: name)
        try tools.recorder.commit(line)
        state.put(order)
    }
}

/// The page on which a person pays an order of either interface.
enum KsherPage {
    /// `/pay/{reference}`.
    static func answer(
        _ reference: String, _ request: SandboxRequest, _ book: KsherBook, _ tools: OperatorTools, path: String
    ) throws -> Answer {
        guard let order = book.find(reference), !order.isLost else {
            return Message("No such payment").answer(status: 404)
        }
        let decision = request.field("decision") ?? ""
        switch (request.method, decision) {
        case ("GET", _): return screen(try book.visit(order.reference) ?? order, tools, path: path)
        case ("POST", "refuse"): try book.end(reference, .failed, wallet: nil, at: tools.stage.now)
        case ("POST", let wallet) where order.wallets.contains(wallet):
            try book.end(reference, .paid, wallet: wallet, at: tools.stage.now)
        default: return .notFound
        }
        let isPaid = book.find(reference)?.state == .paid
        let back = isPaid ? order.successURL : order.failURL
        guard !back.isEmpty else { return .seeOther("\(tools.address.url)\(path)/\(reference)") }
        return .seeOther(Links.adding(["mch_order_no": reference], to: back))
    }

    private static func screen(_ order: KsherOrder, _ tools: OperatorTools, path: String) -> Answer {
        let satang = String(order.amount % 100 + 100).dropFirst()
        let title = "Payment of \(order.amount / 100).\(satang) THB"
        let state = order.state(now: tools.stage.now)
        guard state == .open else {
            return Message(title, "This payment has ended: \(state.rawValue).").answer()
        }
        let action = "\(tools.address.url)\(path)/\(order.reference)"
        let buttons = order.wallets.map {
            Message.Button(label: "Pay with \($0)", decision: $0, action: action)
        }
        return Message(
            title, isMagic: order.plan != nil,
            buttons: buttons + [.init(label: "Refuse", decision: "refuse", action: action)]
        ).answer()
    }
}
