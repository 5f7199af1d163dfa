import Router
import RouterTestKit
import Testing

/// Transfers from end to end, against operators that follow a script.
@Suite struct TransferTests {
    @Test func `between wallets both balances change in one commit`() throws {
        try Rig.wallets { rig in
            let (from, to) = (try await rig.wallet(5_000), try await rig.wallet())
            let commits = rig.store.commits
            let sent = try await rig.done(rig.engine.transfer(rig.transfer(.wallet(from), .wallet(to), 2_000, fee: 50)))
            #expect(sent.order.status == .succeeded && sent.attempts.isEmpty && rig.store.commits == commits + 1)
            #expect(try await rig.balance(from).posted == 2_950)
            #expect(try await rig.balance(to).posted == 2_000)
            #expect(try await rig.balance(of: .fees) == 50)
            #expect(rig.types(sent) == ["transfer.created", "transfer.succeeded"])
        }
    }

    @Test func `a fee that the recipient pays comes out of the amount`() throws {
        try Rig.wallets { rig in
            let (from, to) = (try await rig.wallet(5_000), try await rig.wallet())
            _ = try await rig.done(
                rig.engine.transfer(rig.transfer(.wallet(from), .wallet(to), 2_000, fee: 50, payer: .recipient)))
            #expect(try await rig.balance(from).posted == 3_000)
            #expect(try await rig.balance(to).posted == 1_950)
        }
    }

