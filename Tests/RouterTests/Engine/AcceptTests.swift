import Router
import RouterTestKit
import Testing

/// Money begun with a publishable key, from the payer's choice to its end.
@Suite struct AcceptTests {
    typealias Kind = @Sendable (inout Rig.Setup) -> Void

    static let pushing: Kind = { $0.add("alpha") }
    static let typing: Kind = { $0.add("alpha") { CodeProvider(base: $0) } }
    static let holding: Kind = { $0.addWhole("alpha") }

    private let right = Money(5_000, .xof)

    @Test(arguments: [Money(5_001, .xof), Money(4_999, .xof), Money(5_000, .tnd)])
    func `another amount moves nothing`(_ wrong: Money) throws {
        for kind in [Self.pushing, Self.typing, Self.holding] {
            try Rig.run(kind) { rig in
                let payment = try await rig.begun()
                #expect(payment.order.status == .awaitingAcceptance)
                let before = rig.operators.requests.count
                try #require(await rig.accept(payment, wrong).notAccepted == .otherAmount, "accepted")
                await rig.stage.sleep(seconds: 60)
                let now = try await rig.reread(payment)
                #expect(now.order.status == .awaitingAcceptance && now.order.acceptedAt == nil)
                #expect(rig.operators.requests.count == before)
            }
        }
    }

    @Test func `what cannot wait is sent after the acceptance`() throws {
        try Rig.run(Self.pushing) { rig in
            let payment = try await rig.begun()
            await rig.stage.sleep(seconds: 60)
            #expect(rig.operators.requests.isEmpty && rig.operators.questions.isEmpty)
            let accepted = try await rig.done(rig.accept(payment, right))
            #expect(accepted.order.status == .succeeded && rig.operators.requests.count == 1)
        }
    }

