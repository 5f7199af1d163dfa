import RouterTestKit
import Testing

@testable import Router

/// A wish to ask an operator is followed once in each step of its ladder, however many wish it.
@Suite("Wishes to ask an operator") struct WishPaceTests {
    private static let ladder = CheckLadder(
        stepsMilliseconds: [5_000, 10_000, 30_000], thenEveryMilliseconds: 3_600_000)

    @Test
    func `steps are those of the ladder, to the end of time`() {
        let cases: [(Int64, Int, Int64)] = [
            (-5, 0, 5_000), (0, 0, 5_000), (4_999, 0, 5_000), (5_000, 1, 15_000), (44_999, 2, 45_000),
            (45_000, 3, 3_645_000), (3_644_999, 3, 3_645_000), (3_645_000, 4, 7_245_000),
        ]
        for (elapsed, number, end) in cases {
            let step = Self.ladder.step(at: elapsed)
            #expect(step.number == number && step.end == end, "\(elapsed)")
        }
        #expect(Self.ladder.step(at: .max).end == .max)
        #expect(CheckLadder(stepsMilliseconds: [], thenEveryMilliseconds: 0).step(at: 7).end == 8)
        #expect(CheckLadder(stepsMilliseconds: [.max, .max], thenEveryMilliseconds: .max).step(at: 9).number == 0)
    }

    @Test(arguments: 1...20)
    func `any number of wishes at any moments: at most one in each step`(_ seed: UInt64) {
        let (pace, random) = (WishPace(), SeededRandom(seed))
        let attempt = AttemptID(at: .start, from: random)
        var (now, followed) = (Int64(0), [Int]())
        for _ in 0..<3_000 {
            now += Int64(random.next() % 20_000)
            let moment = Moment.start.adding(milliseconds: now)
            let next = pace.reserve(attempt, began: .start, ladder: Self.ladder, at: moment)
            let step = Self.ladder.step(at: now)
            if next == nil { followed.append(step.number) }
            if let next { #expect(next == Moment.start.adding(milliseconds: step.end)) }
        }
        #expect(followed == Array(Set(followed)).sorted(), "each step once, and in order")
        #expect(followed.count > 5)
    }

    @Test
    func `for a shop no step counts for longer than a minute`() {
        let (pace, attempt) = (WishPace(), AttemptID(at: .start, from: SeededRandom(1)))
        func isFollowed(_ seconds: Int64, _ longest: Int64?) -> Bool {
            let moment = Moment.start.adding(seconds: seconds)
            return pace.reserve(attempt, began: .start, ladder: Self.ladder, longest: longest, at: moment) == nil
        }
        #expect(isFollowed(100, 60_000) && !isFollowed(159, 60_000) && !isFollowed(160, nil))
        #expect(isFollowed(160, 60_000) && !isFollowed(219, 60_000) && isFollowed(3_645, nil))
    }

    @Test
    func `a hundred wishes at once, again and again, are one question in each step`() throws {
        let contract = Sample.contract(checksPerSecond: 1_000, ladder: Self.ladder)
        try Rig.run({ $0.add("alpha", contract) }) { rig in
            rig.operators.script("alpha", .accept)
            let aggregate = try await rig.create()
            for _ in 0..<40 {
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<100 {
                        group.addTask(executorPreference: rig.stage) {
                            switch await rig.engine.checkNow(aggregate, for: .link) {
                            case .checked, .known: break
                            case .tooOften, .unavailable: Issue.record("refused")
                            }
                        }
                    }
                }
                await rig.stage.sleep(milliseconds: 100)
            }
            #expect(rig.operators.questions.count == 1, "four seconds, the first step")
            let (known, next) = try #require(await rig.engine.checkNow(aggregate, for: .link).known, "asked once more")
            #expect(known.order.id == aggregate.order.id && next > rig.stage.now && next <= .start + 6)
            // The timers ask as ever; a wish of the next step adds one.
            await rig.stage.sleep(seconds: 8)
            let timed = rig.operators.questions.count
            for _ in 0..<100 { _ = await rig.engine.checkNow(aggregate, for: .link) }
            #expect(rig.operators.questions.count == timed + 1)
        }
    }

    @Test
    func `what came meanwhile is told, although nobody asks again`() throws {
        let contract = Sample.contract(checksPerSecond: 1_000, ladder: Self.ladder)
        try Rig.run({ $0.add("alpha", contract) }) { rig in
            rig.operators.script("alpha", .accept)
            let aggregate = try await rig.create()
            _ = await rig.engine.checkNow(aggregate)
            rig.operators.decide(try #require(rig.operators.references.first), .executed)
            try #require(await rig.engine.checkNow(aggregate).known != nil, "asked twice in one step")
            await rig.wait(upTo: 60) { rig.order?.status == .succeeded }
        }
    }
}
