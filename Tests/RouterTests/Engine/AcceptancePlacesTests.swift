import RouterTestKit
import Testing

@testable import Router

/// Too many at once are refused before anything is stored; what is accepted never is.
@Suite("Places for orders being accepted") struct AcceptancePlacesTests {
    /// Creates that many at once.
    ///
    /// - Returns: How many were accepted, and how many refused.
    private static func crowd(_ count: Int, _ rig: Rig, _ name: String) async -> (accepted: Int, refused: Int) {
        await withTaskGroup(of: Bool?.self) { group in
            for number in 0..<count {
                group.addTask {
                    switch await rig.engine.create(rig.command(key: "\(name)-\(number)", fingerprint: [UInt8(number)]))
                    {
                    case .done: true
                    case .unavailable: false
                    default: nil
                    }
                }
            }
            var (accepted, refused) = (0, 0)
            for await result in group {
                if result == true { accepted += 1 } else if result == false { refused += 1 }
            }
            return (accepted, refused)
        }
    }

    @Test(arguments: 1...5)
    func `of many at once some are accepted and end, the rest leaves nothing behind`(_ seed: UInt64) throws {
        try Rig.run(
            seed: seed,
            {
                $0.add("alpha")
                $0.settings.acceptance = .withoutLine(places: 3)
            }
        ) { rig in
            let (accepted, refused) = await Self.crowd(40, rig, "order")
            #expect(accepted >= 3 && refused > 0 && accepted + refused == 40)
            #expect(rig.store.payments.count == accepted, "who is refused leaves nothing behind")
            #expect(rig.operators.requests.count == accepted, "who is accepted is served")
            #expect(rig.engine.ordersBeingAccepted == 0)
            #expect(!rig.engine.isAcceptanceFull)
        }
    }

