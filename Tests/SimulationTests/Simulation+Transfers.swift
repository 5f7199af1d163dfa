import Router
import RouterTestKit
import Synchronization

/// Owners of wallets, and people who send money between operators and wallets.
extension Simulation {
    /// Somebody who sends money, and asks again under the same key until there is an answer.
    struct Sender: Sendable {
        var key: String
        var terms: TransferTerms
        var amount: Int64
        var fee: Int64
        /// Whether there is a change of mind a little later.
        var cancels: Bool
        var answers: Set<OrderID> = []
        var isAnswered = false
    }

    static let transfers = 5

    /// Two wallets of the app's own, empty.
    static func purses(of app: AppID, _ world: World) -> [Wallet] {
        (0..<2).map { number in
            Wallet(
                id: WalletID(at: world.now, from: WorldRandom(world: world)), app: app, environment: .sandbox,
                owner: .app, purpose: .business, currency: .xof, reference: nil, holder: Customer(),
                idempotencyKey: "purse-number-\(number)", fingerprint: [],
                requestID: RequestID(at: world.now, from: WorldRandom(world: world)), createdAt: world.now)
        }
    }

    /// Clients that fill a wallet at an operator, pay by it, and pay out of it; some want more than there is.
    static func owners(of wallets: [WalletID], _ dice: inout Dice) -> [Client] {
        var clients: [Client] = []
        for (number, wallet) in wallets.enumerated() {
            let key = "wallet-\(number)"
            var filler = Client(key: key + "-filled-up", amount: 1_400, reference: key + "-in")
            filler.account = wallet
            var payer = Client(key: key + "-pays-with", amount: Int64(200 + dice.below(900)), reference: key + "-pay")
            payer.wallet = wallet
            if dice.chance(0.5) { payer.account = wallets[1 - number] }
            var leaver = Client(
                key: key + "-cashed-out", kind: .payout, amount: Int64(200 + dice.below(1_200)), reference: key + "-out"
            )
            leaver.account = wallet
            clients += [filler, payer, leaver]
        }
        return clients
    }

    static func senders(_ wallets: [WalletID], _ dice: inout Dice) -> [Sender] {
        (0..<transfers).map { number in
            let operators = ["first", "second", "third"].map { SimulatedProvider.channel(of: ProviderID($0)) }
            let (from, step) = (dice.below(3), 1 + dice.below(2))
            var ends: (TransferTerms.End, TransferTerms.End) = (
                .channel(operators[from]), .channel(operators[(from + step) % 3])
            )
            switch dice.below(8) {
            case 0: ends = (.wallet(wallets[0]), .wallet(wallets[1]))
            case 1: ends.0 = .wallet(wallets[dice.below(2)])
            case 2: ends.1 = .wallet(wallets[dice.below(2)])
            default: break
            }
            return Sender(
                key: "sender-key-number-\(number)",
                terms: TransferTerms(from: ends.0, to: ends.1, feePayer: dice.chance(0.5) ? .sender : .recipient),
                amount: Int64(100 + dice.below(900)), fee: Int64(dice.chance(0.5) ? 7 : 0), cancels: dice.chance(0.2))
        }
    }

    func send(_ index: Int) {
        let sender = senders.withLock { $0[index] }
        guard !sender.isAnswered else { return }
        world.after(12_000) { [self] in send(index) }
        guard let (executor, engine) = running else { return }
        var request = OrderRequest(amount: Money(sender.amount, .xof), expiresInSeconds: 300)
        (request.transfer, request.fee) = (sender.terms, sender.fee)
        let command = Engine.TransferCommand(
            app: app, environment: .sandbox, request: request, idempotencyKey: sender.key, fingerprint: [UInt8(index)],
            requestID: RequestID(at: world.now, from: WorldRandom(world: world)), respondsAsync: false)
        Task(executorPreference: executor) { [self] in
            switch await engine.transfer(command) {
            case .done(let transfer, _), .replayed(let transfer, _):
                senders.withLock { senders in
                    senders[index].answers.insert(transfer.order.id)
                    senders[index].isAnswered = true
                }
                if sender.cancels { world.after(3_000) { self.cancel(transfer.order.id) } }
            case .ledgerRefused:
                auditor.reach("more than a wallet has")
                senders.withLock { $0[index].isAnswered = true }
            default: break
            }
        }
    }

    private func cancel(_ id: OrderID) {
        guard let (executor, engine) = running else { return }
        Task(executorPreference: executor) { [self] in
            guard let (_, isPossible) = try? await engine.cancelTransfer(id) else { return }
            auditor.reach(isPossible ? "a transfer is cancelled" : "a transfer is cancelled too late")
        }
    }
}
