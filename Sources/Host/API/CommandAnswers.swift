import Router

/// The answers to commands that carry an idempotency key.
struct CommandAnswers: Sendable {
    let view: OrderView
    var places = RefusalPlaces.payment

    /// Answers with the order itself.
    func respond(
        _ result: Engine.CommandResult, to request: APIRequest, location: Bool
    ) throws(Problem) -> APIResponse {
        let (aggregate, idempotencyRecord, status) = try outcome(result)
        let shown = location || status == 202 || idempotencyRecord != nil ? status : 200
        return answer(aggregate, idempotencyRecord, to: request, status: shown, location: location)
    }

    /// The order a command led to, its key's record if it is a replay, and the status.
    func outcome(_ result: Engine.CommandResult) throws(Problem) -> (OrderAggregate, IdempotencyRecord?, Int) {
        switch result {
        case .done(let aggregate, let status): return (aggregate, nil, status)
        case .replayed(let aggregate, let idempotencyRecord) where idempotencyRecord.status == Engine.wrongCodeStatus:
            throw Self.wrongCode(aggregate)
        case .replayed(let aggregate, let idempotencyRecord):
            return (aggregate, idempotencyRecord, idempotencyRecord.status)
        case .keyReused(let idempotencyRecord): throw Self.reused(idempotencyRecord)
        case .noRoute(let decision) where decision.cannotHold:
            throw Problem(
                .notSupported, "no provider of this payment can hold money: " + decision.summary,
                errors: [
                    JSONIssue(
                        pointer: "/capture", code: "not_supported", detail: "leave it out, or choose another channel")
                ], extra: [("candidates", decision.json["candidates"] ?? .null)])
        case .noRoute(let decision) where decision.descriptionRoom != nil:
            throw Self.tooLong(decision.descriptionRoom ?? 0, decision.summary, decision)
        case .noRoute(let decision): throw noProvider(decision)
        case .noProviderNow(let decision):
            throw Problem(
                .noProviderAvailable, "no eligible provider is available at the moment: " + Self.obstacles(decision),
                extra: [("candidates", decision.json["candidates"] ?? .null)])
        case .unavailable: throw Problem(.unavailable, "the router cannot accept this now; nothing was stored")
        case .unknown:
            throw Problem(
                .unavailable,
                "whether this was stored is not known; send the same request again, with the same key, to find out",
                outcome: .unknown)
        case .notPossible(let aggregate):
            throw Problem(
                .paymentNotConfirmable,
                "the payment is \(aggregate.order.status.rawValue) and does not wait for a code",
                payment: aggregate.order.id)
        case .codeUnchecked(let aggregate):
            throw Problem(
                .unavailable,
                "the code could not be passed to the operator at the moment; no try was used up, send it again",
                payment: aggregate.order.id)
        case .unusableInput(let why): throw Problem(.invalidConfirmation, why)
        case .wrongCode(let aggregate): throw Self.wrongCode(aggregate)
        case .notAccepted(let aggregate, let refusal): throw Self.problem(aggregate, refusal)
        case .possibleDuplicate(let holder, let isRepeatable):
            throw DuplicateAnswers.duplicate(of: holder, isRepeatable: isRepeatable, page: view.openPage(holder))
        case .wrongRepeat(let holder): throw DuplicateAnswers.wrongRepeat(holder: holder)
        case .tooManyAlike: throw DuplicateAnswers.tooMany
        case .refused(let payment, let refusal): throw Self.problem(payment, refusal)
        case .walletRefused(let refusal): throw LedgerAnswers.problem(refusal, places)
        case .ledgerRefused(let refusal): throw LedgerAnswers.problem(refusal, places)
        case .challengeRefused(let refusal): throw ChallengeAnswers.problem(refusal, .payment)
        case .billRefused(let refusal): throw BillAnswers.problem(refusal, nil)
        case .recipientUnknown:
            throw Problem(
                .unknownRecipient, "the operator of the channel knows no such recipient; nothing was taken",
                errors: [
                    JSONIssue(
                        pointer: places.pointer(.partyPhone), code: "unknown_recipient",
                        detail: "expected the number of somebody who can receive money on this channel")
                ])
        case .recipientUnverified(let why):
            throw Problem(.recipientUnverified, "the recipient could not be looked up: \(why); nothing was taken")
        }
    }

    func answer(
        _ aggregate: OrderAggregate, _ idempotencyRecord: IdempotencyRecord?, to request: APIRequest, status: Int,
        location: Bool
    ) -> APIResponse {
        var response = APIResponse.json(bytes: view.bytes(aggregate, withGoods: true), status: status)
        if location { response = response.with("location", aggregate.order.path) }
        guard let idempotencyRecord else { return response }
        return response.with("idempotent-replayed", "true")
            .with("idempotency-key", request.header("idempotency-key") ?? "")
            .with("original-request-id", idempotencyRecord.requestID.text)
    }

    static func reused(_ idempotencyRecord: IdempotencyRecord) -> Problem {
        Problem(.idempotencyKeyReused, "the key was first used for another request", payment: idempotencyRecord.order)
    }

    /// Says first what is missing, if that is all.
    private func noProvider(_ decision: RouteDecision) -> Problem {
        let missing = decision.missingMembers
        let names = missing.map(places.name).joined(separator: " and ")
        let first = names + (missing.count == 1 ? " is missing: " : " are missing: ")
        return Problem(
            .noEligibleProvider, (missing.isEmpty ? "" : first) + decision.summary, errors: missing.map(issue),
            extra: [("candidates", decision.json["candidates"] ?? .null)])
    }

