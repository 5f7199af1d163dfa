import Router

/// Bills: found by their codes, paid once.
extension StoreContractSuite {
    func bills(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        let (issuer, recipient): (AccountID, AccountID) = (bench.records.id(), bench.records.id())
        let bill = maker.bill(issuer: issuer, recipient: recipient, key: "k")
        bench.equal(try await store.insert(bill, using: nil), .done, "a bill is made")
        bench.equal(try await store.bill(bill.id), bill, "... and comes back as it was made")
        bench.equal(try await store.bill(code: bill.code), bill, "... by its code")
        bench.equal(try await store.bill(code: BillCode(from: bench.records.random)), nil, "... and by no other")
        bench.equal(try await store.insert(maker.bill(key: "k"), using: nil), .known(bill), "a key makes one bill")
        bench.equal(
            try await store.insert(maker.bill(code: bill.code), using: nil), .codeTaken, "a code is one bill's")
        let challenge = maker.challenge(issuer, .billCreation)
        _ = try await store.insert(challenge)
        let guarded = maker.bill(issuer: issuer)
        bench.equal(
            try await store.insert(guarded, using: maker.use(challenge) { $0.codeHash = [1] }),
            .challenge(.wrong(left: 2)), "a bill is made only if its issuer's code allows it")
        bench.equal(try await store.bill(guarded.id), nil, "... and otherwise not")
        bench.equal(try await store.insert(guarded, using: maker.use(challenge)), .done, "the right code will do")
        bench.equal(
            try await store.insert(maker.bill(issuer: issuer), using: maker.use(challenge)), .challenge(.used),
            "... once")
        let other = maker.bill(app: bench.records.id())
        _ = try await store.insert(other, using: nil)
        func list(_ change: (inout BillQuery) -> Void) async throws -> Set<BillID> {
            var query = BillQuery()
            change(&query)
            return Set(try await store.bills(query).map(\.id))
        }
        bench.equal(try await list { _ in }, [bill.id, guarded.id, other.id], "all bills are listed")
        bench.equal(try await list { $0.issuer = issuer }, [bill.id, guarded.id], "or one issuer's")
        bench.equal(try await list { $0.recipient = recipient }, [bill.id], "or those sent to somebody")
        bench.equal(try await list { $0.app = other.app }, [other.id], "or an app's")
        bench.equal(try await list { $0.environment = .production }, [], "or an environment's")
        let sorted = try await store.bills(BillQuery()).map(\.id.text)
        bench.equal(sorted, sorted.sorted(by: >), "newest first")
        guard sorted.count == 3 else { return bench.record("three bills are listed", "\(sorted.count)") }
        var page = BillQuery(limit: 1)
        page.after = BillID(sorted[0])
        bench.equal(try await store.bills(page).map(\.id.text), [sorted[1]], "... page by page")
        let now = bench.records.base.adding(seconds: 9)
        for _ in 0..<2 { bench.equal(try await store.delete(bill.id, at: now), nil, "an open bill is deleted") }
        bench.equal(try await store.bill(bill.id)?.state, .deleted, "... and is there still")
        bench.equal(try await list { $0.state = .deleted }, [bill.id], "... and is listed as that")
        bench.equal(try await store.delete(bench.records.id(), at: now), .missing, "one that is not there is not")
    }

    func billsOfUnits(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        let bill = maker.bill()
        _ = try await store.insert(bill, using: nil)
        func refused(_ unit: UnitOfWork, _ refusal: BillRefusal, _ promise: String) async throws {
            bench.equal(await store.commit([unit], epoch: 1), .conflict(index: 0, .bill(refusal)), promise)
            bench.equal(try await store.orderAggregate(unit.order.id), nil, "... and nothing of it is written")
        }
        try await refused(maker.payment(maker.bill(), .claim), .missing, "a bill that is not there is not paid")
        let waiting = maker.payment(bill, .release)
        await bench.commit(store, waiting)
        bench.equal(try await store.bill(bill.id), bill, "a payment that has not begun keeps nobody out")
        let first = maker.payment(bill, .claim)
        await bench.commit(store, first)
        bench.equal(try await store.bill(bill.id)?.payment, first.order.id, "a payment that begins has the bill")
        try await refused(maker.payment(bill, .claim), .beingPaid(by: first.order.id), "... and lets no other in")
        bench.equal(
            try await store.delete(bill.id, at: bench.records.base), .beingPaid(by: first.order.id),
            "nor is it deleted meanwhile")
        let beginning = maker.next(waiting, .claim)
        bench.equal(
            await store.commit([beginning], epoch: 1), .conflict(index: 0, .bill(.beingPaid(by: first.order.id))),
            "one that waited until then does not begin")
        let gone = maker.next(first, .release)
        await bench.commit(store, gone)
        bench.equal(try await store.bill(bill.id), bill, "one that failed gives it back")
        await bench.commit(store, maker.next(waiting, .claim))
        let paid = maker.next(maker.next(waiting, .claim), .pay)
        await bench.commit(store, paid)
        let stored = try await store.bill(bill.id)
        bench.equal(stored?.state, .paid, "one that succeeded has paid it")
        bench.equal(stored?.payment, waiting.order.id, "... and is named by it")
        try await refused(maker.payment(bill, .claim), .paid(by: waiting.order.id), "a paid bill is not paid again")
        bench.equal(
            try await store.delete(bill.id, at: bench.records.base), .paid(by: waiting.order.id), "... nor deleted")
        bench.equal(
            await store.commit([maker.next(paid, .pay)], epoch: 1),
            .conflict(index: 0, .bill(.paid(by: waiting.order.id))), "... nor told once more as paid")
        await bench.commit(store, maker.next(paid, .settle))
        bench.equal(try await store.bill(bill.id), stored, "... and stays as it is, whatever its payment does")
        try await refused(maker.payment(bill, .pay), .paid(by: waiting.order.id), "... nor by the ledger at once")
        let quick = maker.bill()
        _ = try await store.insert(quick, using: nil)
        let atOnce = maker.payment(quick, .pay)
        await bench.commit(store, atOnce)
        bench.equal(try await store.bill(quick.id)?.state, .paid, "what the ledger moves pays a bill in one step")
        try await refused(maker.payment(quick, .pay), .paid(by: atOnce.order.id), "... once")
        try await refused(maker.payment(quick, .claim), .paid(by: atOnce.order.id), "... and for everybody")
        let free = maker.bill()
        _ = try await store.insert(free, using: nil)
        _ = try await store.delete(free.id, at: bench.records.base)
        try await refused(maker.payment(free, .claim), .deleted, "a deleted bill is not paid")
        try await billPaidInOneCommit(store, maker, &bench)
        try await billPaidLate(store, maker, &bench)
        for step in [BillStep.claim, .pay] { try await billAtOnce(store, step, maker, &bench) }
    }

