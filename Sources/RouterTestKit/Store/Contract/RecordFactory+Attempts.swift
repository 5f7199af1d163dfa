import Router
import WebText

extension RecordFactory {
    func attempt(
        of order: Order, state: AttemptState? = nil, provider: ProviderID? = nil, scope: String = "main",
        reference: String? = nil, ordinal: Int = 1, id: AttemptID? = nil
    ) -> Attempt {
        let state = state ?? pick(AttemptState.allCases)
        let attempt = Attempt(
            id: id ?? self.id(), of: order, ordinal: ordinal,
            provider: provider ?? self.provider(), channel: channel(), scope: scope,
            reference: reference ?? Hex.text(bytes(16...16)), createdAt: moment(),
            epoch: Int64(number(1...9)), state: state,
            history: several(0...5) { AttemptStep(state: pick(AttemptState.allCases), at: moment(), cause: text()) })
        return filled(attempt)
    }

    /// The same attempt in another state, with everything that may change changed at random.
    func changed(_ old: Attempt, of order: Order, state: AttemptState) -> Attempt {
        filled(
            Attempt(
                id: old.id, of: order, ordinal: old.ordinal, provider: old.provider, channel: old.channel,
                scope: old.scope, reference: old.reference, createdAt: old.createdAt,
                epoch: old.epoch + 1, state: state,
                history: old.history + [AttemptStep(state: state, at: moment(), cause: text())]))
    }

    private func filled(_ blank: Attempt) -> Attempt {
        var attempt = blank
        attempt.operatorReference = sometimes(text())
        attempt.request = sometimes(
            WireRequest(
                pick([.get, .post, .put, .delete]), text(), headers: several(0...3) { header() }, body: body()))
        attempt.transmissions = several(0...3) { transmission() }
        attempt.actions = several(0...3) { action() }
        attempt.sessionExpiresAt = sometimes(moment())
        attempt.heldRefusal = sometimes(HeldRefusal(refusal: refusal(), since: moment()))
        attempt.refusal = sometimes(refusal())
        attempt.absence = sometimes(AbsenceRecord(count: number(1...9), first: moment(), last: moment()))
        attempt.isConfirmation = flip()
        attempt.checks = number(0...99)
        attempt.withdrawals = number(0...9)
        attempt.wasLeft = flip()
        attempt.hasArrived = flip()
        attempt.openSince = sometimes(moment())
        attempt.quarantineEnd = sometimes(moment())
        attempt.goods = sometimes(Secret(text()))
        attempt.goodsAwaitedUntil = sometimes(moment())
        return attempt
    }

    private func transmission() -> Transmission {
        var transmission = Transmission(
            ordinal: number(1...3), sendNotAfter: moment(), timeoutMilliseconds: Int64(number(1...60_000)),
            startedAt: moment())
        transmission.endedAt = sometimes(moment())
        transmission.gateOpened = sometimes(flip())
        transmission.curlCode = sometimes(Int32(number(0...99)))
        transmission.httpStatus = sometimes(number(100...599))
        return transmission
    }

    func evidence(about attempt: AttemptID) -> Evidence {
        Evidence(
            attempt: attempt, source: pick(Evidence.Source.allCases), strength: pick(Evidence.Strength.allCases),
            claim: pick(["executed", "refused", "absent"]), detail: text(),
            stated: sometimes(money()), operatorReference: sometimes(text()),
            httpStatus: sometimes(number(100...599)), raw: body(), at: moment())
    }

    func discrepancy(about attempt: Attempt, of order: OrderID) -> Discrepancy {
        Discrepancy(
            attempt: attempt.id, order: order, kind: pick(DiscrepancyKind.allCases),
            claimed: sometimes(money()),
            recordedState: pick(AttemptState.allCases), at: moment())
    }
}
