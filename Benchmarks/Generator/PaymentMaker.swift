import Router

/// Makes the units of work that a payment's life consists of, one commit each, by the steps of `OrderAggregate` that the router
/// itself takes.
struct PaymentMaker: Sendable {
    let installation: Installation
    let timetable: Timetable
    let seed: UInt64
    let requests: RequestMaker

    init(_ installation: Installation, _ timetable: Timetable, seed: UInt64, sales: Double) {
        self.installation = installation
        self.timetable = timetable
        self.seed = seed
        requests = RequestMaker(customers: max(1, timetable.count / 5), sales: sales)
    }

    /// A payment's whole life so far.
    ///
    /// - Parameter number: Which payment, from 0.
    /// - Returns: Its units in order, and the status in which it is left.
    func units(_ number: Int) -> (units: [UnitOfWork], status: OrderStatus) {
        let dice = Dice(seed: seed, number: number)
        var fate =
            timetable.isOpen(number) ? dice.weighted(Fate.open, or: .asked) : dice.weighted(Fate.final, or: .paid)
        var able = installation.providers.filter { fate.suits($0) }
        if able.isEmpty {
            fate = fate.isOpen ? .asked : .paid
            able = installation.providers
        }
        let runtime = dice.pick(able) ?? installation.providers[0]
        var life = Life(
            installation, runtime, dice, at: timetable.moment(of: number),
            request: requests.request(number, fate, at: runtime, shop: installation.app.name, dice))
        live(&life, fate, dice)
        return (life.units, life.aggregate.order.status)
    }

    private func live(_ life: inout Life, _ fate: Fate, _ dice: Dice) {
        switch fate {
        case .paid, .held:
            life.accept(begins: true)
            life.answered()
            life.executed(after: dice.number(4_000...90_000))
        case .paidAfterDoubt:
            life.accept(begins: true)
            life.lost()
            life.executed(after: dice.number(20_000...600_000))
        case .refunded:
            life.accept(begins: true)
            life.answered()
            life.executed(after: dice.number(4_000...90_000))
            life.refund(after: dice.number(60_000...3_000_000))
        case .declined:
            life.accept(begins: true)
            life.answered()
            life.declined(after: dice.number(4_000...90_000))
        case .neverSent:
            life.accept(begins: true)
            life.neverSent()
        case .cancelled:
            life.accept(begins: false)
            life.cancelled(after: dice.number(2_000...30_000))
        case .unaccepted: life.accept(begins: false)
        case .asked:
            life.accept(begins: true)
            life.answered()
        case .unknown:
            life.accept(begins: true)
            life.lost()
        case .underReview:
            life.accept(begins: true)
            life.lost()
            life.reviewed()
        }
    }
}
