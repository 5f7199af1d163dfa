import Router

/// Looking at reviews and ending them, for the command line; on the control socket only.
struct ReviewsAdmin: Sendable {
    /// Signs; `nil` where no router runs, because a finding walks through the running one.
    typealias Signer = @Sendable (OrderID, Review.Finding, String, [Person]) async -> Engine.SignResult

    let store: any Store
    let tokens: PersonTokens
    let time: any TimeSource
    let signer: Signer?

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/reviews") { request throws(Problem) in
            try await ReviewList(store: store, now: time.now).page(request.query, app: nil, environment: nil)
        }
        routes.open("GET", "/reviews/{id}") { request throws(Problem) in
            .json(try await whole(try await aggregate(request)))
        }
        routes.open("POST", "/reviews/{id}/resolve") { request throws(Problem) in
            try await resolve(request)
        }
    }

    private func aggregate(_ request: APIRequest) async throws(Problem) -> OrderAggregate {
        let text = request.parameters["id"] ?? ""
        var aggregate: OrderAggregate?
        if let id = OrderID(text) {
            do throws(StoreFailure) { aggregate = try await store.orderAggregate(id) } catch {
                throw Problem(.unavailable, "the order cannot be read now: \(error)")
            }
        }
        guard let aggregate else {
            throw Problem(
                .notFound, "there is no order \"\(text)\"; `payrouter reviews list` shows what waits for people")
        }
        return aggregate
    }

    private func whole(_ aggregate: OrderAggregate) async throws(Problem) -> JSONValue {
        do throws(StoreFailure) {
            let evidence = try await store.evidence(aggregate.order.id)
            let disputes = try await store.discrepancies(aggregate.order.id)
            if let value = ReviewView(now: time.now).whole(aggregate, evidence: evidence, disputes: disputes) {
                return value
            }
        } catch { throw Problem(.unavailable, "the review cannot be read now: \(error)") }
        throw Self.noReview(aggregate)
    }

    private static func noReview(_ aggregate: OrderAggregate) -> Problem {
        if let decision = aggregate.order.reviewedDecision {
            return Problem(
                .paymentStateConflict, "what waits for people is its \(decision.kind.rawValue): name \(decision.id)",
                payment: aggregate.order.id)
        }
        return Problem(
            .paymentStateConflict,
            "\(aggregate.order.id) is \(aggregate.order.status.rawValue) and has no open review; there is nothing to end",
            payment: aggregate.order.id)
    }

    private func resolve(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let aggregate = try await aggregate(request)
        let input = try JSONBody.decode(FindingInput.self, try JSONBody.object(request))
        let finding = try input.finding(asked: aggregate.reviewedAttempt?.amount ?? aggregate.order.amount)
        let people: [Person]
        do throws(StoreFailure) { people = try await store.people() } catch {
            throw Problem(.unavailable, "people cannot be looked up now: \(error)")
        }
        guard let person = people.first(where: { $0.name == input.person }), person.revokedAt == nil,
            tokens.belongs(input.token, to: person)
        else {
            throw Problem(
                .forbidden,
                "\"\(input.person)\" with this token is nobody who may sign; `payrouter people list` shows who may")
        }
        guard let signer else {
            throw Problem(
                .unavailable, "no router runs on this data folder; start it, because a finding walks through it")
        }
        let signed = try Self.outcome(await signer(aggregate.order.id, finding, person.name, people), finding)
        return .json([
            "object": "signature", "order": .string(aggregate.order.id.text), "person": .string(person.name),
            "finding": .string(finding.verdict.name), "resolved": .bool(signed.signing == .resolved),
            "status": .string(signed.aggregate.order.status.rawValue),
            "certainty": .string(signed.aggregate.order.certainty.rawValue),
            "review": signed.aggregate.order.review.map { .string($0.reason.rawValue) } ?? .null,
            "signed": .array((signed.aggregate.order.review?.signatures ?? []).map(ReviewView.json)),
        ])
    }

    static func outcome(
        _ result: Engine.SignResult, _ finding: Review.Finding
    ) throws(Problem) -> (aggregate: OrderAggregate, signing: OrderAggregate.Signing) {
        switch result {
        case .signed(let aggregate, let signing): return (aggregate, signing)
        case .notFound: throw Problem(.notFound, "there is no such order")
        case .unavailable:
            throw Problem(
                .unavailable, "whether the signature was stored is not known; sign again", outcome: .unknown)
        case .referenceTaken(let aggregate):
            throw Problem(
                .paymentStateConflict,
                "the operator's reference \(finding.operatorReference ?? "") proves another attempt already; ask for "
                    + "this one's own", payment: aggregate.order.id)
        case .refused(let aggregate, let refusal): throw Self.problem(aggregate, refusal)
        }
    }

    private static func problem(_ aggregate: OrderAggregate, _ refusal: OrderAggregate.SigningRefusal) -> Problem {
        let id = aggregate.order.id
        switch refusal {
        case .noReview: return noReview(aggregate)
        case .samePerson:
            return Problem(
                .paymentStateConflict, "your signature is there already; another person has to sign the same",
                payment: id)
        case .tooEarly(let moment):
            return Problem(
                .paymentStateConflict,
                "it may still be executed until \(moment); not_executed can be signed after that", payment: id)
        case .needsOperatorReference:
            return Problem(
                .invalidRequest,
                "executed needs the operator's transaction id (`--operator-reference` at the command line)",
                errors: [
                    JSONIssue(
                        pointer: "/operator_reference", code: "required",
                        detail: "how the operator names what it executed")
                ], payment: id)
        case .isBooked:
            return Problem(
                .paymentStateConflict,
                "it is booked in a wallet of ours, so it was executed; if the money is to go back, refund the payment "
                    + "first, then sign executed", payment: id)
        case .needsOtherAmount(let asked):
            return Problem(
                .invalidRequest,
                "split needs the amount that was executed instead of \(asked), in minor units of "
                    + "\(asked.currency.code): --amount; if \(asked) was executed, sign executed", payment: id)
        case .givenBack(let amount):
            return Problem(
                .paymentStateConflict, "refunds of \(amount) are made or under way, which this finding would not cover",
                payment: id)
        }
    }
}

