import Router
import RouterTestKit
import Testing

/// What one number and one app may do within a day.
@Suite struct DailyLimitTests {
    private static let day = WalletLimit.windowSeconds

    @Test func `where nothing is limited nothing is written`() throws {
        try Rig.limited({ _ in }) { rig in
            _ = try await rig.done(rig.pay(key: "free"))
            _ = try await rig.done(rig.payOut(key: "free"))
            let snapshot = rig.store.memory.snapshot()
            #expect(snapshot.balances.allSatisfy { $0.account.kind != .limit } && snapshot.holds.isEmpty)
            #expect(rig.store.aggregates.allSatisfy { $0.order.dailyUses.isEmpty })
        }
    }

    @Test func `a number does so much in a day, whichever app it is used by`() throws {
        try Rig.limited({ $0.limit(perNumber: .payment, amount: 3_000, count: 3) }) { rig in
            let other = AppID(at: rig.stage.now, from: SeededRandom(99))
            _ = try await rig.done(rig.pay(2_000, key: "1"))
            #expect(try await rig.pay(1_001, key: "2", app: other).dailyLimit == "number payment amount")
            _ = try await rig.done(rig.pay(900, key: "3", app: other))
            _ = try await rig.done(rig.pay(100, key: "4"))
            #expect(try await rig.pay(100, key: "5").dailyLimit == "number payment amount")
            _ = try await rig.done(rig.pay(1_000, from: "+22890112234", key: "6"))
            _ = try await rig.done(rig.pay(1_000, from: nil, key: "7"))
            #expect(rig.counted == ["number payment amount": 4_000, "number payment count": 4])
        }
    }