    @Test func `what is held is collected after the acceptance`() throws {
        try Rig.run(Self.holding) { rig in
            let payment = try await rig.begun()
            #expect(payment.order.isAuthorized && payment.order.collected.minorUnits == 0)
            try #require(
                await rig.engine.follow(rig.followUp(.capture, payment)).refused == .notAccepted,
                "captured without acceptance")
            let accepted = try await rig.done(rig.accept(payment, right))
            #expect(accepted.order.status == .succeeded && accepted.order.collected == right)
            #expect(rig.operators.requests.map { $0.url.split(separator: "/").last } == ["hold", "capture"])
        }
    }

    @Test func `a code is sent after the acceptance`() throws {
        try Rig.run(Self.typing) { rig in
            let payment = try await rig.begun()
            #expect(payment.order.nextActions == [.enterCode(length: 6)])
            try #require(try await rig.confirm("123456", key: "c1").notAccepted == .notYet, "sent without acceptance")
            let accepted = try await rig.done(rig.accept(payment, right))
            #expect(accepted.order.status == .awaitingCustomer && rig.operators.requests.isEmpty)
            let paid = try await rig.done(rig.confirm("123456", key: "c2"))
            #expect(paid.order.status == .succeeded)
        }
    }

    @Test func `a code may bring its acceptance along`() throws {
        try Rig.run(Self.typing) { rig in
            let payment = try await rig.begun()
            for wrong in [Money(4_000, .xof), Money(5_000, .tnd)] {
                try #require(
                    await rig.confirm(payment, "123456", expecting: wrong).notAccepted == .otherAmount,
                    "sent at another amount")
            }
            #expect(rig.operators.requests.isEmpty)
            let paid = try rig.done(await rig.confirm(payment, "123456", expecting: right))
            #expect(paid.order.status == .succeeded && paid.order.acceptedAt != nil)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `unaccepted everything lapses`() throws {
        for kind in [Self.pushing, Self.typing, Self.holding] {
            try Rig.run(kind) { rig in
                let payment = try await rig.begun()
                let held = payment.order.isAuthorized
                await rig.wait(upTo: 2_000) { rig.store.events.contains { $0.type == "payment.failed" } }
                let now = try await rig.reread(payment)
                #expect(now.order.status == .failed && now.order.failure == .notAccepted)
                #expect(now.order.collected.minorUnits == 0 && now.order.due == nil)
                #expect(
                    rig.operators.requests.map { $0.url.split(separator: "/").last } == (held ? ["hold", "void"] : []))
                try #require(
                    await rig.accept(payment, right, key: "late").notAccepted == .tooLate, "accepted after its end")
            }
        }
    }

    @Test func `accepting twice moves once`() throws {
        for kind in [Self.pushing, Self.holding] {
            try Rig.run(kind) { rig in
                let payment = try await rig.begun()
                let before = rig.operators.requests.count
                let results = await withTaskGroup(of: Bool.self) { group in
                    for number in 0..<6 {
                        group.addTask(executorPreference: rig.stage) {
                            switch await rig.accept(payment, right, key: number < 3 ? "same" : "other-\(number)") {
                            case .done, .replayed: true
                            default: false
                            }
                        }
                    }
                    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
                #expect(results == 6)
                await rig.wait { rig.store.events.contains { $0.type == "payment.succeeded" } }
                #expect(rig.operators.requests.count == before + 1)
                try #require(
                    await rig.accept(payment, Money(1, .xof), key: "same").keyReused != nil,
                    "another amount under the same key")
            }
        }
    }

    /// Of acceptance and cancel one wins: a cancelled payment never collects.
    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `accept racing cancel has one winner`(seed: UInt64) throws {
        try Rig.run(seed: seed, seed.isMultiple(of: 2) ? Self.pushing : Self.holding) { rig in
            let payment = try await rig.begun()
            rig.stage.spawn { _ = await rig.accept(payment, right) }
            rig.stage.spawn {
                for _ in 0..<(seed % 16) { await Task.yield() }
                if payment.order.isAuthorized {
                    _ = await rig.engine.follow(rig.followUp(.void, payment, key: "v"))
                } else {
                    _ = try? await rig.engine.cancel(payment.order.id)
                }
            }
            await rig.wait(upTo: 2_000) {
                rig.store.aggregate(payment.order.id).map { $0.order.status.isFinal } ?? false
            }
            await rig.stage.sleep(seconds: 2_000)
            try await Self.expectOneEnd(rig, payment)
        }
    }

    /// Of acceptance and lapse one wins.
    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `accept racing the lapse has one winner`(seed: UInt64) throws {
        try Rig.run(seed: seed, seed.isMultiple(of: 2) ? Self.pushing : Self.holding) { rig in
            let payment = try await rig.begun()
            let end = payment.order.acceptableUntil
            let offset = Int64(seed % 5) - 2
            rig.stage.spawn {
                await rig.stage.sleep(until: end.adding(milliseconds: offset))
                _ = await rig.accept(payment, right)
            }
            await rig.stage.sleep(seconds: 3_000)
            try await Self.expectOneEnd(rig, payment)
        }
    }

    private static func expectOneEnd(_ rig: Rig, _ payment: OrderAggregate) async throws {
        let now = try await rig.reread(payment)
        let names = rig.operators.requests.compactMap { $0.url.split(separator: "/").last }
        let taken = names.count { $0 == "pay" || $0 == "capture" }
        switch now.order.status {
        case .succeeded: #expect(taken == 1 && !names.contains("void"))
        case .failed, .cancelled: #expect(taken == 0 && (names.isEmpty || names == ["hold", "void"]))
        default: Issue.record("ended \(now.order.status)")
        }
    }

    /// The process dies between the acceptance and what follows from it.
    @Test func `an acceptance survives and goes on`() throws {
        for kind in [Self.pushing, Self.holding] {
            try Rig.run(kind) { rig in
                let payment = try await rig.begun()
                rig.store.inject { _, units in
                    units.contains { !$0.newAttempts.isEmpty || $0.order.kind == .capture } ? .failsBefore : nil
                }
                _ = await rig.accept(payment, right)
                #expect(try await rig.reread(payment).order.acceptedAt != nil)
                rig.store.inject(nil)
                let next = try await rig.restart(kind)
                await next.wait(upTo: 120) { next.store.events.contains { $0.type == "payment.succeeded" } }
                let names = next.operators.requests.compactMap { $0.url.split(separator: "/").last }
                #expect(names.count { $0 == "pay" || $0 == "capture" } == 1)
            }
        }
    }

    /// Nothing is accepted that is not durable.
    @Test func `an acceptance that is not stored moves nothing`() throws {
        try Rig.run(Self.pushing) { rig in
            let payment = try await rig.begun()
            rig.store.inject { _, _ in .failsBefore }
            try #require(await rig.accept(payment, right).isUnknown, "accepted")
            await rig.stage.sleep(seconds: 30)
            #expect(rig.operators.requests.isEmpty)
            rig.store.inject(nil)
            #expect(try await rig.done(rig.accept(payment, right)).order.status == .succeeded)
        }
    }

    @Test func `an acceptance before the payers choice counts`() throws {
        for kind in [Self.pushing, Self.holding] {
            try Rig.run(kind) { rig in
                let payment = try await rig.opened()
                _ = try await rig.done(rig.accept(payment, right))
                #expect(rig.operators.requests.isEmpty)
                _ = await rig.engine.choose(payment.order.id, channel: "tmoney", phone: nil)
                await rig.wait { rig.store.events.contains { $0.type == "payment.succeeded" } }
                #expect(rig.operators.requests.map { $0.url.split(separator: "/").last } == ["pay"])
            }
        }
    }

    @Test func `the shop hears that it must accept`() throws {
        try Rig.run(Self.pushing) { rig in
            let payment = try await rig.begun()
            #expect(rig.store.events.map(\.type).contains("payment.awaiting_acceptance"))
            var query = OrderQuery(app: payment.order.app, environment: .sandbox)
            query.status = .awaitingAcceptance
            #expect(try await rig.store.list(query).map(\.id) == [payment.order.id])
        }
    }
}

extension Rig {
    /// A payment begun with a publishable key; its payer has not chosen yet.
    func opened(key: String = "order-1") async throws -> OrderAggregate {
        var command = command(key: key)
        command.request.isHosted = true
        command.request.needsAcceptance = true
        return try done(await engine.create(command))
    }

    /// The same after the payer's choice, at the point where the shop has to act.
    func begun(key: String = "order-1") async throws -> OrderAggregate {
        let payment = try await opened(key: key)
        guard case .begun = await engine.choose(payment.order.id, channel: "tmoney", phone: nil) else {
            throw CancellationError()
        }
        return try await reread(payment)
    }

    func accept(_ payment: OrderAggregate, _ amount: Money, key: String = "accept") async -> Engine.CommandResult {
        await engine.accept(
            .init(
                payment: payment.order.id, amount: amount, idempotencyKey: key,
                fingerprint: Array(amount.description.utf8), requestID: Sample.requestID))
    }

    func confirm(_ payment: OrderAggregate, _ code: String, expecting amount: Money) async -> Engine.CommandResult {
        await engine.confirm(
            .init(
                aggregate: payment, confirmation: Confirmation(code: Secret(code), operatorPaymentID: nil),
                accepting: amount,
                idempotencyKey: "c-\(amount)", fingerprint: Array(code.utf8), requestID: Sample.requestID))
    }
}
