import Router
import RouterTestKit
import Synchronization

/// Holders of wallets, who let money out with one-time codes, and the bills that they and others pay.
extension Simulation {
    struct Holder: Sendable {
        var account: Account
        var purse: Wallet

        var wallet: WalletID { purse.id }
    }

    /// Something that a holder agrees to with a code, asked for again until there is an answer.
    struct Agreement: Sendable {
        enum Work: Sendable, Hashable {
            case pay(BillID)
            case send
            case cashOut
        }

        /// Also its order's text, so that what a code allowed can be counted; no order number, which alone would keep a
        /// second order out.
        var key: String
        var holder: Int
        var work: Work
        var amount: Int64
        /// Whether the code is typed wrongly first.
        var mistypes: Bool
        /// Whether the same code is sent twice at the same moment, under two keys.
        var hasTwin: Bool
        var challenge: Challenge?
        var answers: Set<OrderID> = []
        var isAnswered = false
    }

    static func holders(of app: AppID, _ world: World) -> [Holder] {
        let random = WorldRandom(world: world)
        return ["ama", "ben"].compactMap { name in
            guard let username = Username(name) else { return nil }
            let account = Account(
                id: AccountID(at: world.now, from: random), username: username, name: name, passwordHash: "",
                createdAt: world.now)
            let purse = Wallet(
                id: WalletID(at: world.now, from: random), app: app, environment: .sandbox, owner: .holder,
                purpose: .personal, currency: .xof, reference: nil, holder: Customer(name: name),
                idempotencyKey: "purse-of-\(name)", fingerprint: [],
                requestID: RequestID(at: world.now, from: random), createdAt: world.now)
            return Holder(account: account, purse: purse)
        }
    }

    static func bills(for holder: Holder, _ app: AppID, _ world: World) -> [Bill] {
        let random = WorldRandom(world: world)
        return (0..<3).map { number in
            Bill(
                id: BillID(at: world.now, from: random), code: BillCode(from: random), app: app,
                environment: .sandbox, issuer: holder.account.id, wallet: holder.wallet,
                amount: Money(Int64(150 + 100 * number), .xof), text: Bill.Text(name: "bill \(number)"),
                recipient: nil, idempotencyKey: "bill-number-\(number)", fingerprint: [],
                requestID: RequestID(at: world.now, from: random), createdAt: world.now)
        }
    }

    /// Those who fill holders' wallets, and those who pay bills over an operator.
    static func payers(of bills: [Bill], _ holders: [Holder], _ dice: inout Dice) -> [Client] {
        var clients = holders.enumerated().map { number, holder in
            var filler = Client(key: "holder-\(number)-filled-up", amount: 1_500, reference: "holder-\(number)-in")
            filler.account = holder.wallet
            return filler
        }
        for (number, bill) in bills.enumerated() {
            for payer in 0..<(1 + dice.below(2)) {
                let key = "bill-\(number)-paid-by-\(payer)"
                var client = Client(key: key, amount: bill.amount.minorUnits, reference: key)
                (client.account, client.bill) = (bill.wallet, bill.id)
                clients.append(client)
            }
        }
        return clients
    }

    static func agreements(_ holders: [Holder], _ bills: [Bill], _ dice: inout Dice) -> [Agreement] {
        var works = bills.map { (0, Agreement.Work.pay($0.id)) }
        works += [(0, .send), (0, .cashOut), (1, .send), (1, .cashOut)]
        return works.enumerated().map { number, work in
            Agreement(
                key: "agreement-number-\(number)", holder: work.0, work: work.1, amount: Int64(100 + dice.below(300)),
                mistypes: dice.chance(0.3), hasTwin: dice.chance(0.4))
        }
    }

    /// Some bills are taken back; whether that is still possible, the store says.
    func deleteBills() {
        for bill in durableNow.bills where world.roll({ $0.chance(0.2) }) {
            world.after(world.roll { $0.milliseconds(1_000...60_000) }) { [self] in
                guard let (executor, engine) = running else { return }
                Task(executorPreference: executor) { [self] in
                    guard let refusal = try? await engine.store.delete(bill.id, at: world.now) else {
                        auditor.reach("a bill is deleted")
                        return
                    }
                    if refusal == .missing { auditor.violation("lost: \(bill.id) is gone") }
                }
            }
        }
    }