/// The body of a signature.
struct FindingInput: Decodable {
    var finding: String
    var amount: Int64?
    var because: String
    var document: String
    var operatorReference: String?
    /// That more than was asked for was executed is meant, and no slip.
    var moreThanAsked: Bool?
    var person: String
    var token: String

    private enum VerdictName: String {
        case executed, split
        case notExecuted = "not_executed"
    }

    enum CodingKeys: String, CodingKey {
        case finding, amount, because, document, token
        case moreThanAsked = "more_than_asked"
        case operatorReference = "operator_reference"
        case person = "as"
    }

    func finding(asked: Money) throws(Problem) -> Review.Finding {
        let (because, document) = (because.trimmed, document.trimmed)
        let operatorReference = operatorReference?.trimmed
        var checks = InputChecks()
        checks.words(because, 500, "/because")
        checks.words(document, 200, "/document")
        checks.check(
            operatorReference.map { reference in
                (1...100).contains(reference.utf8.count) && reference.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            } ?? true, "/operator_reference",
            "is the operator's transaction id as its statement shows it: 1 to 100 letters, digits and signs")
        checks.amount(amount, "/amount")
        checks.check(
            amount.map { $0 <= asked.minorUnits } ?? true || moreThanAsked == true, "/amount",
            "is more than was asked (\(asked)); if the operator's document really says so, add --more-than-asked")
        let name = VerdictName(rawValue: finding)
        checks.check(name != nil, "/finding", "must be executed, not_executed or split")
        checks.check(name == .split || amount == nil, "/amount", "goes with split only")
        checks.check(name != .split || amount != nil, "/amount", "is needed with split, in minor units")
        try checks.done()
        let verdict: Review.Finding.Verdict =
            switch name {
            case .executed: .executed
            case .notExecuted: .notExecuted
            case .split, nil: .split(Money(amount ?? 0, asked.currency))
            }
        return Review.Finding(
            verdict: verdict, reason: because, document: document, operatorReference: operatorReference)
    }
}