    @Test func `two hundred at once out of a wallet that covers ten are ten`() throws {
        try Rig.wallets { rig in
            let (from, to) = (try await rig.wallet(10_000), try await rig.wallet())
            let moved = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    let command = rig.transfer(.wallet(from), .wallet(to), 1_000, key: "at-once-\(number)")
                    group.addTask(executorPreference: rig.stage) { (await rig.engine.transfer(command)).done != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(moved == 10)
            #expect(try await rig.balance(from).posted == 0)
            #expect(try await rig.balance(to).posted == 10_000)
        }
    }

    @Test func `from operator to operator the credit follows the debit`() throws {
        try Rig.wallets { rig in
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000, fee: 100)))
            await rig.ended(sent)
            let done = try await rig.reread(sent)
            #expect(done.order.status == .succeeded && done.order.followUps.map(\.kind) == [.payment, .payout])
            #expect(rig.operators.requests.map(\.url) == ["https://alpha.example/pay", "https://beta.example/payout"])
            #expect(try await rig.balance(of: .provider("alpha")) == 5_100)
            #expect(try await rig.balance(of: .provider("beta")) == -5_000)
            #expect(try await rig.balance(of: .fees) == 100)
            #expect(try await rig.balance(of: .suspense(sent.order.id)) == 0)
            #expect(rig.types(sent) == ["transfer.created", "transfer.succeeded"])
        }
    }

    @Test func `a debit that is refused takes nothing and credits nobody`() throws {
        try Rig.wallets { rig in
            rig.operators.script("alpha", .refuse(.insufficientFunds))
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            await rig.ended(sent)
            let failed = try await rig.reread(sent)
            #expect(failed.order.status == .failed && failed.order.failure?.code == "insufficient_funds")
            #expect(rig.operators.requests.count == 1)
            let holds = try await rig.store.holds(of: sent.order.id)
            #expect(holds.map(\.state) == [.voided], "the room at the recipient's operator is free again")
        }
    }

    @Test func `a debit whose end is not known holds everything`() throws {
        try Rig.wallets { rig in
            rig.operators.script("alpha", .lose(executes: true))
            rig.operators.hang("/status/")
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            await rig.stage.sleep(seconds: 7_200)
            let waiting = try await rig.reread(sent)
            #expect(waiting.order.outcome == .open && waiting.order.certainty == .unknown)
            #expect(rig.operators.requests.count == 1)
            rig.operators.hang(nil)
            await rig.ended(sent)
            #expect(try await rig.reread(sent).order.status == .succeeded)
        }
    }

    @Test func `a credit that is refused is given back`() throws {
        try Rig.wallets { rig in
            rig.operators.script("beta", .refuse(.accountUnavailable))
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000, fee: 100)))
            await rig.ended(sent)
            let failed = try await rig.reread(sent)
            #expect(failed.order.status == .failed && failed.order.failure?.code == "not_delivered")
            #expect(failed.order.followUps.map(\.kind) == [.payment, .payout, .refund])
            #expect(try await rig.balance(of: .provider("alpha")) == 0)
            #expect(try await rig.balance(of: .fees) == 0)
            #expect(try await rig.balance(of: .suspense(sent.order.id)) == 0)
        }
    }

    /// Nothing is given back on suspicion; what happened decides.
    @Test(arguments: [true, false])
    func `a credit whose end is not known is never given back before it is`(executes: Bool) throws {
        try Rig.wallets { rig in
            rig.operators.script("beta", .lose(executes: executes))
            rig.operators.hang("/status/")
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            await rig.stage.sleep(seconds: 7_200)
            #expect(rig.operators.requests.count == 2, "debit and credit, and nothing else")
            #expect(try await rig.balance(of: .suspense(sent.order.id)) == 5_000)
            let waiting = try await rig.reread(sent)
            #expect(waiting.order.status == .underReview && waiting.order.certainty == .unknown)
            rig.operators.hang(nil)
            await rig.ended(sent)
            let ended = try await rig.reread(sent)
            #expect(ended.order.status == (executes ? .succeeded : .failed))
            #expect(rig.operators.requests.count == (executes ? 2 : 3))
            #expect(try await rig.balance(of: .suspense(sent.order.id)) == 0)
        }
    }

    @Test func `what cannot be given back is parked, and people end it`() throws {
        try Rig.wallets { rig in
            rig.operators.script("beta", .refuse(.accountUnavailable))
            rig.operators.script("alpha", .succeed, .refuse(.accountUnavailable))
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            await rig.wait(upTo: 600) { rig.store.aggregate(sent.order.id)?.order.review != nil }
            let parked = try await rig.reread(sent)
            #expect(parked.order.status == .underReview && parked.order.review?.reason == .transferParked)
            #expect(try await rig.balance(of: .suspense(sent.order.id)) == 5_000)
            #expect(parked.order.due == nil)
            let again = try await rig.engine.compensateAgain(sent.order.id)
            #expect(again?.begun?.order.review == nil)
            await rig.ended(sent)
            #expect(try await rig.reread(sent).order.status == .failed)
            #expect(try await rig.balance(of: .suspense(sent.order.id)) == 0)
            #expect(try await rig.balance(of: .provider("alpha")) == 0)
        }
    }

    @Test(arguments: [true, false])
    func `two people end a parked transfer by what they found`(isDelivered: Bool) throws {
        try Rig.wallets { rig in
            rig.operators.script("beta", .refuse(.accountUnavailable))
            rig.operators.script("alpha", .succeed, .refuse(.accountUnavailable))
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            await rig.wait(upTo: 600) { rig.store.aggregate(sent.order.id)?.order.review != nil }
            let finding = Review.Finding(
                verdict: isDelivered ? .executed : .notExecuted, reason: "paid by hand", document: "receipt 7",
                operatorReference: isDelivered ? "cash-7" : nil)
            for person in ["ama", "kofi"] {
                guard
                    case .signed = await rig.engine.sign(
                        sent.order.id, finding, person: person, counts: { _ in true })
                else {
                    Issue.record("\(person) could not sign")
                    return
                }
            }
            let ended = try await rig.reread(sent)
            #expect(ended.order.status == (isDelivered ? .succeeded : .failed))
            #expect(try await rig.balance(of: .suspense(sent.order.id)) == 0)
            #expect(try await rig.balance(of: .adjustments) == 5_000)
        }
    }

    @Test func `out of a wallet to an operator, and back if it is refused`() throws {
        try Rig.wallets { rig in
            let from = try await rig.wallet(10_000)
            let sent = try await rig.done(
                rig.engine.transfer(rig.transfer(.wallet(from), .channel("flooz"), 3_000, fee: 30)))
            await rig.ended(sent)
            #expect(try await rig.reread(sent).order.status == .succeeded)
            #expect(try await rig.balance(from).posted == 6_970)
            #expect(try await rig.balance(of: .fees) == 30)
            rig.operators.script("beta", .refuse(.accountUnavailable))
            let second = try await rig.done(
                rig.engine.transfer(rig.transfer(.wallet(from), .channel("flooz"), 3_000, fee: 30, key: "second")))
            await rig.ended(second)
            #expect(try await rig.reread(second).order.status == .failed)
            let balance = try await rig.balance(from)
            #expect(balance.posted == 6_970 && balance.held == 0)
            let third = await rig.engine.transfer(
                rig.transfer(.wallet(from), .channel("flooz"), 6_950, fee: 30, key: "third"))
            #expect(third.ledgerRefusal == LedgerRefusal(.wallet(from), .insufficient))
        }
    }

    @Test func `from an operator into a wallet`() throws {
        try Rig.wallets { rig in
            let to = try await rig.wallet()
            let sent = try await rig.done(
                rig.engine.transfer(rig.transfer(.channel("tmoney"), .wallet(to), 3_000, fee: 30, payer: .recipient)))
            await rig.ended(sent)
            #expect(try await rig.balance(to).posted == 2_970)
            #expect(try await rig.balance(of: .fees) == 30)
            let leg = try #require(rig.store.aggregates.first { $0.order.parent == sent.order.id })
            let refused = await rig.engine.follow(rig.followUp(.refund, leg, 100))
            #expect(refused.done == nil, "the transfer alone decides about its money")
        }
    }

    @Test func `a transfer can be cancelled before the debit`() throws {
        try Rig.wallets { rig in
            rig.operators.script("alpha", .accept)
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            #expect(sent.order.status == .awaitingCustomer)
            let (wished, isPossible) = try await rig.engine.cancelTransfer(sent.order.id)
            #expect(isPossible && wished?.order.cancelRequestedAt != nil)
            let leg = try #require(rig.store.aggregates.first { $0.order.parent == sent.order.id })
            rig.operators.decide(leg.attempts[0].reference, .refused(.cancelledByPayer, definitive: true))
            await rig.ended(sent)
            #expect(try await rig.reread(sent).order.status == .cancelled)
        }
    }

    /// The payer was faster than the wish: nobody was credited yet, so the money goes back.
    @Test func `a debit that was paid all the same is given back`() throws {
        try Rig.wallets { rig in
            rig.operators.script("alpha", .accept)
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            _ = try await rig.engine.cancelTransfer(sent.order.id)
            let leg = try #require(rig.store.aggregates.first { $0.order.parent == sent.order.id })
            rig.operators.decide(leg.attempts[0].reference, .executed)
            await rig.ended(sent)
            #expect(try await rig.reread(sent).order.status == .cancelled)
            #expect(rig.operators.requests.map(\.url).last == "https://alpha.example/refund")
            #expect(try await rig.balance(of: .provider("alpha")) == 0)
        }
    }

    @Test func `a transfer that is done cannot be cancelled`() throws {
        try Rig.wallets { rig in
            let (from, to) = (try await rig.wallet(5_000), try await rig.wallet())
            let sent = try await rig.done(rig.engine.transfer(rig.transfer(.wallet(from), .wallet(to), 2_000)))
            let (_, isPossible) = try await rig.engine.cancelTransfer(sent.order.id)
            #expect(!isPossible)
        }
    }

    @Test func `the same key is the same transfer`() throws {
        try Rig.wallets { rig in
            let (from, to) = (try await rig.wallet(5_000), try await rig.wallet())
            let command = rig.transfer(.wallet(from), .wallet(to), 2_000)
            let first = try await rig.done(rig.engine.transfer(command))
            #expect((await rig.engine.transfer(command)).replayed?.aggregate.order.id == first.order.id)
            #expect(try await rig.balance(to).posted == 2_000)
            var other = command
            other.fingerprint = [9]
            #expect((await rig.engine.transfer(other)).reusedKey, "another request under the key")
        }
    }

    /// One order number, one transfer, whatever its key and amount; another one only by name.
    @Test func `an order number is transferred once`() throws {
        try Rig.wallets { rig in
            let (from, to) = (try await rig.wallet(9_000), try await rig.wallet())
            func command(_ units: Int64, _ key: String, names: OrderID? = nil) -> Engine.TransferCommand {
                var command = rig.transfer(.wallet(from), .wallet(to), units, key: key)
                (command.request.reference, command.request.repeatOf) = ("rent-7", names)
                return command
            }
            let first = try await rig.done(rig.engine.transfer(command(2_000, "rent-key-1")))
            #expect((await rig.engine.transfer(command(2_500, "rent-key-2"))).duplicate?.id == first.order.id)
            #expect(try await rig.balance(to).posted == 2_000)
            let again = try await rig.done(rig.engine.transfer(command(2_000, "rent-key-3", names: first.order.id)))
            #expect((await rig.engine.transfer(command(2_000, "rent-key-4", names: first.order.id))).done == nil)
            #expect(again.order.status == .succeeded)
            #expect(try await rig.balance(to).posted == 4_000)

            rig.operators.script("alpha", .refuse(.insufficientFunds))
            func between(_ key: String) -> Engine.TransferCommand {
                var command = rig.between(1_000)
                (command.request.reference, command.idempotencyKey) = ("loan-9", key)
                return command
            }
            let failed = try await rig.done(rig.engine.transfer(between("loan-key-1")))
            await rig.ended(failed)
            let second = try await rig.done(rig.engine.transfer(between("loan-key-2")))
            #expect((await rig.engine.transfer(between("loan-key-3"))).duplicate?.id == second.order.id)
        }
    }

    @Test func `a process that dies between the legs goes on`() throws {
        try Rig.run({ $0.addWallets() }) { rig in
            rig.operators.script("alpha", .accept)
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            let leg = try #require(rig.store.aggregates.first { $0.order.parent == sent.order.id })
            rig.stop()
            rig.operators.decide(leg.attempts[0].reference, .executed)
            let next = try await rig.restart { $0.addWallets() }
            await next.ended(sent)
            #expect(try await next.reread(sent).order.status == .succeeded)
            #expect(next.operators.executions.values.reduce(0, +) == 2)
            next.expectBooks()
            next.stop()
        }
    }
}

