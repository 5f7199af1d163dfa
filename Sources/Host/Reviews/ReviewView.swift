import Router

/// A review as people and apps see it: what it is about, what is at risk, what comes next.
struct ReviewView: Sendable {
    let now: Moment

    /// The facts of an order's open review; `nil` if it has none.
    ///
    /// Phone numbers are masked, secrets are absent.
    func summary(_ order: Order) -> JSONObject? {
        guard let review = order.review else { return nil }
        let currency = order.amount.currency
        let payment = order.parent.flatMap { $0.kind == .payment ? $0 : nil }
        var object = JSONObject([
            .init("object", "review"), .init("order", .string(order.id.text)),
            .init("order_kind", .string(order.kind.rawValue)), .init("payment", JSONValue(payment?.text)),
            .init("reason", .string(review.reason.rawValue)), .init("since", .string(review.since.description)),
            .init("age_seconds", JSONValue(max(0, now.milliseconds(since: review.since) / 1_000))),
            .init("status", .string(order.status.rawValue)), .init("certainty", .string(order.certainty.rawValue)),
            .init("amount", JSONValue(order.amount.minorUnits)), .init("currency", .string(currency.code)),
            .init("money_at_risk", JSONValue(order.moneyAtRisk.minorUnits)),
            .init("provider", JSONValue(order.chosen?.provider.text)),
            .init("reference", JSONValue(order.request.reference)),
            .init("next_check_at", JSONValue(nextCheck(order)?.description)),
            .init("signatures", JSONValue(Int64(review.signatures.count))),
        ])
        if let transfer = order.transfer { object["transfer"] = .string(transfer.text) }
        return object
    }

    private func nextCheck(_ order: Order) -> Moment? {
        guard let due = order.due, case .provider = due.queue else { return nil }
        return due.at
    }

    /// Everything a person needs to ask the operator and to sign what it says.
    func whole(_ aggregate: OrderAggregate, evidence: [Evidence], disputes: [Discrepancy]) -> JSONValue? {
        guard var object = summary(aggregate.order) else { return nil }
        guard let attempt = aggregate.reviewedAttempt else { return ofTransfer(aggregate.order, object) }
        object["attempt"] = [
            "id": .string(attempt.id.text), "provider": .string(attempt.provider.text),
            "channel": .string(attempt.channel.text), "state": .string(attempt.state.rawValue),
            "reference": .string(attempt.reference), "operator_reference": JSONValue(attempt.operatorReference),
            "created_at": .string(attempt.createdAt.description),
            "kind": JSONValue(OperatorScope(attempt.scope)?.kind),
        ]
        if let original = aggregate.order.request.followUp?.original {
            object["original"] = [
                "reference": .string(original.reference), "operator_reference": JSONValue(original.operatorReference),
            ]
        }
        object["question"] = .string(Self.question(aggregate.order, attempt))
        object["next_step"] = .string(nextStep(aggregate.order))
        object["signed"] = .array((aggregate.order.review?.signatures ?? []).map(Self.json))
        object["evidence"] = .array(
            evidence.filter { $0.attempt == attempt.id }.map { item in
                [
                    "at": .string(item.at.description), "source": .string(item.source.rawValue),
                    "strength": .string(item.strength.rawValue), "claim": .string(item.claim),
                    "detail": .string(item.detail),
                    "stated_amount": item.stated.map { JSONValue($0.minorUnits) } ?? .null,
                    "stated_currency": JSONValue(item.stated?.currency.code),
                    "operator_reference": JSONValue(item.operatorReference),
                    "http_status": item.httpStatus.map { JSONValue(Int64($0)) } ?? .null,
                ]
            })
        object["discrepancies"] = .array(
            disputes.map { item in
                [
                    "at": .string(item.at.description), "kind": .string(item.kind.rawValue),
                    "claimed_amount": item.claimed.map { JSONValue($0.minorUnits) } ?? .null,
                    "claimed_currency": JSONValue(item.claimed?.currency.code),
                    "recorded_state": .string(item.recordedState.rawValue),
                ]
            })
        return .object(object)
    }

    static func json(_ signature: Review.Signature) -> JSONValue {
        [
            "person": .string(signature.person), "at": .string(signature.at.description),
            "finding": .string(signature.finding.verdict.name),
            "amount": signature.finding.verdict.amount.map { JSONValue($0.minorUnits) } ?? .null,
            "because": .string(signature.finding.reason), "document": .string(signature.finding.document),
            "operator_reference": JSONValue(signature.finding.operatorReference),
            "evidence_digest": .string(signature.evidenceDigest),
        ]
    }

