import Router
import RouterTestKit
import Synchronization

/// Shops that have to accept what was begun with their publishable key.
extension Simulation {
    /// What a shop's server does about one payment.
    struct Shop: Sendable {
        /// The amount of its own order; another one than the payment's where a browser lied.
        var expects: Int64
        /// Whether it accepts at all.
        var accepts: Bool
        /// How long it takes, in milliseconds.
        var takes: Int64
        var isAnswered = false
    }

    /// Some payments of browsers, a few of them with an amount of their own.
    static func shop(_ amount: Int64, _ dice: inout Dice) -> Shop? {
        guard dice.chance(0.3) else { return nil }
        return Shop(
            expects: dice.chance(0.2) ? amount + 1 : amount, accepts: dice.chance(0.8),
            takes: dice.milliseconds(dice.chance(0.2) ? 125_000...150_000 : 0...20_000))
    }

    /// A shop accepts, and repeats that under its key until it is answered.
    func accept(_ index: Int) {
        let client = clients.withLock { $0[index] }
        guard let shop = client.shop, shop.accepts, !shop.isAnswered, let payment = client.answers.first else { return }
        world.after(9_000) { [self] in accept(index) }
        guard let (executor, engine) = running else { return }
        let command = Engine.AcceptCommand(
            payment: payment, amount: Money(shop.expects, .xof), idempotencyKey: "accept-\(client.key)",
            fingerprint: [UInt8(index)], requestID: RequestID(at: world.now, from: WorldRandom(world: world)))
        Task(executorPreference: executor) { [self] in
            switch await engine.accept(command) {
            case .done, .replayed: auditor.reach("accepted")
            case .notAccepted(_, let refusal):
                if shop.expects != client.amount { auditor.reach("another amount is not accepted") }
                if refusal == .otherAmount { break }
                auditor.reach("accepted too late")
            default: return
            }
            clients.withLock { $0[index].shop?.isAnswered = true }
        }
    }
}

extension Auditor {
    /// What a shop has to accept moves nothing without it, and never another amount.
    func judgeAcceptance(_ aggregate: OrderAggregate, moved: Bool, shop: Simulation.Shop) {
        let order = aggregate.order
        if shop.expects != order.request.amount.minorUnits || !shop.accepts {
            if moved { violation("acceptance: money moved for \(order.id), which no shop accepted") }
            reach("not accepted")
        }
        if moved, order.acceptedAt == nil { violation("acceptance: \(order.id) moved money before it was accepted") }
    }
}