    @Test
    func `whatever becomes of an order, its place is given back`() throws {
        try Rig.run({
            $0.add("alpha")
            $0.settings.acceptance = .withoutLine(places: 1)
        }) { rig in
            try await rig.create()
            try #require(await rig.engine.create(rig.command()).replayed != nil, "not replayed")
            try #require(await rig.engine.create(rig.command(fingerprint: [9])).keyReused != nil, "not refused")
            try #require(
                await rig.engine.create(rig.command(key: "other", amount: Money(1, .usd))).done == nil, "routed")
            rig.store.inject { _, _ in .failsBefore }
            try #require(await rig.engine.create(rig.command(key: "lost")).isUnknown, "accepted")
            rig.store.inject(nil)
            #expect(rig.engine.ordersBeingAccepted == 0)
            try await rig.create(key: "last")
        }
    }

    @Test
    func `an order that waits for its operator's answer takes no place`() throws {
        try Rig.run({
            $0.add("alpha")
            $0.settings.acceptance = .withoutLine(places: 1)
        }) { rig in
            let stage = rig.stage
            let slow = Act.first({ _ in await stage.sleep(seconds: 60) }, .succeed)
            rig.operators.script("alpha", slow, slow)
            async let first = rig.engine.create(rig.command(key: "first"))
            await stage.sleep(seconds: 1)
            async let second = rig.engine.create(rig.command(key: "second"))
            let answers = await [first, second]
            try #require(answers.allSatisfy { $0.done != nil }, "not accepted: \(answers)")
            #expect(rig.store.payments.count == 2)
        }
    }

    @Test
    func `of a burst everybody has his turn, first come first served`() throws {
        try Rig.run({
            $0.add("alpha")
            $0.settings.acceptance = AcceptanceLimits(places: 2, least: 50)
        }) { rig in
            let (accepted, refused) = await Self.crowd(40, rig, "order")
            #expect(accepted == 40 && refused == 0)
            #expect(rig.engine.ordersBeingAccepted == 0)
        }
    }

    @Test
    func `the line is long for a burst, short in a storm, and turns come in its order`() throws {
        let stage = Stage(seed: nil)
        let limits = AcceptanceLimits(places: 1, burstMilliseconds: 150, stormMilliseconds: 0, least: 1)
        let gate = AcceptanceGate(limits, time: stage)
        let turns = Log<String>()
        @Sendable func come(_ name: String) {
            stage.spawn { turns.append(await gate.enter() ? "\(name) in" : "\(name) out") }
        }
        try stage.run {
            come("a")
            for name in ["b", "c", "d", "e"] { come(name) }
            await stage.sleep(milliseconds: 1)
            #expect(turns.values == ["a in", "e out"], "of 50 ms each three may wait")
            #expect(gate.isFull && gate.taken == 4)
            await stage.sleep(milliseconds: 49)
            gate.leave()
            await stage.sleep(milliseconds: 250)
            #expect(turns.values.last == "b in")
            // A line for a while: a storm, in which only one may wait.
            come("f")
            await stage.sleep(milliseconds: 1)
            #expect(turns.values.last == "f out")
            gate.leave()
            gate.leave()
            gate.leave()
            await stage.sleep(milliseconds: 1)
            #expect(turns.values.suffix(2) == ["c in", "d in"] && gate.taken == 0)
            // An empty line alone does not end it: places come back many at once.
            for name in ["g", "h", "i"] { come(name) }
            await stage.sleep(milliseconds: 2)
            #expect(turns.values.suffix(2) == ["g in", "i out"])
            gate.leave()
            gate.leave()
            await stage.sleep(milliseconds: 251)
            for name in ["j", "k", "l"] { come(name) }
            await stage.sleep(milliseconds: 2)
            #expect(turns.values.last == "j in" && gate.taken == 3, "calm again")
            await stage.sleep(seconds: 6)
            gate.leave()
            await stage.sleep(milliseconds: 1)
            #expect(turns.values.suffix(2) == ["k out", "l out"], "nobody waits that long")
            #expect(gate.taken == 0)
        }
    }

    @Test
    func `the longer orders take, the fewer may wait`() {
        var pace = AcceptancePace()
        #expect(pace.turns(in: 100, places: 32) == 64)
        func work(_ milliseconds: Int64, orders: Int, counts: Bool = true) {
            for number in 0..<Int64(orders) {
                pace.entered(at: Moment(milliseconds: number))
                pace.left(at: Moment(milliseconds: number + milliseconds), counts: counts)
            }
        }
        work(1, orders: 500, counts: false)
        #expect(pace.turns(in: 100, places: 32) == 64, "idle places say nothing")
        work(100, orders: 200)
        #expect((31...33).contains(pace.turns(in: 100, places: 32)))
        work(10, orders: 200)
        #expect((300...330).contains(pace.turns(in: 100, places: 32)))
        work(60_000, orders: 200)
        #expect(pace.turns(in: 100, places: 32) == 0)
        #expect(pace.turns(in: 100, places: .max) == 1_000_000, "no bound, no overflow")
    }

    @Test
    func `after an outage places come back one after the other`() throws {
        let stage = Stage(seed: 1)
        let gate = AcceptanceGate(AcceptanceLimits.withoutLine(places: 64), time: stage)
        @Sendable func places() async -> Int {
            var count = 0
            while count < 1_000, await gate.enter() { count += 1 }
            #expect(gate.isFull)
            for _ in 0..<count { gate.leave() }
            return count
        }
        try stage.run {
            #expect(await places() == 64)
            gate.openSlowly(from: stage.now)
            #expect(await places() == 6)
            await stage.sleep(seconds: 3)
            #expect(await places() == 6)
            await stage.sleep(seconds: 12)
            #expect(await places() == 32)
            await stage.sleep(seconds: 15)
            #expect(await places() == 64)
            let small = AcceptanceGate(AcceptanceLimits.withoutLine(places: 2), time: stage)
            small.openSlowly(from: stage.now)
            #expect(await small.enter(), "never shut altogether")
        }
    }
}
