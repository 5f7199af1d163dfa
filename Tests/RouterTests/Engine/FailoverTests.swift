import Router
import RouterTestKit
import Testing

@Suite struct FailoverTests {
    private static func two(_ setup: inout Rig.Setup) {
        setup.add("alpha")
        setup.add("beta")
    }

    @Test(arguments: [TransportFailure.Kind.nameLookup, .connect, .tls, .gateRefused, .cancelled, .other])
    func `what never left goes to the next provider`(_ kind: TransportFailure.Kind) throws {
        try Rig.run(Self.two) { rig in
            rig.operators.script("alpha", .unsent(kind))
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .succeeded)
            #expect(rig.states == [.notSent, .succeeded])
            #expect(rig.attempts.map(\.provider) == ["alpha", "beta"])
            #expect(Set(rig.attempts.map(\.reference)).count == 2, "one reference per attempt")
            #expect(rig.operators.executions.count == 1)
        }
    }

    @Test(arguments: [
        RefusalReason.insufficientFunds, .declined, .wrongCredentials, .suspectedFraud, .expired, .unspecified,
    ])
    func `a payers refusal ends the payment`(_ reason: RefusalReason) throws {
        try Rig.run(Self.two) { rig in
            rig.operators.script("alpha", .refuse(reason))
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .failed)
            #expect(aggregate.order.failure?.code == reason.rawValue)
            #expect(rig.states == [.rejected])
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test(arguments: [RefusalReason.operatorUnavailable, .floatExhausted])
    func `an operators refusal goes to the next`(_ reason: RefusalReason) throws {
        try Rig.run(Self.two) { rig in
            rig.operators.script("alpha", .refuse(reason))
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .succeeded)
            #expect(rig.states == [.rejected, .succeeded])
        }
    }

    @Test func `when all have refused it fails`() throws {
        try Rig.run(Self.two) { rig in
            rig.operators.script("alpha", .unsent(.connect))
            rig.operators.script("beta", .unsent(.tls))
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .failed)
            #expect(aggregate.order.failure?.code == "not_sent")
            #expect(aggregate.order.failure?.retryable == true)
            #expect(rig.operators.requests.isEmpty)
        }
    }

    @Test(arguments: [
        (RefusalReason.invalidRequest, OrderStatus.failed), (.notSent, .succeeded), (.credentialsRefused, .succeeded),
    ])
    func `failed preparations fail over by their reason`(_ reason: RefusalReason, _ status: OrderStatus) throws {
        try Rig.run({
            $0.add("alpha", style: .fails(reason))
            $0.add("beta")
        }) { rig in
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == status)
            #expect(rig.states.first == .notSent)
        }
    }

    @Test func `a preparation may ask and its failure is not sent`() throws {
        try Rig.run({
            $0.add("alpha", style: .asksFirst)
            $0.add("beta")
        }) { rig in
            rig.operators.answer("/hello", .failure(TransportFailure(.timeout)))
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .succeeded)
            #expect(rig.states == [.notSent, .succeeded])
            #expect(rig.operators.references == [rig.attempts[1].reference])
        }
    }

    @Test func `another amount is a conflict and nothing more happens`() throws {
        try Rig.run(Self.two) { rig in
            rig.operators.script("alpha", .state(4_999))
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .underReview)
            #expect(rig.states == [.conflict])
            await rig.stage.sleep(seconds: 10_000)
            #expect(rig.states == [.conflict])
            #expect(rig.store.postings.isEmpty)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `a failing provider is left alone until its breaker lets a probe through`() throws {
        try Rig.run({ setup in
            setup.breaker.minimumCalls = 3
            Self.two(&setup)
        }) { rig in
            rig.operators.script("alpha", .unsent(.connect), .unsent(.connect), .unsent(.connect))
            for number in 1...3 { try await rig.create(key: "k\(number)") }
            #expect(rig.engine.providers["alpha"]?.breakerState == .open)
            try await rig.create(key: "k4")
            #expect(rig.operators.requests.allSatisfy { $0.url.contains("beta") })
            await rig.stage.sleep(seconds: 31)
            try await rig.create(key: "k5")
            #expect(rig.operators.requests.last?.url.contains("alpha") == true)
            #expect(rig.engine.providers["alpha"]?.breakerState == .halfOpen)
        }
    }

    @Test func `payers refusals do not open the breaker`() throws {
        try Rig.run({ setup in
            setup.breaker.minimumCalls = 3
            setup.add("alpha")
        }) { rig in
            rig.operators.improvise { .refuse(.declined) }
            for number in 1...10 { try await rig.create(key: "k\(number)") }
            #expect(rig.engine.providers["alpha"]?.breakerState == .closed)
        }
    }

    @Test func `when no provider works now nothing is stored`() throws {
        try Rig.run({ setup in
            setup.breaker.minimumCalls = 1
            setup.add("alpha")
        }) { rig in
            rig.operators.script("alpha", .unsent(.connect))
            try await rig.create(key: "k1")
            let result = await rig.engine.create(rig.command(key: "k2"))
            try #require(result.noProviderNow != nil, "\(result)")
            #expect(rig.store.payments.count == 1)
        }
    }

    @Test func `a throttled provider gets a second turn`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .refuse(.throttled))
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .succeeded)
            #expect(rig.states == [.rejected, .succeeded])
        }
    }
}
