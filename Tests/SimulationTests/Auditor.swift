import Router
import RouterTestKit
import Synchronization

/// Checks the invariants of docs/money-safety.md, 15 from the operators' books, never from the router's own opinion.
final class Auditor: EngineObserver {
    private struct State: Sendable {
        var violations: [String] = []
        var reached: [String: Int] = [:]
        var sends: [String: Int] = [:]
        var limits: [ProviderID: Int64?] = [:]
        /// References of sends that found no room.
        var withoutRoom: Set<String> = []
    }

    private let state = Mutex(State())

    var violations: [String] { state.withLock { $0.violations } }
    /// How often each rare thing happened.
    var reached: [String: Int] { state.withLock { $0.reached } }

    func record(_ event: EngineEvent) {
        switch event {
        case .stateChanged(_, _, _, let attempt, let cause):
            reach("state \(attempt.rawValue)")
            if cause == "owner lost" { reach("takeover of SENDING") }
        case .alarm(let kind, _, _): reach("alarm \(kind.rawValue)")
        default: break
        }
    }

    func reach(_ what: String) { state.withLock { $0.reached[what, default: 0] += 1 } }
    func violation(_ text: String) { state.withLock { $0.violations.append(text) } }

    /// I-02: at the moment bytes leave, a transmission of this reference is durable, and none for it was used before.
    func sent(_ reference: String, durable: MemoryStore.Snapshot) {
        let count = state.withLock { state in
            state.sends[reference, default: 0] += 1
            return state.sends[reference] ?? 0
        }
        let attempt = durable.aggregates.lazy.flatMap(\.attempts).first { $0.reference == reference }
        guard let attempt else { return violation("I-02: \(reference) was sent without a durable attempt") }
        if attempt.transmissions.count < count {
            violation(
                "I-02: \(reference) left \(count) times with \(attempt.transmissions.count) durable transmissions")
        }
        if count > 1 { reach("resend") }
        judgeLock(reference, durable)
        judgeExits(reference, durable)
        inspectExposure(attempt, durable)
    }

    /// A send found no room on the router's machine, or has found some and failed for another reason since.
    func foundRoom(_ reference: String, _ hasFound: Bool) {
        guard !hasFound else { return state.withLock { _ = $0.withoutRoom.remove(reference) } }
        state.withLock { _ = $0.withoutRoom.insert(reference) }
        reach("a send found no room")
    }

    /// What found no room was no try at an operator, and ends nothing before its time.
    private func judgeRoom(_ aggregate: OrderAggregate) {
        let (withoutRoom, sends) = state.withLock { ($0.withoutRoom, $0.sends) }
        guard let last = aggregate.attempts.last, last.state == .notSent, withoutRoom.contains(last.reference),
            sends[last.reference] == nil, aggregate.order.outcome == .failed, let died = last.history.last?.at
        else { return }
        if !last.foundNoRoom, died < aggregate.order.deadline {
            let said = last.refusal?.reason.rawValue ?? "nothing"
            violation(
                "S17: \(aggregate.order.id) failed before its time because its router had no room, and said \(said)")
        }
        reach("an end for want of room")
    }

    /// How much may be in doubt at each operator.
    func limit(_ limits: [ProviderID: Int64?]) { state.withLock { $0.limits = limits } }

    /// I-16: whatever is sent, the money in doubt stays within the limit.
    private func inspectExposure(_ sent: Attempt, _ durable: MemoryStore.Snapshot) {
        guard let limit = state.withLock({ $0.limits[sent.provider] }) ?? nil else { return }
        let open = durable.aggregates.flatMap(\.attempts).filter {
            $0.provider == sent.provider && [.sending, .unknown, .conflict].contains($0.state)
        }
        let sum = open.reduce(0) { $0 + $1.amount.minorUnits }
        if sum > limit { violation("I-16: \(sum) in doubt at \(sent.provider), \(limit) allowed") }
        reach("a send under an exposure limit")
    }

    /// What must hold in every durable state: I-05, I-06, I-07, I-09, I-12, I-17, I-33.
    func inspect(_ snapshot: MemoryStore.Snapshot) {
        for aggregate in snapshot.aggregates {
            let order = aggregate.order
            let place = order.id.text
            if aggregate.attempts.count(where: \.state.isLive) > 1 { violation("I-05: \(place) has two live attempts") }
            if order.amount != order.request.amount { violation("I-12: \(place) changed its amount") }
            for (index, attempt) in aggregate.attempts.enumerated() {
                inspect(attempt, order)
                for earlier in aggregate.attempts[..<index] {
                    guard let death = earlier.history.last, earlier.state.isDead,
                        death.at <= (attempt.history.first?.at ?? death.at)
                    else {
                        violation("I-06: \(attempt.id) began while \(earlier.id) could still move money")
                        continue
                    }
                }
            }
            let promised = order.followUps.reduce(0) { $0 + $1.taken.minorUnits }
            if order.kind != .transfer, promised > order.request.amount.minorUnits {
                violation("I-13: \(place) promises \(promised) of \(order.request.amount) back")
            }
            if order.outcome == .open, order.due == nil, order.review == nil {
                violation("I-33: \(place) is open without a timer and without a review")
            }
        }
        inspectLedger(snapshot)
    }

