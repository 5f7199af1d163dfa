import Router

/// One-time codes: the newest counts, three tries, used once, and in the very commit that it allows.
extension StoreContractSuite {
    func challenges(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        let account: AccountID = bench.records.id()
        let first = maker.challenge(account)
        bench.equal(try await store.judge(maker.use(first)), .missing, "a code that was not asked for allows nothing")
        bench.equal(try await store.insert(first), .done, "a challenge begins")
        bench.equal(try await store.challenge(first.id), first, "... and comes back as it began")
        for purpose in Challenge.Purpose.allCases where purpose != first.purpose {
            bench.equal(
                try await store.challenge(of: account, for: purpose), nil, "... for no other purpose: \(purpose)")
        }
        bench.equal(try await store.judge(maker.use(first)), nil, "the right code would do")
        bench.equal(try await store.challenge(first.id), first, "... and is not used up by asking")
        bench.equal(
            try await store.judge(maker.use(first) { $0.subject = bench.records.bytes(32...32) }), .otherSubject,
            "a code is for what it was sent for")
        bench.equal(
            try await store.judge(maker.use(first) { $0.purpose = .payment }), .missing, "... and for its purpose")
        bench.equal(
            try await store.judge(maker.use(first) { $0.account = bench.records.id() }), .missing,
            "... and for its account")
        bench.equal(
            try await store.judge(maker.use(first) { $0.at = first.expiresAt }), .expired, "... and for five minutes")
        bench.equal(try await store.challenge(first.id), first, "none of these is a try")
        for left in [2, 1, 0] {
            bench.equal(
                try await store.judge(maker.use(first) { $0.codeHash = bench.records.bytes(32...32) }),
                .wrong(left: left), "a wrong code is a try")
        }
        bench.equal(try await store.judge(maker.use(first)), .exhausted, "after three not even the right one will do")

        let second = maker.challenge(account, after: 1)
        let third = maker.challenge(account, after: 2)
        let other = maker.challenge(account, .payment, after: 2)
        for one in [second, other, third] { bench.equal(try await store.insert(one), .done, "another one begins") }
        bench.equal(try await store.judge(maker.use(second)), .replaced, "only the newest of a purpose counts")
        bench.equal(try await store.judge(maker.use(other)), nil, "... and no other purpose's is touched")
        bench.equal(try await store.challenge(of: account, for: .transfer), third, "the newest is found")
        bench.equal(try await store.use(maker.use(third), by: "x"), nil, "a code is used")
        bench.equal(try await store.use(maker.use(third), by: "y"), .used, "... once")
        bench.equal(try await store.challenge(third.id)?.state, .used(by: "x"), "... and says for what")
        try await challengeFlood(store, maker, &bench)
    }

    private func challengeFlood(_ store: any Store, _ maker: PeopleMaker, _ bench: inout Bench) async throws {
        let (account, bystander): (AccountID, AccountID) = (bench.records.id(), bench.records.id())
        for index in 0..<Challenge.mostInWindow {
            bench.equal(
                try await store.insert(maker.challenge(account, after: Int64(index))), .done,
                "so many challenges begin in an hour")
        }
        let refused = maker.challenge(account, after: 100)
        bench.equal(
            try await store.insert(refused),
            .tooMany(until: bench.records.base.adding(seconds: Challenge.floodSeconds)),
            "... and no more")
        bench.equal(try await store.challenge(refused.id), nil, "one that is refused is not kept")
        bench.equal(try await store.insert(maker.challenge(bystander)), .done, "others are not kept from theirs")
        bench.equal(
            try await store.insert(maker.challenge(account, after: Challenge.floodSeconds)), .done,
            "an hour after the first there is room again")
    }