    @Test func `an app does so much in a day, with and without numbers`() throws {
        try Rig.limited({ $0.limit(perApp: .payment, count: 2) }) { rig in
            _ = try await rig.done(rig.pay(key: "1"))
            _ = try await rig.done(rig.pay(from: nil, key: "2"))
            let third = try await rig.pay(from: nil, key: "3")
            #expect(third.dailyLimit == "app payment count")
            #expect(
                third.ledgerRefusal?.room
                    == .init(left: 0, nextEnd: rig.store.aggregates.first?.order.createdAt.adding(seconds: Self.day)))
            let other = AppID(at: rig.stage.now, from: SeededRandom(99))
            _ = try await rig.done(rig.pay(key: "4", app: other))
            #expect(rig.store.aggregates.count == 3, "nothing is stored of what is refused")
        }
    }

    /// What an app is told about a number is that the limit is reached, and nothing if the app's own is.
    @Test func `the app's own limit speaks first, and nothing is told of a number's use`() throws {
        try Rig.limited({ setup in
            setup.limit(perNumber: .payment, count: 1)
            setup.limit(perApp: .payment, count: 2)
        }) { rig in
            _ = try await rig.done(rig.pay(key: "1"))
            let ofNumber = try await rig.pay(key: "2")
            #expect(ofNumber.dailyLimit == "number payment count" && ofNumber.ledgerRefusal?.room == nil)
            _ = try await rig.done(rig.pay(from: nil, key: "3"))
            #expect(try await rig.pay(key: "4").dailyLimit == "app payment count")
        }
    }

    @Test func `two hundred at once from a number that may ten times are ten`() throws {
        try Rig.limited({ $0.limit(perNumber: .payment, count: 10) }) { rig in
            let accepted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    let command = try rig.payment(key: "at-once-\(number)")
                    group.addTask(executorPreference: rig.stage) { (await rig.engine.create(command)).done != nil }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(accepted == 10 && rig.store.aggregates.count == 10)
            #expect(rig.counted == ["number payment count": 10])
        }
    }

    @Test func `each use counts for a day from its moment`() throws {
        try Rig.limited({ $0.limit(perNumber: .payment, count: 2) }) { rig in
            _ = try await rig.done(rig.pay(key: "1"))
            await rig.stage.sleep(seconds: 3_600)
            _ = try await rig.done(rig.pay(key: "2"))
            await rig.stage.sleep(seconds: Self.day - 3_700)
            #expect(try await rig.pay(key: "3").dailyLimit != nil)
            await rig.stage.sleep(seconds: 100)
            _ = try await rig.done(rig.pay(key: "3"))
            #expect(try await rig.pay(key: "4").dailyLimit != nil)
        }
    }

    @Test func `a repetition of the same call counts once`() throws {
        try Rig.limited({ $0.limit(perNumber: .payment, count: 1) }) { rig in
            let first = try await rig.done(rig.pay(key: "same"))
            for _ in 0..<3 {
                let again = try #require(try await rig.pay(key: "same").replayed).aggregate
                #expect(again.order.id == first.order.id)
            }
            #expect(rig.counted == ["number payment count": 1])
            // What is refused binds no key.
            #expect(try await rig.pay(key: "later").dailyLimit != nil)
            await rig.stage.sleep(seconds: Self.day)
            _ = try await rig.done(rig.pay(key: "later"))
        }
    }

    @Test func `what failed gives its share back at once`() throws {
        try Rig.limited({ setup in
            setup.limit(perNumber: .payment, amount: 1_000)
            setup.limit(perApp: .payout, count: 1)
        }) { rig in
            rig.operators.script("alpha", .refuse(.accountUnavailable), .refuse(.accountUnavailable))
            let failed = [try await rig.done(rig.pay(key: "1")), try await rig.done(rig.payOut(key: "1"))]
            #expect(failed.map(\.order.status) == [.failed, .failed] && rig.counted == [:])
            let paid = [try await rig.done(rig.pay(key: "2")), try await rig.done(rig.payOut(key: "2"))]
            #expect(paid.map(\.order.status) == [.succeeded, .succeeded])
            #expect(try await rig.pay(100, key: "3").dailyLimit == "number payment amount")
            #expect(await rig.payOut(100, key: "3").dailyLimit == "app payout count")
        }
    }

    @Test func `what is cancelled gives its share back, too`() throws {
        try Rig.limited({ $0.limit(perApp: .payment, count: 1) }) { rig in
            var command = try rig.payment(key: "hosted")
            command.request.isHosted = true
            let hosted = try await rig.done(rig.engine.create(command))
            #expect(try await rig.pay(key: "1").dailyLimit != nil)
            _ = try await rig.engine.cancel(hosted.order.id)
            #expect(try await rig.reread(hosted).order.status == .cancelled && rig.counted == [:])
            _ = try await rig.done(rig.pay(key: "1"))
        }
    }

    /// However long nobody knows, what was asked for counts until its day is over.
    @Test(arguments: [true, false])
    func `an unknown end keeps the share`(executes: Bool) throws {
        try Rig.limited({ $0.limit(perNumber: .payment, count: 1) }) { rig in
            rig.operators.script("alpha", .lose(executes: executes))
            rig.operators.hang("/status/")
            let lost = try await rig.done(rig.pay(key: "1"))
            #expect(lost.order.certainty == .unknown)
            await rig.stage.sleep(seconds: Self.day / 2)
            #expect(try await rig.pay(key: "2").dailyLimit != nil)
            rig.operators.hang(nil)
            await rig.wait(upTo: 20_000) { rig.store.aggregate(lost.order.id)?.order.outcome != .open }
            #expect(rig.counted == (executes ? ["number payment count": 1] : [:]))
        }
    }

    @Test func `refunds, captures and releases count nothing`() throws {
        try Rig.limited({ setup in
            for kind in DailyLimits.operations {
                setup.limit(perNumber: kind, count: 2)
                setup.limit(perApp: kind, count: 2)
            }
        }) { rig in
            let paid = try await rig.done(rig.pay(key: "1"))
            for key in ["r1", "r2", "r3"] { _ = try await rig.refund(paid, 100, key: "daily-\(key)") }
            var command = try rig.payment(key: "2")
            command.request.capturesLater = true
            let held = try await rig.done(rig.engine.create(command))
            #expect(held.order.status == .authorized)
            #expect(
                rig.counted == [
                    "number payment count": 2, "app payment count": 2,
                ])
            _ = try await rig.done(rig.engine.follow(rig.followUp(.void, held)))
            #expect(try await rig.reread(held).order.status == .cancelled)
            #expect(
                rig.counted == [
                    "number payment count": 1, "app payment count": 1,
                ], "what was held and released was not paid")
        }
    }
}