    func agree(_ index: Int) {
        let agreement = agreements.withLock { $0[index] }
        guard !agreement.isAnswered else { return }
        world.after(12_000) { [self] in agree(index) }
        guard let (executor, engine) = running else { return }
        Task(executorPreference: executor) { [self] in
            guard let request = request(agreement), let challenge = await challenge(index, request, engine) else {
                return
            }
            if agreement.mistypes, challenge.tries == 0 {
                let result = await send(index, request, challenge, key: agreement.key + "-wrong", code: [0], engine)
                switch result {
                case .challengeRefused(.wrong): auditor.reach("a wrong code")
                case .done: auditor.violation("\(agreement.key) was done with a wrong code")
                default: break
                }
            }
            guard agreement.hasTwin else {
                return take(
                    await send(index, request, challenge, key: agreement.key, code: challenge.codeHash, engine), index)
            }
            async let first = send(
                index, request, challenge, key: agreement.key, code: challenge.codeHash, engine)
            async let second = send(
                index, request, challenge, key: agreement.key + "-twin", code: challenge.codeHash, engine)
            let results = await (first, second)
            auditor.reach("a code is used twice at once")
            take(results.1, index)
            take(results.0, index)
        }
    }

    /// What an agreement asks for; the same each time.
    private func request(_ agreement: Agreement) -> OrderRequest? {
        let holder = holders[agreement.holder]
        var request = OrderRequest(
            amount: Money(agreement.amount, .xof), description: agreement.key, expiresInSeconds: 300)
        request.initiator = holder.account.id
        switch agreement.work {
        case .pay(let id):
            guard let bill = durableNow.bills.first(where: { $0.id == id }) else { return nil }
            request.amount = bill.amount
            (request.channels, request.wallet, request.bill) = (["wallet"], holder.wallet, id)
            request.account = bill.wallet.map { .wallet($0) }
        case .send:
            let other = holders[1 - agreement.holder]
            request.transfer = TransferTerms(from: .wallet(holder.wallet), to: .wallet(other.wallet))
        case .cashOut: (request.channels, request.account) = (["phone"], .wallet(holder.wallet))
        }
        return request
    }

    /// The code that was sent for it; a new one where that counts no more.
    private func challenge(_ index: Int, _ request: OrderRequest, _ engine: Engine) async -> Challenge? {
        let agreement = agreements.withLock { $0[index] }
        if let known = agreement.challenge, let stored = try? await engine.store.challenge(known.id) {
            // What was used is asked for once more under its key: the answer may be what was lost.
            if stored.state != .replaced, stored.triesLeft > 0, world.now < stored.expiresAt { return stored }
            if case .used = stored.state { return stored }
        }
        let (purpose, kind): (Challenge.Purpose, OrderKind) =
            switch agreement.work {
            case .pay: (.billPayment, .payment)
            case .send: (.transfer, .transfer)
            case .cashOut: (.cashOut, .payout)
            }
        let id = ChallengeID(at: world.now, from: WorldRandom(world: world))
        let challenge = Challenge(
            id: id, account: holders[agreement.holder].account.id, purpose: purpose,
            subject: ConsentSubject.of(kind, request), codeHash: Array(id.text.utf8), contact: .phone,
            createdAt: world.now)
        switch try? await engine.store.insert(challenge) {
        case .done?: break
        case .tooMany?:
            // A life does not last as long as whoever asked for too many codes has to wait: that is an answer, too.
            auditor.reach("too many codes")
            agreements.withLock { $0[index].isAnswered = true }
            return nil
        default: return nil
        }
        agreements.withLock { $0[index].challenge = challenge }
        return challenge
    }

    private func send(
        _ index: Int, _ request: OrderRequest, _ challenge: Challenge, key: String, code: [UInt8], _ engine: Engine
    ) async -> Engine.CommandResult {
        let use = ChallengeUse(
            challenge: challenge.id, account: challenge.account, purpose: challenge.purpose,
            subject: challenge.subject, codeHash: code, at: world.now)
        let requestID = RequestID(at: world.now, from: WorldRandom(world: world))
        if request.transfer != nil {
            var command = Engine.TransferCommand(
                app: app, environment: .sandbox, request: request, idempotencyKey: key, fingerprint: [UInt8(index)],
                requestID: requestID, respondsAsync: false)
            command.consent = use
            return await engine.transfer(command)
        }
        var command = Engine.CreateCommand(
            kind: challenge.purpose == .cashOut ? .payout : .payment, app: app, environment: .sandbox,
            request: request, idempotencyKey: key, fingerprint: [UInt8(index)], requestID: requestID,
            respondsAsync: false)
        command.consent = use
        return await engine.create(command)
    }

    private func take(_ result: Engine.CommandResult, _ index: Int) {
        switch result {
        case .done(let aggregate, _), .replayed(let aggregate, _):
            auditor.reach("a code is used")
            agreements.withLock { agreements in
                agreements[index].answers.insert(aggregate.order.id)
                agreements[index].isAnswered = true
            }
        case .billRefused(.beingPaid): auditor.reach("a bill is another one's")
        case .billRefused, .ledgerRefused, .possibleDuplicate:
            agreements.withLock { $0[index].isAnswered = true }
        default: break
        }
    }
}
