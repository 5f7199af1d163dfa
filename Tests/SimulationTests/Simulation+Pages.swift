import Router
import RouterTestKit

/// People: payers on operators' pages, shops that change their mind meanwhile, and those who look at open reviews.
extension Simulation {
    /// Somebody looks at what is published: pays on a page now or a little later, when it may be gone, or cancels.
    ///
    /// A page whose link was never published is paid by nobody.
    func visitPages() {
        world.after(world.roll { $0.milliseconds(1_000...15_000) }) { [self] in visitPages() }
        guard let aggregate = published.first, let link = link(aggregate), let attempt = aggregate.liveAttempt,
            let party = operators.first(where: { link.hasPrefix("https://\($0.id)/") })
        else { return }
        switch world.roll({ $0.below(8) }) {
        case 0...2:
            let wait = world.roll { $0.milliseconds(0...30_000) }
            world.after(wait) { [self] in
                auditor.reach(party.pay(attempt.reference) ? "a page is paid" : "a page is paid too late")
            }
        case 3...4:
            guard let (executor, engine) = running else { return }
            auditor.reach("a page's payment is cancelled")
            Task(executorPreference: executor) { _ = try? await engine.cancel(aggregate.order.id) }
        default: break
        }
    }

    /// People look at what waits for them, now and then.
    func visitPeople() {
        world.after(world.roll { $0.milliseconds(5_000...40_000) }) { [self] in visitPeople() }
        guard let (executor, engine) = running,
            let aggregate = durableNow.aggregates.first(where: { $0.order.review != nil })
        else { return }
        if aggregate.order.review?.reason == .transferParked, world.roll({ $0.chance(0.5) }) {
            auditor.reach("a transfer is given back once more")
            let id = aggregate.order.id
            Task(executorPreference: executor) { _ = try? await engine.compensateAgain(id) }
            return
        }
        Task(executorPreference: executor) { [self] in
            await people.look(at: aggregate) { id, finding, person in
                await engine.sign(id, finding, person: person) { _ in true }
            }
        }
    }

    /// Payments whose page is shown to their payer, in an order the seed decides.
    private var published: [OrderAggregate] {
        let shown = durableNow.aggregates.filter { $0.order.kind == .payment && link($0) != nil }
        guard !shown.isEmpty else { return [] }
        return [shown[world.roll { $0.below(shown.count) }]]
    }

    private func link(_ aggregate: OrderAggregate) -> String? {
        for case .redirect(let url) in aggregate.order.nextActions where url.contains("/page/") { return url }
        return nil
    }
}