    private func issue(_ missing: RouteNeed) -> JSONIssue {
        let detail =
            switch missing {
            case .customerPhone, .partyPhone: "the channel needs the phone number, such as +22890112233"
            case .sourceWallet: "the channel needs the payer's wallet: wal_..."
            case .partyWallet: "the channel needs the payee's wallet: wal_..."
            case .partyBillAccount: "the channel is a biller's and needs the customer's number there"
            case .sourceToken: "the channel needs a token that the payer's browser got from the operator"
            }
        return JSONIssue(pointer: places.pointer(missing), code: "missing_member", detail: detail)
    }

    /// The text is longer than anybody takes who could take the rest.
    private static func tooLong(
        _ room: Int, _ why: String, _ decision: RouteDecision? = nil, at pointer: String = "/description",
        payment: OrderID? = nil
    ) -> Problem {
        Problem(
            .invalidRequest, "\(pointer.dropFirst()) is too long here, and is never cut: \(why)",
            errors: [
                JSONIssue(pointer: pointer, code: "too_long", detail: "must have at most \(room) characters here")
            ], payment: payment,
            extra: [("limit", JSONValue(Int64(room)))]
                + (decision.map { [("candidates", $0.json["candidates"] ?? .null)] } ?? []))
    }

    /// What keeps the providers that could take it from taking it now.
    private static func obstacles(_ decision: RouteDecision) -> String {
        decision.verdicts.filter { $0.objections.isEmpty }.map { verdict in
            let why = verdict.obstacles
            return "\(verdict.provider): \(why.isEmpty ? "it is busy" : why.text())"
        }.joined(separator: "; ")
    }

    private static func wrongCode(_ aggregate: OrderAggregate) -> Problem {
        let left = aggregate.order.status.isFinal ? 0 : aggregate.codeTriesLeft
        return Problem(
            .wrongCode, "the operator knows no payment with this code; codes that may still be typed: \(left)",
            payment: aggregate.order.id, extra: [("tries_left", JSONValue(Int64(left)))])
    }

    private static func problem(_ payment: OrderAggregate, _ refusal: AcceptanceRefusal) -> Problem {
        let order = payment.order
        switch refusal {
        case .otherAmount:
            let asked = order.request.amount
            return Problem(
                .acceptanceMismatch, "the payer was asked for \(asked), not for the amount given; nothing was accepted",
                payment: order.id,
                extra: [
                    ("amount", JSONValue(asked.minorUnits)), ("currency", .string(asked.currency.code)),
                ])
        case .notYet:
            return Problem(
                .acceptanceRequired,
                "it was begun with a publishable key: accept it first, or send \"amount\" and \"currency\" along with the "
                    + "code", payment: order.id)
        case .tooLate:
            return Problem(
                .paymentStateConflict, "the payment could be accepted until \(order.acceptableUntil)", payment: order.id
            )
        case .over:
            return Problem(
                .paymentStateConflict, "the payment is \(order.status.rawValue) and cannot be accepted any more",
                payment: order.id)
        }
    }

    static func problem(_ payment: OrderAggregate, _ refusal: FollowUpRefusal) -> Problem {
        let order = payment.order
        switch refusal {
        case .wrongState:
            return Problem(
                .paymentStateConflict, "the payment is \(order.status.rawValue), which does not allow this",
                payment: order.id)
        case .notAccepted: return Self.problem(payment, AcceptanceRefusal.notYet)
        case .decidedAlready:
            let what = order.decision.map { "a \($0.kind.rawValue) of it is \($0.status.rawValue)" } ?? "it is decided"
            return Problem(.paymentStateConflict, what, payment: order.id)
        case .exceeds(let left):
            return Problem(
                .amountTooLarge, "at most \(left) is left", payment: order.id,
                extra: [("available", JSONValue(left.minorUnits))])
        case .notSupported(let why): return Problem(.notSupported, why, payment: order.id)
        case .notNow(let why): return Problem(.noProviderAvailable, why, payment: order.id)
        case .descriptionTooLong(let room):
            return tooLong(
                room, "the operator takes a text of at most \(room) characters", at: "/reason", payment: order.id)
        case .providerMissing(let provider):
            return Problem(
                .noProviderAvailable,
                "the money is at \(provider), which is not configured now; nothing was stored. Name it in providers.json "
                    + "again, with \"retired\": true if it shall take nothing new", payment: order.id)
        case .tooLate:
            return Problem(.paymentStateConflict, "the operator allows no refund any more", payment: order.id)
        case .belongsToTransfer(let transfer):
            return Problem(
                .paymentStateConflict, "the payment is a part of \(transfer), which alone decides about its money",
                payment: order.id)
        case .belongsToHolder(let wallet):
            return Problem(
                .holderRequired,
                "the money is in \(wallet), which belongs to a holder: an app's key takes nothing out of it",
                payment: order.id)
        case .ledger(let refusal): return LedgerAnswers.problem(refusal, payment: order.id)
        }
    }
}

extension Order {
    /// Where callers read it.
    var path: String {
        guard let path = kind.facts.path else { return "/v1/payments/\(parent ?? id)" }
        return "\(path)/\(id)"
    }
}
