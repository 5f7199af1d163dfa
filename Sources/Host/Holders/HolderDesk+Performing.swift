import People
import Router

/// From an order that is ready, and a code, to what became of it.
extension HolderDesk {
    /// What came of a holder's order.
    enum Performed: Sendable {
        case order(OrderAggregate, replay: IdempotencyRecord?, status: Int)
        case bill(Bill, isReplay: Bool)
    }

    /// How one call is told from another one of the same holder.
    struct CallName: Sendable {
        /// The holder's own key.
        var key: String
        /// Over the request without its code: the same wish with another code is the same call.
        var fingerprint: [UInt8]
        var requestID: RequestID

        /// Holders cannot see each other's keys.
        func named(by account: Account) -> String { "\(account.id)\u{1F}\(key)" }
    }

    /// Carries an order out.
    ///
    /// - Parameters:
    ///   - order: Made of the same wish that the code was sent for; otherwise the code allows it not.
    ///   - code: As the holder typed it.
    ///   - account: The holder.
    ///   - name: Of the call.
    /// - Returns: What became of it.
    /// - Throws: Why nothing was done.
    func perform(
        _ order: HolderOrder, code: String?, _ account: Account, _ name: CallName
    ) async throws(Problem) -> Performed {
        var use: ChallengeUse?
        if let purpose = order.purpose {
            guard let code else { throw ChallengeAnswers.required(purpose) }
            let digits = try ChallengeAnswers.digits(code)
            use = try await stored { () async throws(StoreFailure) in
                try await people.use(digits, for: purpose, by: account.id, subject: order.subject)
            }
            guard use != nil else { throw ChallengeAnswers.problem(.missing, purpose) }
        }
        switch order.work {
        case .transfer(let request):
            var command = Engine.TransferCommand(
                app: app, environment: settings.environment, request: request, idempotencyKey: name.named(by: account),
                fingerprint: name.fingerprint, requestID: name.requestID, respondsAsync: false)
            command.consent = use
            return try await ended(await engine.transfer(command), .transfer, order)
        case .cashOut(let request), .payBiller(let request):
            return try await create(.payout, app, request, use, account, name, order)
        case .topUp(let request): return try await create(.payment, app, request, nil, account, name, order)
        case .payBill(let bill, let request):
            return try await create(.payment, bill.app, request, use, account, name, order)
        case .payment(let aggregate, let wallet):
            guard let use else { throw ChallengeAnswers.required(.payment) }
            return try await pay(aggregate, from: wallet, use)
        case .makeBill(let bill): return try await make(bill, use, account, name)
        }
    }

    private func create(
        _ kind: OrderKind, _ app: AppID, _ request: OrderRequest, _ use: ChallengeUse?, _ account: Account,
        _ name: CallName, _ order: HolderOrder
    ) async throws(Problem) -> Performed {
        var command = Engine.CreateCommand(
            kind: kind, app: app, environment: settings.environment, request: request,
            idempotencyKey: name.named(by: account), fingerprint: name.fingerprint, requestID: name.requestID,
            respondsAsync: false)
        command.consent = use
        return try await ended(await engine.create(command), kind == .payout ? .payout : .payment, order)
    }

    private func ended(
        _ result: Engine.CommandResult, _ places: RefusalPlaces, _ order: HolderOrder
    ) async throws(Problem) -> Performed {
        if case .challengeRefused(let refusal) = result {
            throw ChallengeAnswers.problem(refusal, order.purpose ?? .payment)
        }
        if case .billRefused(let refusal) = result, case .payBill(let bill, _) = order.work {
            throw BillAnswers.problem(refusal, bill)
        }
        let (aggregate, replay, status) = try CommandAnswers(view: engine.view, places: places).outcome(result)
        return .order(aggregate, replay: replay, status: status)
    }

    private func pay(
        _ aggregate: OrderAggregate, from wallet: WalletID, _ use: ChallengeUse
    ) async throws(Problem) -> Performed {
        switch await engine.pay(aggregate.order.id, from: wallet, consent: use) {
        case .done(let paid): return .order(paid, replay: nil, status: 201)
        // Whoever sends the same again finds what it led to.
        case .tooLate(let paid) where paid.order.wallet == wallet && paid.order.initiator == use.account:
            return .order(paid, replay: nil, status: 200)
        case .tooLate(let other):
            throw Problem(
                .paymentStateConflict, "the payment is \(other.order.status.rawValue) and waits for nobody",
                payment: other.order.id)
        case .noRoute:
            throw Problem(.noEligibleProvider, "the payment cannot be paid with a wallet", payment: aggregate.order.id)
        case .challengeRefused(let refusal): throw ChallengeAnswers.problem(refusal, .payment)
        case .billRefused(let refusal): throw BillAnswers.problem(refusal, nil)
        case .walletRefused(let refusal): throw LedgerAnswers.problem(refusal, .payment)
        case .ledgerRefused(let refusal): throw LedgerAnswers.problem(refusal, .payment)
        case .unavailable: throw Problem(.unavailable, "the router cannot do this now; nothing was taken")
        case .unknown:
            throw Problem(
                .unavailable, "whether it was paid is not known; look at the payment", outcome: .unknown,
                payment: aggregate.order.id)
        }
    }

    /// Makes a bill; draws another code in the case that somebody has it.
    private func make(
        _ drawn: Bill, _ use: ChallengeUse?, _ account: Account, _ name: CallName
    ) async throws(Problem) -> Performed {
        guard let use else { throw ChallengeAnswers.required(.billCreation) }
        let judged = try await changed { () async throws(StoreFailure) in try await store.judge(use) }
        for _ in 0..<10 {
            let bill = drawn.keyed(
                name.named(by: account), name.fingerprint, name.requestID, code: BillCode(from: SystemRandom()))
            let made = try await changed { () async throws(StoreFailure) in try await store.insert(bill, using: use) }
            switch made {
            case .done: return .bill(bill, isReplay: false)
            case .known(let known):
                guard known.fingerprint == name.fingerprint else {
                    throw Problem(.idempotencyKeyReused, "the key was first used for another bill")
                }
                return .bill(known, isReplay: true)
            case .challenge(let refusal): throw ChallengeAnswers.problem(judged ?? refusal, .billCreation)
            case .codeTaken: continue
            }
        }
        throw Problem(.unavailable, "no free code was found for the bill")
    }
}

extension Bill {
    /// The same with what tells its call from another one, and with a code.
    func keyed(_ key: String, _ fingerprint: [UInt8], _ request: RequestID, code: BillCode) -> Bill {
        Bill(
            id: id, code: code, app: app, environment: environment, issuer: issuer, wallet: wallet, amount: amount,
            text: text, recipient: recipient, idempotencyKey: key, fingerprint: fingerprint, requestID: request,
            createdAt: createdAt)
    }
}