    private func inspect(_ attempt: Attempt, _ order: Order) {
        if attempt.amount != order.request.amount { violation("I-12: \(attempt.id) asks another amount") }
        if attempt.history.first?.state != .prepared { violation("I-17: \(attempt.id) did not begin in PREPARED") }
        for (before, after) in zip(attempt.history, attempt.history.dropFirst()) {
            let isEdge = AttemptInput.allCases.contains {
                AttemptMachine.verdict(before.state, $0) == .move(after.state)
            }
            if !isEdge { violation("I-17: \(attempt.id) went from \(before.state) to \(after.state)") }
            if before.state.isFinal { violation("I-17: \(attempt.id) left \(before.state)") }
        }
    }

    /// What must hold when all is quiet: I-01, I-03, I-04, I-07, and that nothing accepted was lost.
    func judge(_ snapshot: MemoryStore.Snapshot, operators: [SimulatedOperator], clients: [Simulation.Client]) {
        let executions = operators.flatMap(\.executions)
        let byReference = Dictionary(grouping: executions, by: \.reference)
        for aggregate in snapshot.aggregates { judge(aggregate, byReference) }
        judgeRefunds(snapshot, byReference)
        judgePayouts(snapshot, byReference)
        let known = Set(snapshot.aggregates.flatMap { $0.attempts.map(\.reference) }).union(unmatched(snapshot))
        for execution in executions where !known.contains(execution.reference) {
            violation("I-02: the books hold \(execution.reference), which no attempt knows")
        }
        for each in operators {
            for (reference, bodies) in each.received where bodies.count > 1 {
                if !each.contract.keyIsStrong { violation("I-07: \(reference) was sent twice without a key") }
                if Set(bodies).count > 1 { violation("I-07: \(reference) was resent with other bytes") }
            }
        }
        for client in clients {
            for aggregate in snapshot.aggregates where client.answers.contains(aggregate.order.id) {
                guard let shop = client.shop else { continue }
                judgeAcceptance(
                    aggregate, moved: aggregate.attempts.contains { byReference[$0.reference] != nil }, shop: shop)
            }
            if !client.isAnswered { violation("lost: \(client.key) was never answered") }
            if client.answers.count > 1 { violation("I-24: \(client.key) made \(client.answers.count) payments") }
            for id in client.answers where !snapshot.aggregates.contains(where: { $0.order.id == id }) {
                violation("I-23: \(id) was acknowledged and is gone")
            }
        }
    }

    /// No refund that was acknowledged is lost, and none was made twice.
    func judge(_ snapshot: MemoryStore.Snapshot, refunders: [Simulation.Refunder]) {
        for refunder in refunders where refunder.answers.count > 1 {
            violation("I-24: \(refunder.key) made \(refunder.answers.count) refunds")
        }
        for id in refunders.flatMap(\.answers) where !snapshot.aggregates.contains(where: { $0.order.id == id }) {
            violation("I-23: \(id) was acknowledged and is gone")
        }
    }

    /// I-13, by the books: what was given back is no more than what was paid.
    private func judgeRefunds(
        _ snapshot: MemoryStore.Snapshot, _ books: [String: [(reference: String, minorUnits: Int64)]]
    ) {
        func moved(_ aggregate: OrderAggregate) -> Int64 {
            aggregate.attempts.flatMap { books[$0.reference] ?? [] }.reduce(0) { $0 + $1.minorUnits }
        }
        let paid = Dictionary(uniqueKeysWithValues: snapshot.aggregates.map { ($0.order.id, moved($0)) })
        let refunds = snapshot.aggregates.filter { $0.order.kind == .refund }
        for (payment, refunds) in Dictionary(grouping: refunds, by: \.order.parent) {
            let back = refunds.reduce(0) { $0 + moved($1) }
            let there = payment.flatMap { paid[$0] } ?? 0
            if back > there { violation("I-13: \(back) given back of \(there) paid for \(payment?.text ?? "nothing")") }
            if refunds.count > 1 { reach("several refunds") }
        }
    }

    private func judge(_ aggregate: OrderAggregate, _ books: [String: [(reference: String, minorUnits: Int64)]]) {
        let order = aggregate.order
        let place = "\(order.id) (\(order.status.rawValue))"
        judgeRoom(aggregate)
        let moved = aggregate.attempts.flatMap { books[$0.reference] ?? [] }
        if moved.count > 1 { violation("I-01: money moved \(moved.count) times for \(place)") }
        for execution in moved where execution.minorUnits != order.request.amount.minorUnits {
            violation("I-01: \(execution.minorUnits) instead of \(order.request.amount) for \(place)")
        }
        reach("end \(order.status.rawValue)")
        if order.kind != .payment { reach("\(order.kind.rawValue) \(order.status.rawValue)") }
        switch order.outcome {
        case .succeeded:
            // What our own ledger settles is in no operator's books.
            let isOurs = order.kind == .transfer || aggregate.attempts.contains { $0.wallet != nil }
            if moved.isEmpty, !isOurs { violation("I-03: \(place) but the books hold nothing") }
        case .failed, .cancelled:
            guard !moved.isEmpty else { break }
            // The operator broke its word; the router knows, and so do its people.
            if order.lateExecuted.minorUnits == moved[0].minorUnits {
                reach("late success known")
            } else {
                let past = aggregate.attempts.map {
                    "\($0.reference) \($0.history.map { ($0.at.milliseconds, $0.state) })"
                }
                violation("I-04: \(place) but the money moved: \(past), late \(order.lateExecuted)")
            }
        case .open: violation("I-32: \(place) did not end")
        }
        if order.review != nil { violation("I-32: \(place) still waits for people, who could have ended it") }
        if order.lateExecuted.minorUnits > 0, moved.isEmpty { violation("I-10: \(place) books what never moved") }
    }
}