extension Rig {
    func transfer(
        _ from: TransferTerms.End, _ to: TransferTerms.End, _ units: Int64, fee: Int64 = 0,
        payer: TransferTerms.FeePayer = .sender, key: String = "transfer-1"
    ) -> Engine.TransferCommand {
        var request = Sample.request(Money(units, .xof))
        request.customer = Customer(phone: try? Sample.phone())
        request.fee = fee
        request.transfer = TransferTerms(
            from: from, to: to, recipient: Customer(phone: try? Sample.phone()), feePayer: payer)
        return Engine.TransferCommand(
            app: Sample.app, environment: .sandbox, request: request, idempotencyKey: key, fingerprint: [3],
            requestID: Sample.requestID, respondsAsync: false)
    }

    func between(_ units: Int64, fee: Int64 = 0) -> Engine.TransferCommand {
        transfer(.channel("tmoney"), .channel("flooz"), units, fee: fee)
    }

    func ended(_ transfer: OrderAggregate) async {
        await wait(upTo: 20_000) { store.aggregate(transfer.order.id)?.order.outcome.isFinal == true }
    }

    /// The types of a transfer's own events.
    func types(_ transfer: OrderAggregate) -> [String] {
        store.events.filter { $0.order == transfer.order.id }.map(\.type)
    }
}

extension Engine.SignResult {
    fileprivate var isSigned: Bool { if case .signed = self { true } else { false } }
}

extension Result where Success == OrderAggregate, Failure == Engine.NotGivenBack {
    var begun: OrderAggregate? { if case .success(let transfer) = self { transfer } else { nil } }
    var objection: Engine.NotGivenBack? { if case .failure(let why) = self { why } else { nil } }
}

extension Engine.CommandResult {
    fileprivate var reusedKey: Bool { if case .keyReused = self { true } else { false } }
    fileprivate var duplicate: Order? {
        if case .possibleDuplicate(let holder, _) = self { holder } else { nil }
    }
}
