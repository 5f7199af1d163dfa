import RouterTestKit
import Testing

@testable import Router

/// One operator that hangs changes nothing for the orders of nine others.
@Suite struct StreetTests {
    private static let sick = "op-3"
    private static let rounds = 10
    private static let quiet = Result { try live(nil) }

    private static func live(_ call: StreetWire.Call?) throws -> [String: [Street.Happening]] {
        try run(call) { street in
            try await street.live(rounds: rounds)
            if let call { #expect(street.wire.asked(sick, call) > 0, "nobody made the call that hangs") }
            #expect(street.store.violations.isEmpty)
            return street.happenings(but: sick)
        }
    }

    private static func run<Value: Sendable>(
        _ call: StreetWire.Call?, acceptanceLimit: Int = 64, _ body: @escaping @Sendable (Street) async throws -> Value
    ) throws -> Value {
        let stage = Stage()
        return try stage.run {
            let hanging = call.map { StreetWire.Place(owner: sick, call: $0) }
            return try await body(try await Street(stage, hanging: hanging, acceptanceLimit: acceptanceLimit))
        }
    }

    @Test(arguments: StreetWire.Call.allCases)
    func `the others live through the same moments`(_ call: StreetWire.Call) throws {
        let quiet = try Self.quiet.get()
        let beside = try Self.live(call)
        #expect(quiet.count == 9 * 2 * Self.rounds)
        #expect(quiet.values.joined().contains { $0.what.hasSuffix("unknown") }, "nothing had to be checked")
        let different = quiet.keys.filter { quiet[$0] != beside[$0] }.sorted()
        let first = different.first.map { "\($0): \(quiet[$0] ?? []) became \(beside[$0] ?? [])" }
        #expect(different.isEmpty, "\(different.count) differ; \(first ?? "")")
    }

    @Test func `who waits for a balance keeps nobody from being accepted`() throws {
        try Self.run(.balance, acceptanceLimit: 2) { street in
            for number in 0..<50 {
                street.stage.spawn { try? await street.create(.payout, at: Self.sick, key: "\(Self.sick) \(number)") }
            }
            await street.stage.sleep(milliseconds: 50)
            let began = street.stage.now
            try await street.create(.payout, at: "op-4", key: "other")
            #expect(street.happenings(but: Self.sick)["other"]?.contains { $0.what == "201 succeeded" } == true)
            #expect(street.stage.now.milliseconds(since: began) < 150)
        }
    }

    @Test func `payments ask for no balance`() throws {
        try Self.run(nil) { street in
            try await street.create(.payment, at: "op-5", key: "one")
            #expect(street.wire.asked("op-5", .balance) == 0)
        }
    }

    @Test func `the explanation tells that a balance is not known`() throws {
        try Self.run(.balance) { street in
            let result = await street.engine.create(try street.command(.payout, at: Self.sick, key: "a"))
            let (aggregate, status) = try #require(result.done, "not accepted: \(result)")
            #expect(status == 201)
            let mine = aggregate.order.explanation["candidates"]?.arrayValue?.first { $0["provider"] == "op-3" }
            #expect(mine?["kept"] == true)
            #expect(
                mine?["note"]
                    == "its balance is not known (it has not answered yet); that alone keeps no payout away")
        }
    }

    @Test func `a question that failed is repeated beside`() throws {
        try Self.run(.balance) { street in
            func waited(_ key: String) async throws -> Int64 {
                let began = street.stage.now
                let result = await street.engine.create(try street.command(.payout, at: Self.sick, key: key))
                guard case .done(let aggregate, _) = result else { return .max }
                return aggregate.order.createdAt.milliseconds(since: began)
            }
            var waits = [try await waited("first"), try await waited("while it still hangs")]
            await street.stage.sleep(seconds: 60)
            #expect(street.wire.asked(Self.sick, .balance) == 1)
            waits.append(try await waited("when it is asked again"))
            #expect(waits == [200, 0, 0])
            await street.stage.sleep(milliseconds: 20)
            #expect(street.wire.asked(Self.sick, .balance) == 2)
        }
    }

    @Test func `who asks for a number hears of the others`() throws {
        try Self.run(.party) { street in
            let began = street.stage.now
            let answers = await street.engine.party(try Sample.phone(), channel: nil, environment: .sandbox)
            #expect(street.stage.now.milliseconds(since: began) == 5_000)
            #expect(answers.count == 10)
            for answer in answers {
                let isSick = answer.provider == ProviderID(Self.sick)
                let silence = PartyFinding.couldNotAnswer("it has not answered in time")
                #expect(answer.finding == (isSick ? silence : .customer(Party(isActive: true))))
            }
        }
    }

    @Test func `look ups that hang do not pile up`() throws {
        try Self.run(.party) { street in
            let phone = try Sample.phone()
            for _ in 0..<40 {
                street.stage.spawn {
                    _ = await street.engine.party(phone, channel: Street.channel(Self.sick), environment: .sandbox)
                }
            }
            await street.stage.sleep(seconds: 60)
            #expect(street.wire.most(Self.sick, .party) == ProviderRuntime.lookUpsAtOnce)
        }
    }

    @Test func `checks that hang do not pile up`() throws {
        try Self.run(.check) { street in
            let engine = street.engine
            let running = Task(executorPreference: street.stage) { await engine.run() }
            for number in 0..<120 {
                street.stage.spawn { try? await street.create(.payment, at: Self.sick, key: "k\(number)") }
            }
            await street.stage.sleep(seconds: 120)
            running.cancel()
            #expect(street.wire.asked(Self.sick, .check) > ProviderRuntime.checksAtOnce)
            // Those that one turn of the timers has begun already may come on top.
            #expect(street.wire.most(Self.sick, .check) <= 2 * ProviderRuntime.checksAtOnce)
        }
    }

    /// A login that hangs is no operator's refusal: nothing was sent, and the credentials are not doubted.
    @Test func `a login that hangs doubts no credentials`() throws {
        try Self.run(.login) { street in
            let result = await street.engine.create(try street.command(.payment, at: Self.sick, key: "a"))
            try #require(result.done != nil, "not accepted: \(result)")
            await street.stage.sleep(seconds: 60)
            let attempts = street.store.aggregates.flatMap(\.attempts)
            #expect(attempts.allSatisfy { $0.refusal?.reason == .notSent })
            #expect(!attempts.isEmpty)
            #expect(street.engine.providers[ProviderID(Self.sick)]?.stoppedCredentials.isEmpty == true)
        }
    }
}
