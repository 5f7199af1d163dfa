import Router
import RouterTestKit
import Testing

@testable import Host

/// Where money is said to be: what is not known is never told as if it were.
@Suite struct MoneyWhereaboutsTests {
    /// Every public state with every certainty and review, and every state of an attempt beside it, whether they fit or not.
    @Test(arguments: OrderKind.allCases)
    func `nothing is called unmoved or unsent while that is not known`(_ kind: OrderKind) {
        let reviews = [nil] + Review.Reason.allCases.map(Optional.some)
        let states = [nil] + AttemptState.allCases.map(Optional.some)
        for status in OrderStatus.allCases {
            for certainty in Certainty.allCases {
                for review in reviews {
                    for state in states {
                        check(
                            TrailSamples.aggregate(kind, status, certainty, review: review, attempt: state),
                            "\(kind) \(status) \(certainty) \(String(describing: review)) \(String(describing: state))")
                    }
                }
            }
        }
    }

    private func check(_ aggregate: OrderAggregate, _ what: String) {
        let whereabouts = MoneyWhereabouts(of: aggregate)
        let order = aggregate.order
        let mayHaveLeft =
            order.kind != .transfer
            && aggregate.attempts.contains { [.sending, .pending, .unknown, .conflict].contains($0.state) }
        let isKnown = order.certainty == .confirmed && order.review == nil && !mayHaveLeft
        let isHeld = order.purpose == .authorize
        if !isKnown, !isHeld {
            #expect(!whereabouts.place.isCertainlyUnmoved, "\(what): \(whereabouts.text)")
            #expect(whereabouts.place != .untouched, "\(what): \(whereabouts.text)")
        }
        if case .moved = whereabouts.place { #expect(order.certainty == .confirmed, "\(what): \(whereabouts.text)") }
        #expect(!whereabouts.text.lowercased().contains("fail"), "\(what): \(whereabouts.text)")
        for language in ConsoleTexts.languages {
            let text = whereabouts.text(.of(language))
            #expect(!text.contains(/money\.[a-z]|[{}]/), "\(what): a word is missing in \(text)")
        }
        if let review = order.review {
            #expect(whereabouts.next.contains { if case .people(review.reason, _, _) = $0 { true } else { false } })
        }
    }

    @Test(arguments: [
        (OrderStatus.processing, AttemptState?.none, "Nothing was sent to an operator: the payer has the money."),
        (.processing, .prepared, "Nothing was sent to an operator: the payer has the money."),
        (.processing, .pending, "tmoney-tg has the request, and has not said that money moved."),
        (.failed, .rejected, "No money moved: the payer has it."),
        (.cancelled, .withdrawn, "No money moved: the payer has it."),
        (
            .succeeded, .succeeded,
            "5000 XOF of the payer's money was collected by tmoney-tg, and is booked on "
                + "app:app_01JD3K0000AAAAAAAAAAAAAAAA."
        ),
    ])
    func `a payment that is known is told in a sentence`(
        _ status: OrderStatus, _ state: AttemptState?, _ sentence: String
    ) {
        #expect(MoneyWhereabouts(of: TrailSamples.aggregate(.payment, status, attempt: state)).text == sentence)
    }

    @Test(arguments: [
        (
            AttemptState.sending,
            "The request is on its way to tmoney-tg: nobody can say yet whether money moved."
        ), (.unknown, "Nobody can say yet whether tmoney-tg moved the money."),
    ])
    func `what is not known is told as such, with what comes next`(_ state: AttemptState, _ sentence: String) {
        let later = TrailSamples.now.adding(seconds: 60)
        let aggregate = TrailSamples.aggregate(.payment, .processing, .unknown, attempt: state) {
            $0.due = TimerEntry(at: later, queue: .provider("tmoney-tg"))
        }
        #expect(MoneyWhereabouts(of: aggregate).text == "\(sentence) tmoney-tg is asked again at \(later).")
    }

    @Test(arguments: [
        (OrderKind.payout, "5000 XOF was paid out to the payee by tmoney-tg."),
        (.refund, "5000 XOF went back to the payer by tmoney-tg."),
        (.capture, "5000 XOF that was held was collected by tmoney-tg."),
        (.void, "What was held was released by tmoney-tg: the payer has the money."),
    ])
    func `each kind of order moves money its own way`(_ kind: OrderKind, _ sentence: String) {
        let done = TrailSamples.aggregate(kind, .succeeded, attempt: .succeeded)
        #expect(MoneyWhereabouts(of: done).text == sentence)
    }

    @Test func `what an operator executed after the end is not hidden behind it`() {
        let aggregate = TrailSamples.aggregate(.payment, .failed, attempt: .rejected) { order in
            order.disputes = [
                Dispute(
                    attempt: AttemptID(at: TrailSamples.now, from: SeededRandom(3)), kind: .lateSuccess,
                    recordedState: .rejected, executed: Money(5_000, .xof), state: .confirmed,
                    account: "discrepancy:late", at: TrailSamples.now)
            ]
        }
        #expect(
            MoneyWhereabouts(of: aggregate).text == "It ended without success, and 5000 XOF moved all the same.")
        let disputed = TrailSamples.aggregate(.payment, .failed, .disputed, review: .discrepancy, attempt: .rejected)
        #expect(
            MoneyWhereabouts(of: disputed).text.hasPrefix("What is recorded and what is told contradict each other"))
    }

    @Test func `a refusal that may turn is no refusal yet`() {
        let order = TrailSamples.aggregate().order
        var attempt = TrailSamples.attempt(of: order, .pending)
        attempt.heldRefusal = HeldRefusal(refusal: Refusal(.declined), since: TrailSamples.now)
        let aggregate = OrderAggregate(stored: order, attempts: [attempt])
        #expect(MoneyWhereabouts(of: aggregate).place == .refusedSoFar("tmoney-tg"))
    }

    @Test func `held money is held, collected or released, or nobody knows`() {
        func place(_ followUps: [FollowUp], _ certainty: Certainty = .confirmed) -> MoneyPlace {
            MoneyWhereabouts(
                of: TrailSamples.aggregate(.payment, .authorized, certainty, attempt: .succeeded) {
                    $0.followUps = followUps
                }
            ).place
        }
        #expect(place([]) == .held("tmoney-tg", until: nil))
        #expect(place([TrailSamples.followUp(.capture, .succeeded)]) == .moved("tmoney-tg", Money(5_000, .xof)))
        #expect(place([TrailSamples.followUp(.void, .succeeded)]) == .released)
        #expect(place([TrailSamples.followUp(.capture, .processing, .unknown)], .unknown) == .heldOrDecided(.capture))
    }

    @Test func `refunds are told beside the collection`() {
        let aggregate = TrailSamples.aggregate(.payment, .succeeded, attempt: .succeeded) { order in
            order.followUps = [TrailSamples.followUp(.refund, .succeeded)]
        }
        #expect(MoneyWhereabouts(of: aggregate).text.hasSuffix("5000 XOF was given back."))
        let open = TrailSamples.aggregate(.payment, .succeeded, attempt: .succeeded) { order in
            order.followUps = [TrailSamples.followUp(.refund, .processing, .unknown)]
        }
        #expect(MoneyWhereabouts(of: open).text.hasSuffix("A refund of 5000 XOF is under way."))
    }
}
