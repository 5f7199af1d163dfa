import Router
import RouterTestKit
import Synchronization

/// The app that collects into a holder's wallet, as long as it is linked to it.
extension Simulation {
    /// What the link was, as far as somebody has changed it.
    struct Link: Sendable {
        /// The wallet that the app begins with.
        var wallet: WalletID?
        /// When it was taken away.
        var endedAt: Moment?
    }

    static func linkedApp(_ id: AppID, _ holder: Holder, _ world: World) -> App {
        var app = App(id: id, name: "shop", isEnabled: true, createdAt: world.now)
        app.wallet = world.roll { $0.chance(0.8) } ? holder.wallet : nil
        return app
    }

    /// Those who want back what they paid to the app by wallet.
    static func refunders(of clients: [Client], _ dice: inout Dice) -> [Refunder] {
        clients.indices.filter { clients[$0].wallet != nil && clients[$0].account == nil }.flatMap { client in
            (0..<dice.below(3)).map { number in
                Refunder(
                    key: "linked-refund-\(client)-\(number)", client: client,
                    amount: dice.chance(0.3) ? nil : Int64(30 + dice.below(500)))
            }
        }
    }

    /// Some links end while money moves; asked for again until it is so.
    func unlink() {
        guard world.roll({ $0.chance(0.4) }) else { return }
        world.after(world.roll { $0.milliseconds(5_000...70_000) }) { [self] in endLink() }
    }

    private func endLink() {
        guard link.withLock({ $0.wallet != nil && $0.endedAt == nil }) else { return }
        world.after(9_000) { [self] in endLink() }
        guard let (executor, engine) = running else { return }
        Task(executorPreference: executor) { [self] in
            guard var known = try? await engine.store.app(app), known.wallet != nil else {
                // It was done, and its answer was lost.
                return link.withLock { $0.endedAt = $0.endedAt ?? world.now }
            }
            known.wallet = nil
            known.version += 1
            let line = AuditEntry(at: world.now, .system, .walletUnlinked, .init(.app, app.text), app: app)
            var change = PlatformChange(line)
            change.app = .update(known)
            guard case .done? = try? await engine.store.apply(change) else { return }
            link.withLock { $0.endedAt = world.now }
            auditor.reach("a link ends")
        }
    }
}

/// A link that never ends.
struct LastingLink: AppLinks {
    let wallet: WalletID?

    func linkedWallet(of app: AppID) async throws(StoreFailure) -> WalletID? { wallet }
}

extension Auditor {
    /// Whether an order gives back what an app collected into a wallet while it was linked to it.
    ///
    /// How much of a payment is given back is judged with all refunds.
    func givesBack(
        _ order: Order, from wallet: WalletID, _ snapshot: MemoryStore.Snapshot, _ link: Simulation.Link
    ) -> Bool {
        guard order.kind == .refund, link.wallet == wallet,
            let payment = snapshot.aggregates.first(where: { $0.order.id == order.parent })?.order,
            payment.linkedWallet == wallet, payment.request.account == nil
        else { return false }
        // What was looked at just before may be accepted just after.
        guard link.endedAt.map({ order.createdAt < $0.adding(seconds: 2) }) ?? true else { return false }
        reach("an app gives back what it collected")
        return true
    }

    /// What a wallet pays to an app goes to the app's wallet or to the app itself, as the link was.
    func judge(_ snapshot: MemoryStore.Snapshot, _ link: Simulation.Link) {
        for aggregate in snapshot.aggregates {
            let order = aggregate.order
            guard let linked = order.linkedWallet, order.kind == .payment else { continue }
            reach("an app collects into its wallet")
            if linked != link.wallet { violation("link: \(order.id) collects into \(linked)") }
            if let end = link.endedAt, order.createdAt >= end.adding(seconds: 2) {
                violation("link: \(order.id) collects though the link has ended")
            }
            if order.outcome == .succeeded,
                !snapshot.postings.contains(where: { $0.movement == order.movement && $0.credit == .wallet(linked) })
            {
                violation("link: \(order.id) succeeded, and \(linked) got nothing")
            }
        }
    }
}
