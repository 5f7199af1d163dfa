import Router
import RouterTestKit
import Testing

@Suite struct HysteresisTests {
    private let key = SignalKey("alpha", "tmoney", .collect)
    private let bad = SignalOutcome.failure(.operator)

    private func observe(
        _ outcome: SignalOutcome, _ times: Int, in machine: inout Hysteresis, at now: Moment = .start
    ) -> [HysteresisSwitch] {
        (0..<times).compactMap { machine.observe(outcome, at: now.adding(milliseconds: Int64($0))) }
    }

    private func left(at now: Moment = .start) -> Hysteresis {
        var machine = Hysteresis()
        _ = observe(bad, 20, in: &machine, at: now)
        return machine
    }

    @Test func `is left on twelve of twenty, and says by what`() throws {
        var machine = Hysteresis()
        #expect(observe(.success, 8, in: &machine).isEmpty)
        #expect(observe(bad, 11, in: &machine).isEmpty)
        let switches = observe(bad, 1, in: &machine, at: .start + 5)
        #expect(machine.isAway(at: .start + 5))
        let change = try #require(switches.first)
        #expect(change.direction == .left)
        #expect(change.cause == .observed)
        #expect(change.observed == Proportion(8, of: 20))
        #expect(change.threshold == 12)
        #expect(change.at == .start + 5)
        #expect(change.text == "left: 8 of the last 20 were good (21.88 % to 61.34 %)")
        #expect(change.json["rate"]?.integerValue == 400_000)
    }

    @Test func `is never left below the minimum sample`() {
        var machine = Hysteresis()
        #expect(observe(bad, 19, in: &machine).isEmpty)
        #expect(!machine.isAway(at: .start))
        #expect(observe(bad, 1, in: &machine).count == 1)
    }

    @Test func `forgets what is old while it is used`() {
        var machine = Hysteresis()
        #expect(observe(bad, 19, in: &machine).isEmpty)
        #expect(observe(bad, 19, in: &machine, at: .start + 7_300).isEmpty)
        #expect(observe(bad, 1, in: &machine, at: .start + 7_301).count == 1)
    }

    @Test func `returns on eighteen of twenty, not before a minute, and with a new window`() throws {
        var machine = left()
        #expect(observe(.success, 20, in: &machine, at: .start + 10).isEmpty)
        let change = try #require(observe(.success, 1, in: &machine, at: .start + 90).first)
        #expect(change.direction == .returned)
        #expect(change.observed == Proportion(20, of: 20))
        #expect(change.threshold == 18)
        #expect(change.lasted ?? 0 >= 60_000)
        #expect(!machine.isAway(at: .start + 90))
        // What made it leave does not make it leave again.
        #expect(observe(bad, 19, in: &machine, at: .start + 91).isEmpty)
        #expect(observe(bad, 1, in: &machine, at: .start + 92).count == 1)
    }

    @Test func `seventeen of twenty are not enough`() {
        var machine = left()
        for _ in 0..<50 {
            let switches =
                observe(.success, 5, in: &machine, at: .start + 100) + observe(bad, 1, in: &machine, at: .start + 101)
            #expect(switches.isEmpty)
        }
        #expect(machine.isAway(at: .start + 200))
    }

    @Test func `payers' refusals neither leave nor return`() {
        var machine = Hysteresis()
        #expect(observe(.payerRefusal, 10_000, in: &machine).isEmpty)
        #expect(observe(bad, 19, in: &machine).isEmpty)
        #expect(observe(.payerRefusal, 1, in: &machine).isEmpty)
        var away = left()
        #expect(observe(.payerRefusal, 10_000, in: &away, at: .start + 100).isEmpty)
        #expect(away.isAway(at: .start + 200))
    }

    @Test func `what is not known leaves, and is corrected before it has`() {
        var machine = Hysteresis()
        #expect(observe(.success, 8, in: &machine).isEmpty)
        #expect(observe(.unknown, 11, in: &machine, at: .start + 1).isEmpty)
        for place in 0..<11 as Range<Int64> {
            machine.amend(observedAt: (.start + 1).adding(milliseconds: place), to: .success)
        }
        #expect(observe(.unknown, 11, in: &machine, at: .start + 2).isEmpty)
        #expect(observe(.unknown, 1, in: &machine, at: .start + 3).count == 1)
    }

    @Test func `a late outcome finds what was told some seconds after its step, and nothing else`() {
        for (seconds, isFound) in [(0, true), (5, true), (6, false), (-5, true), (-6, false)] as [(Int64, Bool)] {
            var machine = Hysteresis()
            #expect(observe(bad, 11, in: &machine).isEmpty)
            #expect(observe(.success, 7, in: &machine).isEmpty)
            _ = machine.observe(.unknown, at: .start + 60)
            machine.amend(observedAt: .start + 60 + seconds, to: .success)
            // With the one that is not known it would be the twelfth bad one of twenty.
            #expect(machine.observe(.success, at: .start + 70).map(\.direction) == (isFound ? nil : .left))
        }
    }