    func challengesOfUnits(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        let account: AccountID = bench.records.id()
        let challenge = maker.challenge(account)
        _ = try await store.insert(challenge)
        func unit(_ change: (inout ChallengeUse) -> Void = { _ in }) -> UnitOfWork {
            var unit = maker.ledger.unit(5)
            unit.challenge = maker.use(challenge, change)
            return unit
        }
        let stranger: AccountID = bench.records.id()
        for (change, refusal) in [
            ({ $0.codeHash = [1] }, .wrong(left: 2)), ({ $0.subject = [1] }, .otherSubject),
            ({ $0.at = challenge.expiresAt }, .expired), ({ $0.account = stranger }, .missing),
        ] as [((inout ChallengeUse) -> Void, ChallengeRefusal)] {
            let refused = unit(change)
            bench.equal(
                await store.commit([refused], epoch: 1), .conflict(index: 0, .challenge(refusal)),
                "a unit is written only if its code allows it")
            bench.equal(try await store.orderAggregate(refused.order.id), nil, "... and otherwise nothing of it")
        }
        let (first, second) = (unit(), unit())
        bench.equal(
            await store.commit([first, second], epoch: 1), .conflict(index: 1, .challenge(.used)),
            "of two units that one code would allow, one is written")
        bench.equal(
            try await store.challenge(challenge.id)?.state, .used(by: first.order.id.text), "... and has used it up")

        let next = maker.challenge(account)
        _ = try await store.insert(next)
        var poor = maker.ledger.move(5, from: .wallet(bench.records.id()), to: .app(bench.records.id()), spends: true)
        poor.challenge = maker.use(next)
        guard case .conflict(0, .ledger) = await store.commit([poor], epoch: 1) else {
            return bench.record("a unit that the ledger refuses is not written", "it was")
        }
        bench.equal(try await store.challenge(next.id)?.state, .open, "... and uses no code up")
        var keyed = maker.ledger.unit(5)
        keyed.idempotencyRecord = bench.records.idempotencyRecord(for: keyed.order)
        keyed.challenge = maker.use(next)
        bench.equal(await store.commit([keyed], epoch: 1), .committed, "a unit with a key and a code is written")
        var again = maker.ledger.unit(5)
        again.idempotencyRecord = keyed.idempotencyRecord
        again.challenge = keyed.challenge
        if let record = keyed.idempotencyRecord {
            bench.equal(
                await store.commit([again], epoch: 1), .conflict(index: 0, .idempotencyRecord(record)),
                "whoever repeats it is told of the key, not of the code that was used up")
        }
        try await challengeAtOnce(store, maker, &bench)
    }

    private func challengeAtOnce(_ store: any Store, _ maker: PeopleMaker, _ bench: inout Bench) async throws {
        let challenge = maker.challenge(bench.records.id())
        _ = try await store.insert(challenge)
        let units = (0..<20).map { _ in
            var unit = maker.ledger.unit(5)
            unit.challenge = maker.use(challenge)
            return unit
        }
        let written = await withTaskGroup(of: Bool.self) { group in
            for unit in units { group.addTask { await store.commit([unit], epoch: 1) == .committed } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        bench.equal(written, 1, "a code works once, however many use it at the same moment")
    }

    func messages(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        let account = maker.account()
        let wallet = maker.ledger.wallet(owner: .holder)
        _ = try await store.insert(account, wallet: wallet, challenges: [])
        bench.equal(try await store.nextMessage(), nil, "nothing waits at first")
        let challenge = maker.challenge(account.id)
        _ = try await store.insert(challenge)
        let move = maker.ledger.move(7, from: maker.ledger.source, to: wallet.account)
        await bench.commit(store, move)
        await bench.commit(store, maker.ledger.move(7, from: maker.ledger.source, to: .app(bench.records.id())))
        let stranger = try await maker.ledger.wallet(store, with: 3, &bench)
        let late = bench.records.base.adding(seconds: 1_000_000_000)
        var found = try await store.messages(before: late, limit: 10)
        found.sort { $0.number < $1.number }
        bench.equal(
            found.map(\.content), [.challenge(challenge.id), .movement(wallet.id, move.order.id)],
            "a challenge and a changed balance leave a message each, a wallet of nobody's (\(stranger.id)) none")
        bench.equal(found.map(\.account), [account.id, account.id], "... for whom they concern")
        bench.equal(try await store.nextMessage(), found.map(\.dueAt).min(), "the next one is known")
        guard var message = found.first else { return }
        message.tries = 1
        message.fault = "no connection"
        message.dueAt = late.adding(seconds: 1)
        try await store.update(message)
        bench.equal(try await store.messages(before: late, limit: 10), Array(found.dropFirst()), "one waits longer")
        bench.equal(try await store.message(about: challenge.id), message, "... and says why")
        message.state = .sent
        try await store.update(message)
        bench.equal(
            try await store.messages(before: late.adding(seconds: 2), limit: 10), Array(found.dropFirst()),
            "what was sent waits no more")
        bench.equal(
            try await store.resend(challenge.id, at: challenge.createdAt.adding(seconds: 29)),
            .refused(.tooSoon(challenge.createdAt.adding(seconds: 30))), "a code is not sent again at once")
        for time in [30, 60, 90] as [Int64] {
            guard
                case .done(let sent) = try await store.resend(
                    challenge.id, at: challenge.createdAt.adding(seconds: time))
            else { return bench.record("a code is sent again three times", "not at \(time) s") }
            bench.equal(sent.resends, Int(time / 30), "each time is counted")
        }
        bench.equal(
            try await store.resend(challenge.id, at: challenge.createdAt.adding(seconds: 120)), .refused(.tooOften),
            "... and not more often")
        bench.equal(
            try await store.resend(bench.records.id(), at: late), .refused(.missing),
            "one that is not there is not sent")
        bench.equal(try await store.messages(before: late, limit: 10).count, 4, "each sending is a message")
        try await store.forgetChallenges(before: challenge.createdAt.adding(seconds: 1))
        bench.equal(try await store.challenge(challenge.id), nil, "old challenges are forgotten")
        bench.equal(
            try await store.messages(before: late, limit: 10).count, 4, "... but no message that waits")
    }
}
