import Router
import RouterTestKit
import Testing

/// The configuration changes again and again while payments come in: each is decided on one version, and goes where that one
/// says.
@Suite struct ConfigurationStormTests {
    private static let names = ["alpha", "beta", "gamma", "delta"]
    private static let changes = 50
    private static let payments = 250

    /// Which providers a version names: always two of four, in one of the orders.
    private static func named(_ number: Int64) -> [String] {
        let first = Int(number) % names.count
        let second = (first + 1 + Int(number / 4) % (names.count - 1)) % names.count
        return [names[first], names[second]]
    }

    private static func setup(_ number: Int64) -> (inout Rig.Setup) -> Void {
        { setup in
            setup.version = number
            for name in named(number) {
                setup.addWhole(name)
                setup.definitions[ProviderID(name)] = ProviderDefinition(
                    whole: [UInt8(truncatingIfNeeded: number % 3)], secrets: [1])
            }
        }
    }

    @Test(arguments: [UInt64(1)])
    func `no payment is without a version, and none is at a provider that its version does not name`(
        _ seed: UInt64
    ) throws {
        try Rig.run(seed: seed, Self.setup(1)) { rig in
            // Some answers are lost, so that what they asked for is under way over many changes.
            let asked = Log<Int>()
            rig.operators.improvise {
                asked.append(1)
                return asked.count % 7 == 0 ? .lose(executes: true) : .succeed
            }
            let made = Log<OrderID>()
            let changing = Task(executorPreference: rig.stage) { await Self.change(rig) }
            await Self.pay(rig, made)
            let active = await changing.value
            #expect(active.count > Self.changes / 2)
            #expect(made.count == Self.payments)
            await rig.stage.sleep(seconds: 600)
            try Self.judge(rig, active)
        }
    }

    /// Exchanges versions; of one in five somebody else was faster.
    private static func change(_ rig: Rig) async -> Set<Int64> {
        var active: Set<Int64> = [1]
        for number in Int64(2)...Int64(changes + 1) {
            await rig.stage.sleep(milliseconds: 40)
            let isRefused = number % 5 == 0
            let next = Rig.configuration(number, setup(number))
            let result = try? await rig.engine.activate(next, commit: { !isRefused })
            if case .done? = result { active.insert(number) }
        }
        return active
    }

    private static func pay(_ rig: Rig, _ made: Log<OrderID>) async {
        await withTaskGroup(of: Void.self) { group in
            for place in 0..<payments {
                group.addTask {
                    await rig.stage.sleep(milliseconds: Int64(place) * 8)
                    let result = await rig.engine.create(rig.command(key: "order-\(place)"))
                    if let id = result.done?.aggregate.order.id { made.append(id) }
                }
            }
        }
    }

    private static func judge(_ rig: Rig, _ active: Set<Int64>) throws {
        var decided: [Int64: Int] = [:]
        for aggregate in rig.store.memory.snapshot().aggregates {
            let number = try #require(aggregate.order.configuration)
            decided[number, default: 0] += 1
            #expect(active.contains(number))
            let providers = aggregate.attempts.map(\.provider.text) + aggregate.order.plan.map(\.provider.text)
            #expect(Set(providers).isSubset(of: Set(named(number))), "\(number): \(providers)")
            #expect(aggregate.order.status == .succeeded)
        }
        #expect(decided.values.reduce(0, +) == payments)
        #expect(decided.count > changes / 2)
        for runtime in rig.engine.providers.values {
            #expect(runtime.standing(.collect).inFlight == 0, "\(runtime.id)")
        }
    }
}