    @Test func `what turns out well late brings nothing back`() {
        var machine = left()
        for step in 0..<30 as Range<Int64> {
            _ = observe(.unknown, 1, in: &machine, at: .start + 100 + step)
            machine.amend(observedAt: .start + 100 + step, to: .success)
        }
        #expect(observe(.unknown, 1, in: &machine, at: .start + 200).isEmpty)
        #expect(machine.isAway(at: .start + 300))
    }

    @Test func `people's wish wins, until it ends`() {
        var machine = Hysteresis()
        let wish = HysteresisWish(.forcedIn, until: .start + 3_600, by: "Ama")
        #expect(machine.set(wish, at: .start) == nil)
        #expect(observe(bad, 60, in: &machine, at: .start + 1).isEmpty)
        #expect(!machine.isAway(at: .start + 10))
        #expect(machine.standing(for: "pay_1", key, at: .start + 10) == .present)
        // When it is over the next bad one leaves, by all that was seen.
        #expect(machine.expire(at: .start + 3_600) == nil)
        #expect(observe(bad, 1, in: &machine, at: .start + 3_601).count == 1)
    }

    @Test func `who is forced out is tried by nobody`() throws {
        var machine = Hysteresis()
        let made = machine.set(HysteresisWish(.forcedOut, until: .start + 60, by: "Ama"), at: .start)
        let change = try #require(made)
        #expect(change.direction == .left)
        #expect(change.cause == .wished(by: "Ama", until: .start + 60))
        for number in 0..<2_000 {
            #expect(machine.standing(for: "pay_\(number)", key, at: .start + 59) == .away)
        }
        #expect(machine.standing(for: "pay_1", key, at: .start + 60) == .present)
        let over = machine.expire(at: .start + 60)
        let end = try #require(over)
        #expect(end.direction == .returned)
        #expect(end.cause == .wishEnded)
        #expect(machine.expire(at: .start + 61) == nil)
    }

    @Test func `a wish that changes nothing is no switch`() {
        var machine = left()
        #expect(machine.set(HysteresisWish(.forcedOut, by: "Ama"), at: .start + 1) == nil)
        #expect(machine.set(nil, at: .start + 2) == nil)
        #expect(machine.set(HysteresisWish(.forcedIn, by: "Ama"), at: .start + 3)?.direction == .returned)
        #expect(machine.set(nil, at: .start + 4)?.direction == .left)
    }

