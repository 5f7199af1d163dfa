import Router
import RouterTestKit
import Testing

/// What may be given back: arithmetic that respects currencies and never wraps.
@Suite struct OrderMoneyTests {
    private func paid(_ notices: [Money?], kind: OperatorNotice.Kind = .refundedElsewhere) -> Order {
        var scenario = AggregateScenario(.succeeded)
        for (number, amount) in notices.enumerated() {
            scenario.aggregate.record(
                Notice(kind: kind, operatorReference: "n-\(number)", amount: amount, reason: nil, at: .start))
        }
        scenario.commit()
        return scenario.order
    }

    @Test(
        arguments: [
            ([], 5_000), ([Money(1_000, .xof)], 4_000), ([Money(1_000, .xof), Money(4_000, .xof)], 0),
            ([Money(6_000, .xof)], 0), ([nil], 5_000),
        ] as [([Money?], Int64)])
    func `notices in the payments currency are taken off`(_ notices: [Money?], _ left: Int64) {
        #expect(paid(notices).refundable == Money(left, .xof))
    }

    /// 100 dollars are not 100 francs: what cannot be counted holds everything, until a person looks.
    @Test(arguments: [Money(100, .usd), Money(1, .tnd), Money(5_000, .usd), Money(Int64.max, .usd)])
    func `notices in another currency hold everything`(_ amount: Money) {
        #expect(paid([amount]).refundable.minorUnits == 0)
        #expect(paid([Money(1, .xof), amount]).refundable.minorUnits == 0)
    }

    @Test func `sums beyond64 bits hold everything`() {
        #expect(paid([Money(.max, .xof), Money(.max, .xof)]).refundable.minorUnits == 0)
    }

    @Test(arguments: [OperatorNotice.Kind.disputeOpened, .disputeUpdated, .disputeWon])
    func `notices that take nothing are not counted`(_ kind: OperatorNotice.Kind) {
        #expect(paid([Money(100, .usd), Money(900, .xof)], kind: kind).refundable == Money(5_000, .xof))
    }

    @Test func `refunds of a late success have a cap of their own`() {
        var scenario = AggregateScenario(.rejected)
        scenario.aggregate.close(.failed, nil)
        scenario.commit()
        scenario.observe(.paid, source: .callback)
        scenario.commit()
        let refund = FollowUp(
            id: OrderID(.refund, at: .start, from: SeededRandom(3)), amount: Money(2_000, .xof),
            isOfLateExecution: true)
        scenario.aggregate.attach(refund)
        #expect(scenario.order.refundable == Money(3_000, .xof))
        #expect(scenario.order.lateRefundable == Money(3_000, .xof))
        #expect(scenario.order.collectionRefundable.minorUnits == 0)
        let manifest = Sample.manifest()
        #expect(
            scenario.aggregate.admit(.refund, amount: Money(3_001, .xof), manifest: manifest, at: .start)
                == .failure(.exceeds(Money(3_000, .xof))))
        #expect(
            scenario.aggregate.admit(.refund, amount: nil, manifest: manifest, at: .start)
                == .success(Money(3_000, .xof)))
        #expect(
            scenario.aggregate.admit(.refund, amount: Money(3_000, .usd), manifest: manifest, at: .start)
                == .failure(.exceeds(Money(3_000, .xof))))
    }

    @Test func `a refund that fails after it succeeded is heard by its payment`() {
        var scenario = AggregateScenario(.succeeded)
        let id = OrderID(.refund, at: .start, from: SeededRandom(3))
        let amount = Money(2_000, .xof)
        scenario.aggregate.attach(FollowUp(id: id, amount: amount))
        scenario.aggregate.attach(FollowUp(id: id, amount: amount, status: .succeeded))
        scenario.commit()
        scenario.aggregate.attach(
            FollowUp(id: id, amount: amount, status: .succeeded, certainty: .disputed, taken: amount))
        let told = scenario.commit()
        #expect(told.events.map(\.type) == ["payment.discrepancy"])
        #expect(scenario.order.refunded == amount, "what succeeded counts until people say otherwise")
        // People found that nothing was given back: the amount is free again.
        let none = Money(0, .xof)
        scenario.aggregate.attach(FollowUp(id: id, amount: amount, status: .succeeded, taken: none, executed: none))
        scenario.commit()
        #expect(scenario.order.refunded == none && scenario.order.refundable == Money(5_000, .xof))
    }
}