    /// Money out of a wallet moves in the commit in which the payment begins.
    private func billPaidInOneCommit(_ store: any Store, _ maker: PeopleMaker, _ bench: inout Bench) async throws {
        let (bill, other, free) = (maker.bill(), maker.bill(), maker.bill())
        for bill in [bill, other, free] { _ = try await store.insert(bill, using: nil) }
        let payment = maker.payment(bill, .pay)
        await bench.commit(store, payment)
        let stored = try await store.bill(bill.id)
        bench.equal(stored?.state, .paid, "a payment that begins and succeeds in one commit has paid its bill")
        bench.equal(stored?.payment, payment.order.id, "... and is named by it")
        await bench.commit(store, maker.next(payment, .settle))
        bench.equal(try await store.bill(bill.id), stored, "... once, whatever becomes of the payment later")
        let claim = maker.payment(other, .claim)
        await bench.commit(store, claim)
        _ = try await store.delete(free.id, at: bench.records.base)
        for (bill, refusal, promise) in [
            (bill, .paid(by: payment.order.id), "a paid bill takes no second one"),
            (other, .beingPaid(by: claim.order.id), "nor one that somebody else is paying"),
            (free, .deleted, "nor a deleted one"),
        ] as [(Bill, BillRefusal, String)] {
            let late = maker.payment(bill, .pay)
            bench.equal(await store.commit([late], epoch: 1), .conflict(index: 0, .bill(refusal)), promise)
            bench.equal(try await store.orderAggregate(late.order.id), nil, "... and nothing of it is written")
        }
    }

    /// An operator tells of a success after the bill was given back: what it has executed is booked, whoever has the bill.
    private func billPaidLate(_ store: any Store, _ maker: PeopleMaker, _ bench: inout Bench) async throws {
        let (bill, taken) = (maker.bill(), maker.bill())
        var late: [UnitOfWork] = []
        for bill in [bill, taken] {
            _ = try await store.insert(bill, using: nil)
            let claim = maker.payment(bill, .claim)
            await bench.commit(store, claim)
            let released = maker.next(claim, .release)
            await bench.commit(store, released)
            late.append(released)
        }
        bench.equal(
            await store.commit([maker.next(late[0], .settle)], epoch: 1), .conflict(index: 0, .bill(.untold)),
            "a success does not pay a bill without telling so")
        bench.equal(try await store.bill(bill.id), bill, "... and nothing of it is written")
        await bench.commit(store, maker.next(late[0], .pay))
        let stored = try await store.bill(bill.id)
        bench.equal(stored?.state, .paid, "a success that is told late pays a bill that nobody has")
        bench.equal(stored?.payment, late[0].order.id, "... and is named by it")
        let other = maker.payment(taken, .claim)
        await bench.commit(store, other)
        bench.equal(
            await store.commit([maker.next(late[1], .pay)], epoch: 1),
            .conflict(index: 0, .bill(.beingPaid(by: other.order.id))), "nor does it tell that of another one's bill")
        await bench.commit(store, maker.next(late[1], .settle))
        bench.equal(
            try await store.bill(taken.id)?.payment, other.order.id, "it takes it from nobody who is paying it")
    }

    private func billAtOnce(
        _ store: any Store, _ step: BillStep, _ maker: PeopleMaker, _ bench: inout Bench
    ) async throws {
        let bill = maker.bill()
        _ = try await store.insert(bill, using: nil)
        let units = (0..<20).map { _ in maker.payment(bill, step) }
        let written = await withTaskGroup(of: Bool.self) { group in
            for unit in units { group.addTask { await store.commit([unit], epoch: 1) == .committed } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        bench.equal(written, 1, "one payment has a bill, however many begin at the same moment")
    }
}