    /// What to ask the operator, in words that can be sent as they are.
    private static func question(_ order: Order, _ attempt: Attempt) -> String {
        if order.review?.reason == .walletClosed { return arrivedForClosedWallet(order) }
        let what =
            switch order.purpose {
            case .collect: "collect \(attempt.amount) from a payer"
            case .authorize: "hold \(attempt.amount) of a payer"
            case .capture: "capture \(attempt.amount)"
            case .void: "release \(attempt.amount)"
            case .refund: "refund \(attempt.amount)"
            case .payout: "pay \(attempt.amount) to a customer"
            }
        let theirs = attempt.operatorReference.map { " (your transaction \($0))" } ?? ""
        let who = order.customer.phone.map { " (\($0.masked))" } ?? ""
        return
            "On \(attempt.createdAt) or later, did you \(what)\(original(order))\(who) under our reference "
            + "\(attempt.reference)\(theirs)? "
            + "If so: when, which amount, and under which transaction id of yours? If not: can it still happen, and until when?"
    }

    /// The payment that a refund, capture or release is about, by every name the operator has for it.
    private static func original(_ order: Order) -> String {
        guard let original = order.request.followUp?.original, !original.reference.isEmpty else { return "" }
        let theirs = original.operatorReference.map { ", which is your transaction \($0)," } ?? ""
        return " of our payment \(original.reference)\(theirs)"
    }

    private func nextStep(_ order: Order) -> String {
        guard let due = order.due else { return "none: nobody can be asked; only people can end this" }
        switch due.queue {
        case .provider(let id): return "\(id) is asked again at \(due.at)"
        case .engine: return "the router looks again at \(due.at)"
        }
    }
}

extension ReviewView {
    /// A parked transfer: it has no attempts of its own, and nobody is asked anything.
    private func ofTransfer(_ order: Order, _ summary: JSONObject) -> JSONValue? {
        guard let terms = order.request.transfer else { return nil }
        var object = summary
        object["legs"] = .array(
            order.followUps.map { leg in
                [
                    "id": .string(leg.id.text), "role": JSONValue(TransferRole(leg.kind)?.rawValue),
                    "amount": JSONValue(leg.amount.minorUnits), "status": .string(leg.status.rawValue),
                ]
            })
        object["question"] = .string(Self.question(order, terms))
        object["next_step"] = .string(nextStep(order, terms))
        object["signed"] = .array((order.review?.signatures ?? []).map(Self.json))
        object["evidence"] = []
        object["discrepancies"] = []
        return .object(object)
    }

    /// What people have to find out; never that somebody shall be paid who has, or may have, the money already.
    private static func question(_ order: Order, _ terms: TransferTerms) -> String {
        let signing =
            "then sign: executed if the recipient has the money, not-executed if the sender has it back."
        let strayed = order.followUps.filter { $0.kind != .payment && LegStanding($0) == .strayed }
        guard strayed.isEmpty else {
            let moved = strayed.map { leg in
                let who = leg.kind == .payout ? "the recipient" : "the sender"
                return "by \(leg.id), which had failed, \(who) has got \(leg.executed)"
            }
            return "Pay nobody again without looking: \(moved.joined(separator: "; ")). Agree with them on the rest of "
                + "\(terms.credited(order)) for the recipient, or \(terms.debited(order)) for the sender, \(signing)"
        }
        let place = terms.shape == .into ? "are unclaimed, because the recipient's wallet is closed" : "lie in suspense"
        return
            "Nobody's: \(terms.debited(order)) of the sender's \(place). Pay \(terms.credited(order)) to the recipient or "
            + "give \(terms.debited(order)) back to the sender outside the router, \(signing)"
    }

    private func nextStep(_ order: Order, _ terms: TransferTerms) -> String {
        let aggregate = OrderAggregate(stored: order, attempts: [])
        switch aggregate.transferState?.objectionToGivingBack(at: now) {
        case nil: return "none by itself; `payrouter transfers retry \(order.id) --as NAME` has the money given back"
        case .tooEarly(let moment):
            return
                "none by itself; from \(moment) on `payrouter transfers retry \(order.id) --as NAME` may give the money back"
        case .moved, .nothingTaken: return "none: only people can end this"
        }
    }

    /// Money that is there, for a wallet that is not.
    private static func arrivedForClosedWallet(_ order: Order) -> String {
        let remedy =
            order.kind == .refund
            ? "Find out with the wallet's owner where the money belongs"
            : "Have the app refund the payment, or find out "
                + "with the wallet's owner where the money belongs"
        return "Nobody's: \(order.amount) arrived after its wallet was closed, and lies on \(order.unclaimedAccount). "
            + "\(remedy); then sign executed."
    }
}

extension Order {
    /// Where its money lies that arrived for a closed wallet.
    fileprivate var unclaimedAccount: LedgerAccount {
        let wallet = kind == .refund ? request.followUp?.wallet : namedAccount?.wallet
        return wallet.map { .unclaimed($0) } ?? ownAccount
    }

    /// How much may be lost, or owed, as long as nobody knows.
    var moneyAtRisk: Money {
        if let terms = request.transfer { return terms.debited(self) }
        let amount = amount
        guard let dispute = disputes.last(where: { $0.state == .open }), dispute.executed.currency == amount.currency
        else { return amount }
        let recorded = dispute.recordedState == .succeeded ? amount.minorUnits : 0
        return Money(abs(dispute.executed.minorUnits - recorded), amount.currency)
    }
}