    @Test func `five of a hundred try it while it is away, the same ones always`() {
        let machine = left()
        let other = SignalKey("beta", "tmoney", .collect)
        var (tried, both) = (0, 0)
        for number in 0..<100_000 {
            let standing = machine.standing(for: "pay_\(number)", key, at: .start + 10)
            if number % 100 == 0 { #expect(machine.standing(for: "pay_\(number)", key, at: .start + 99) == standing) }
            guard standing == .canary else { continue }
            tried += 1
            if machine.standing(for: "pay_\(number)", other, at: .start + 10) == .canary { both += 1 }
        }
        #expect((4_700...5_300).contains(tried))
        // Two providers that are away are tried by different payments.
        #expect((180...320).contains(both))
    }

    @Test func `more of them try it with every two good ones in a row`() {
        var machine = left()
        var shares: [Int64] = []
        for step in 0..<10 as Range<Int64> {
            shares.append(machine.canaryShare.millionths / 10_000)
            _ = machine.observe(.success, at: .start + 1 + step)
        }
        #expect(shares == [5, 5, 10, 10, 20, 20, 40, 40, 50, 50])
        _ = machine.observe(.unknown, at: .start + 20)
        #expect(machine.canaryShare == Share(percent: 5))
    }

    @Test func `settings that could not work are bent`() {
        var settings = HysteresisSettings()
        (settings.window, settings.failuresToLeave, settings.minimumSamples) = (500, 0, 0)
        (settings.returnWindow, settings.successesToReturn, settings.canary) = (0, 99, .none)
        let bent = Hysteresis(settings).settings
        #expect(bent.window == 64)
        #expect(bent.failuresToLeave == 32)
        #expect(bent.minimumSamples == 32)
        #expect((bent.returnWindow, bent.successesToReturn) == (1, 1))
        #expect(bent.canary > Share.none)
    }

    @Test func `is stored whole`() throws {
        var machine = Hysteresis()
        _ = observe(.unknown, 5, in: &machine)
        _ = observe(.success, 3, in: &machine)
        _ = machine.set(HysteresisWish(.forcedIn, until: .start + 60, by: "Ama"), at: .start)
        for state in [machine, left(), Hysteresis()] {
            #expect(try Hysteresis(stored: state.encoded, HysteresisSettings()) == state)
        }
        #expect(throws: RecordFault.self) {
            try Hysteresis(stored: Array(#"{"wish":{"by":"x"}}"#.utf8), HysteresisSettings())
        }
    }

    /// An incident: an operator that works, then hardly does, then works again.
    ///
    /// By property over many of them.
    @Test func `an incident is left once and returned from once`() {
        var random = Seeded(41)
        var (leftAll, returnedAll) = (0, 0)
        for _ in 0..<200 {
            var machine = Hysteresis()
            var switches: [HysteresisSwitch] = []
            let healthy = UInt64.random(in: 93...100, using: &random)
            let broken = UInt64.random(in: 0...15, using: &random)
            let length = Int.random(in: 400...3_000, using: &random)
            var now = Moment.start
            for number in 0..<(length + 4_000) {
                now = now.adding(milliseconds: Int64.random(in: 500...20_000, using: &random))
                let isIncident = number >= 500 && number < 500 + length
                guard machine.standing(for: "pay_\(number)", key, at: now) != .away else { continue }
                // A third are payers' refusals, whatever the operator does.
                let outcome: SignalOutcome
                if UInt64.random(in: 0..<3, using: &random) == 0 {
                    outcome = .payerRefusal
                } else if UInt64.random(in: 0..<100, using: &random) < (isIncident ? broken : healthy) {
                    outcome = .success
                } else {
                    outcome = Bool.random(using: &random) ? bad : .unknown
                }
                if let change = machine.observe(outcome, at: now) { switches.append(change) }
            }
            #expect(switches.count <= 2)
            if switches.first?.direction == .left { leftAll += 1 }
            if switches.last?.direction == .returned, !machine.isAway(at: now) { returnedAll += 1 }
        }
        #expect(leftAll == 200)
        #expect(returnedAll >= 195)
    }
}

@Suite struct HysteresisBookTests {
    private let key = SignalKey("alpha", "tmoney", .collect)

    private func signal(_ outcome: SignalOutcome) -> RouteSignal {
        RouteSignal(key, .attempt(SignalChange(outcome)))
    }

    @Test func `tells whose switch it was, and stores it`() {
        var book = HysteresisBook()
        let switches = (0..<20).compactMap { book.record(signal(.failure(.operator)), at: .start + Int64($0)) }
        #expect(switches.map(\.key) == [key])
        #expect(book.standing(key, for: "pay_1", at: .start + 30) != .present)
        #expect(book.standing(SignalKey("beta", "tmoney", .collect), for: "pay_1", at: .start + 30) == .present)
        let records = book.takeDirty()
        #expect(records.count == 1)
        #expect(book.takeDirty().isEmpty)
        var restored = HysteresisBook()
        #expect(restored.restore(records).isEmpty)
        #expect(restored[key] == book[key])
        #expect(restored.restore([.init(key: key, bytes: [0])]).count == 1)
    }

    @Test func `checks and late outcomes make no switch`() {
        var book = HysteresisBook()
        for step in 0..<40 as Range<Int64> {
            #expect(book.record(RouteSignal(key, .check(isAnswered: false)), at: .start + step) == nil)
        }
        #expect(book.takeDirty().isEmpty)
    }

    @Test func `what is forgotten is used again, unless people wish otherwise`() {
        var book = HysteresisBook()
        for step in 0..<20 as Range<Int64> { _ = book.record(signal(.unknown), at: .start + step) }
        let switches = book.reset(where: { $0 == key }, at: .start + 30)
        #expect(switches.map(\.change.direction) == [.returned])
        #expect(switches.map(\.change.cause) == [.reset])
        #expect(book.standing(key, for: "pay_1", at: .start + 30) == .present)
        _ = book.set(HysteresisWish(.forcedOut, by: "Ama"), of: key, at: .start + 40)
        #expect(book.reset(where: { _ in true }, at: .start + 50).isEmpty)
        #expect(book.standing(key, for: "pay_1", at: .start + 50) == .away)
    }

    @Test func `notices wishes that are over`() {
        var book = HysteresisBook()
        let wish = HysteresisWish(.forcedOut, until: .start + 60, by: "Ama")
        #expect(book.set(wish, of: key, at: .start)?.change.direction == .left)
        #expect(book.expire(at: .start + 59).isEmpty)
        #expect(book.expire(at: .start + 60).map(\.change.direction) == [.returned])
        #expect(book.expire(at: .start + 61).isEmpty)
    }
}
