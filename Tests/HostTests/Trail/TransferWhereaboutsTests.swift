import Router
import RouterTestKit
import Testing

@testable import Host

/// Where a transfer's money is said to be: its orders tell.
@Suite struct TransferWhereaboutsTests {
    private static let debited = TrailSamples.followUp(.payment, .succeeded, number: 5)

    private static func legs(_ more: FollowUp...) -> [FollowUp] { [debited] + more }

    @Test(arguments: [
        ([], MoneyPlace.untouched),
        ([TrailSamples.followUp(.payment, .awaitingCustomer)], .between(.debit, isKnown: true)),
        ([TrailSamples.followUp(.payment, .processing, .unknown)], .unknown(nil)),
        ([TrailSamples.followUp(.payment, .failed)], .untouched),
        (legs(), .between(.credit, isKnown: true)),
        (legs(TrailSamples.followUp(.payout, .processing)), .between(.credit, isKnown: true)),
        (legs(TrailSamples.followUp(.payout, .processing, .unknown)), .between(.credit, isKnown: false)),
        (
            legs(TrailSamples.followUp(.payout, .failed), TrailSamples.followUp(.refund, .processing, number: 6)),
            .between(.compensation, isKnown: true)
        ),
        (
            legs(
                TrailSamples.followUp(.payout, .failed),
                TrailSamples.followUp(.refund, .underReview, .unknown, number: 6)
            ), .between(.compensation, isKnown: false)
        ),
    ])
    func `an open transfer's money is where its newest order has it`(_ legs: [FollowUp], _ place: MoneyPlace) {
        let isUnknown = legs.last?.certainty == .unknown
        let aggregate = TrailSamples.aggregate(.transfer, .processing, isUnknown ? .unknown : .confirmed) {
            $0.followUps = legs
        }
        #expect(MoneyWhereabouts(of: aggregate).place == place)
    }

    @Test func `a transfer that has ended says who has the money`() {
        func place(_ status: OrderStatus, _ legs: [FollowUp]) -> MoneyPlace {
            MoneyWhereabouts(of: TrailSamples.aggregate(.transfer, status) { $0.followUps = legs }).place
        }
        #expect(
            place(.succeeded, Self.legs(TrailSamples.followUp(.payout, .succeeded))) == .moved(nil, Money(5_000, .xof)))
        #expect(place(.failed, Self.legs(TrailSamples.followUp(.refund, .succeeded))) == .givenBack)
        #expect(place(.failed, [TrailSamples.followUp(.payment, .failed)]) == .unmoved)
        let parked = TrailSamples.aggregate(.transfer, .underReview, review: .transferParked) {
            $0.followUps = Self.legs(TrailSamples.followUp(.refund, .failed))
        }
        #expect(MoneyWhereabouts(of: parked).place == .parked)
    }
}
