import Router
import Testing

@Suite struct RouteConditionTests {
    private func facts(
        _ amount: Money = Money(5_000, .xof), channels: [PaymentChannel] = [], phone: String? = "+22890112233",
        metadata: [String: String] = [:], now: Moment = .start
    ) throws -> RouteFacts {
        RouteFacts(
            order: Sample.paymentID, app: Sample.app, environment: .sandbox, amount: amount, channels: channels,
            phone: try phone.map { try Sample.phone($0) }, metadata: metadata, now: now)
    }

    private func text(_ condition: RouteCondition, _ facts: RouteFacts) -> String? {
        condition.objection(to: facts)?.description
    }

    @Test(
        arguments: [
            (nil, nil, true), (5_000, 5_000, true), (5_001, nil, false), (nil, 4_999, false), (100, nil, true),
            (nil, 9_000, true),
            (6_000, 7_000, false),
        ] as [(Int64?, Int64?, Bool)])
    func `amount bounds are inclusive`(_ minimum: Int64?, _ maximum: Int64?, _ holds: Bool) throws {
        let objection = RouteCondition.amount(minimum: minimum, maximum: maximum).objection(to: try facts())
        #expect((objection == nil) == holds)
    }

    @Test func `currencies`() throws {
        #expect(RouteCondition.currency(["EUR", "XOF"]).objection(to: try facts()) == nil)
        #expect(
            text(.currency(["EUR", "USD"]), try facts()) == "currency is XOF, not EUR or USD")
    }

    @Test func `channels`() throws {
        let condition = RouteCondition.channel(["tmoney", "flooz"])
        #expect(condition.objection(to: try facts()) == nil, "a payment that allows any channel allows these")
        #expect(condition.objection(to: try facts(channels: ["card", "flooz"])) == nil)
        #expect(text(condition, try facts(channels: ["card"])) == "channel is not tmoney or flooz")
    }

    @Test func `phone countries`() throws {
        let condition = RouteCondition.phoneCountry(["TG", "BJ"])
        #expect(condition.objection(to: try facts()) == nil)
        #expect(text(condition, try facts(phone: "+21620123456")) == "phone is of TN, not TG or BJ")
        #expect(text(condition, try facts(phone: nil)) == "no phone number is given")
    }

    @Test func `phone operators`() throws {
        let condition = RouteCondition.phoneOperator(["togocom"])
        #expect(condition.objection(to: try facts()) == nil)
        #expect(text(condition, try facts(phone: "+22899112233")) == "phone is of moov, not togocom")
        #expect(text(condition, try facts(phone: "+22894112233")) == "the phone's operator is not known")
        #expect(text(condition, try facts(phone: nil)) == "the phone's operator is not known")
    }

    @Test func `apps`() throws {
        #expect(RouteCondition.app([Sample.otherApp, Sample.app]).objection(to: try facts()) == nil)
        #expect(text(.app([Sample.otherApp]), try facts()) == "another app")
    }

    @Test func `metadata`() throws {
        let condition = RouteCondition.metadata(name: "tier", values: ["gold", "silver"])
        #expect(condition.objection(to: try facts(metadata: ["tier": "gold"])) == nil)
        #expect(text(condition, try facts(metadata: ["tier": "Gold"])) == "metadata \"tier\" has another value")
        #expect(text(condition, try facts()) == "metadata has no \"tier\"")
    }

    /// The start is 09:30 UTC: minute 570.
    @Test(arguments: [
        (570, 571, true), (0, 570, false), (571, 1_440, false), (0, 1_440, true), (0, 0, false), (1_200, 571, true),
        (1_200, 570, false), (570, 569, true), (571, 570, false),
    ])
    func `times of day may wrap around midnight`(_ from: Int, _ to: Int, _ holds: Bool) throws {
        let objection = RouteCondition.timeOfDay(from: from, to: to).objection(to: try facts())
        #expect(objection?.description == (holds ? nil : "outside the time of day"))
    }

    @Test func `the day begins at midnight UTC`() throws {
        let night = RouteCondition.timeOfDay(from: 1_380, to: 60)
        for (second, holds) in [
            (0, true), (3_599, true), (3_600, false), (82_799, false), (82_800, true), (86_399, true),
        ] {
            let moment = Moment(milliseconds: 20_000 * 86_400_000 + Int64(second) * 1_000)
            #expect((night.objection(to: try facts(now: moment)) == nil) == holds, "\(second)")
        }
    }
}
