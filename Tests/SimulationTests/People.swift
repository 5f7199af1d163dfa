import Router
import Synchronization

/// The people of a platform: they ask operators outside the router, and sign what the operators' books say.
///
/// One of them, who is careless or worse, signs the contrary of the truth, twice; alone nobody can end a review.
final class People: Sendable {
    /// Signs a finding; `true` if it ended the review.
    typealias Sign = @Sendable (OrderID, Review.Finding, _ person: String) async -> Engine.SignResult

    private let world: World
    private let operators: [SimulatedOperator]
    private let auditor: Auditor
    /// Lets one person count as two: a mistake that the auditors must find.
    private let takesOneForTwo: Bool

    init(world: World, operators: [SimulatedOperator], auditor: Auditor, takesOneForTwo: Bool) {
        self.world = world
        self.operators = operators
        self.auditor = auditor
        self.takesOneForTwo = takesOneForTwo
    }

    /// Looks at one order under review, and signs if the operator's books allow a finding.
    func look(at aggregate: OrderAggregate, sign: Sign) async {
        if aggregate.order.review?.reason == .transferParked { return await end(parked: aggregate, sign) }
        guard aggregate.order.review != nil, let attempt = aggregate.reviewedAttempt else { return }
        let truth = finding(about: attempt)
        if world.roll({ $0.chance(0.3) }) { await lie(about: aggregate, attempt, truth, sign) }
        for person in world.roll({ $0.chance(0.5) }) ? ["anna", "ben"] : ["ben", "anna"] {
            guard case .signed(_, .resolved) = await sign(aggregate.order.id, truth, person) else { continue }
            auditor.reach("review resolved as \(truth.verdict.name)")
            return
        }
    }

    private func lie(
        about aggregate: OrderAggregate, _ attempt: Attempt, _ truth: Review.Finding, _ sign: Sign
    ) async {
        let verdict: Review.Finding.Verdict = truth.verdict == .executed ? .notExecuted : .executed
        let lie = Review.Finding(
            verdict: verdict, reason: "I say so", document: "none", operatorReference: "invented-\(attempt.reference)")
        auditor.reach("one person signs twice")
        _ = await sign(aggregate.order.id, lie, "mallory")
        _ = await sign(aggregate.order.id, lie, takesOneForTwo ? "mallory again" : "mallory")
    }

    /// The money of a parked transfer lies in suspense: they give it to whoever the operators' books say has none.
    private func end(parked transfer: OrderAggregate, _ sign: Sign) async {
        let paid = transfer.order.followUps.contains { $0.kind == .payout && $0.executed.minorUnits > 0 }
        let finding = Review.Finding(
            verdict: paid ? .executed : .notExecuted, reason: "paid by hand", document: "receipt",
            operatorReference: paid ? "cash" : nil)
        if world.roll({ $0.chance(0.3) }) {
            auditor.reach("one person signs twice")
            _ = await sign(transfer.order.id, finding, "mallory")
            _ = await sign(transfer.order.id, finding, takesOneForTwo ? "mallory again" : "mallory")
        }
        for person in ["anna", "ben"] { _ = await sign(transfer.order.id, finding, person) }
    }

    private func finding(about attempt: Attempt) -> Review.Finding {
        let isExecuted = operators.flatMap(\.executions).contains { $0.reference == attempt.reference }
        return Review.Finding(
            verdict: isExecuted ? .executed : .notExecuted, reason: "the operator's books", document: "letter",
            operatorReference: isExecuted ? "op-\(attempt.reference)" : nil)
    }
}
