import Router

/// Daily limits of apps and numbers: holds that end by themselves, under a ceiling that each brings along.
extension StoreContractSuite {
    func dailyLimits(_ store: any Store, _ bench: inout Bench) async throws {
        let uses = DailyUseMaker(bench.records, .app)
        let account = uses.account(.amount)
        bench.equal(
            await store.commit([uses.unit(101, most: 100)], epoch: 1),
            .refused(account, .limit, room: .init(left: 100, nextEnd: nil)), "more than a daily limit is refused")
        bench.equal(try await store.balance(of: account, in: .xof), nil, "... and a refusal makes no account")
        let first = uses.unit(60, most: 100)
        await bench.commit(store, first)
        bench.equal(
            try await store.balance(of: account, in: .xof),
            AccountBalance(account: account, currency: .xof, held: 60),
            "a daily limit's account is made when it is used")
        bench.equal(
            try await store.holds(of: first.order.id), first.order.dailyUses.map { first.order.hold(of: $0) },
            "... and what is held there ends a day later")
        await bench.commit(store, uses.unit(40, most: 100, after: 10))
        let end = bench.records.base.adding(seconds: WalletLimit.windowSeconds)
        bench.equal(
            await store.commit([uses.unit(1, most: 100, after: 20)], epoch: 1),
            .refused(account, .limit, room: .init(left: 0, nextEnd: end)),
            "what is used counts, and the app hears when the first of it ends")
        bench.equal(
            await store.commit([uses.unit(1, most: 90, after: 20)], epoch: 1),
            .refused(account, .limit, room: .init(left: 0, nextEnd: end)),
            "a limit that was lowered below what is used lets nothing through")
        await bench.commit(store, uses.unit(5, most: 105, after: 20))
        await bench.commit(store, uses.givesBack(first))
        await bench.commit(store, uses.givesBack(uses.next(first)))
        bench.equal(try await uses.held(store), [45], "what failed gives its share back, once")
        try await windows(store, uses, &bench)
        try await others(store, uses, &bench)
        try await countsAtOnce(store, &bench)
    }

    private func windows(_ store: any Store, _ uses: DailyUseMaker, _ bench: inout Bench) async throws {
        let (account, day) = (uses.account(.amount), WalletLimit.windowSeconds)
        let end = bench.records.base.adding(seconds: day + 20)
        bench.equal(
            await store.commit([uses.unit(61, most: 105, after: day + 9)], epoch: 1),
            .refused(account, .limit, room: .init(left: 60, nextEnd: bench.records.base.adding(seconds: day + 10))),
            "just before a day is over a use counts")
        bench.equal(
            await store.commit([uses.unit(101, most: 105, after: day + 10)], epoch: 1),
            .refused(account, .limit, room: .init(left: 100, nextEnd: end)), "what has ended is left again")
        bench.equal(try await uses.held(store), [45], "... and a refusal takes nothing off")
        let late = uses.unit(100, most: 105, after: day + 10)
        await bench.commit(store, late)
        bench.equal(try await uses.held(store), [105], "after a day a use counts no more")
        await bench.commit(store, uses.givesBack(late))
        var ended = uses.givesBack(uses.unit(1, most: 105))
        ended.write = .insert
        await bench.commit(store, ended)
        bench.equal(try await uses.held(store), [5], "giving back what has ended by itself changes nothing")
    }

    private func others(_ store: any Store, _ uses: DailyUseMaker, _ bench: inout Bench) async throws {
        let number = DailyUseMaker(bench.records, .number("0a1b"), app: uses.app)
        await bench.commit(store, number.unit(7, most: 7))
        bench.equal(
            await store.commit([number.unit(1, most: 7)], epoch: 1), .refused(number.account(.amount), .limit),
            "of a number's limit nobody hears what is left")
        await bench.commit(store, uses.unit(1, .usd, most: 1))
        bench.equal(try await uses.held(store, .usd), [1], "currencies are counted apart")
        bench.equal(try await uses.held(store), [5], "... and so are numbers and apps")
        var both = uses.unit(1, most: 100)
        both.holds += number.unit(1, most: 7).holds
        bench.equal(
            await store.commit([both], epoch: 1), .refused(number.account(.amount), .limit), "both have to allow it")
        bench.equal(try await uses.held(store), [5], "... or none of them counts it")
        bench.equal(
            try await store.verifyLedger { _ in }.findings.map(\.table).filter { $0 == .accounts }, [], "all adds up")
    }

    private func countsAtOnce(_ store: any Store, _ bench: inout Bench) async throws {
        let uses = DailyUseMaker(bench.records, .number("ff"), measure: .count)
        let units = (0..<64).map { _ in uses.unit(1_000, most: 10) }
        let results = await Self.atOnce(64) { index in await store.commit([units[index]], epoch: 1) }
        bench.equal(results.count { $0 == .committed }, 10, "of many at once as many are let through as may be")
        bench.equal(
            results.count { $0 == .refused(uses.account(.count), .limit) }, 54, "... and the others hear why not")
        bench.equal(try await uses.held(store), [10], "... and are not counted")
    }
}

/// Makes units of payments that count on one daily limit.
struct DailyUseMaker {
    private let records: RecordFactory
    private let subject: DailyUse.Subject
    private let measure: WalletLimit.Measure
    let app: AppID

    init(
        _ records: RecordFactory, _ subject: DailyUse.Subject, measure: WalletLimit.Measure = .amount,
        app: AppID? = nil
    ) {
        (self.records, self.subject, self.measure) = (records, subject, measure)
        self.app = app ?? records.id()
    }

    func account(_ measure: WalletLimit.Measure) -> LedgerAccount {
        switch subject {
        case .app: .limit(of: app, .sandbox, .payment, measure)
        case .number(let mark): .limit(ofNumber: mark, .sandbox, .payment, measure)
        }
    }

    /// A payment that is accepted, so many seconds after the records begin.
    func unit(_ amount: Int64, _ currency: Currency = .xof, most: Int64, after seconds: Int64 = 0) -> UnitOfWork {
        let now = records.base.adding(seconds: seconds)
        let order = Order(
            id: OrderID(at: now, from: records.random), app: app, environment: .sandbox,
            request: OrderRequest(amount: Money(amount, currency)), idempotencyKey: records.text() + records.id().text,
            requestID: records.id(), createdAt: now, plan: [], explanation: .null)
        var aggregate = OrderAggregate(accepting: order)
        aggregate.count([DailyUse(subject, measure, most: most, at: now)])
        return aggregate.takeUnitOfWork(at: now)
    }

    func next(_ unit: UnitOfWork) -> UnitOfWork { records.update(unit.order) }

    /// The unit after another one, by which its order fails.
    func givesBack(_ unit: UnitOfWork) -> UnitOfWork {
        var next = next(unit)
        next.holds = LedgerLines.givingUp(unit.order).holds
        return next
    }

    /// What is held on the limit's account.
    func held(_ store: any Store, _ currency: Currency = .xof) async throws -> [Int64] {
        try await store.balance(of: account(measure), in: currency).map { [$0.held] } ?? []
    }
}
