import Router

/// Lines of operators' statements about money that no order here knows, entered by two people.
struct StatementLines: Sendable {
    let admin: UnmatchedAdmin

    private struct LineInput: Decodable {
        var provider: String
        var operatorReference: String
        var amount: Int64
        var currency: String
        var payer: String?
        var typed: String
        var document: String
        var person: String
        var token: String

        enum CodingKeys: String, CodingKey {
            case provider, amount, currency, payer, typed, document, token
            case operatorReference = "operator_reference"
            case person = "as"
        }
    }

    /// Takes a line of an operator's statement; the second person's makes it count.
    func add(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let engine = try admin.running()
        let input = try JSONBody.decode(LineInput.self, try JSONBody.object(request))
        let payment = try Self.payment(input, engine)
        let reference = OrderNumber.normalised(input.operatorReference)
        let wish = [
            input.provider, reference, payment.amount.description, payment.payer?.e164 ?? "", input.typed,
        ].joined(separator: "\u{1F}")
        let name = "statement:\(input.provider):\(reference)"
        let signer = TwoSignatures.Signer(name: input.person, token: input.token)
        guard let other = try await admin.signatures.sign(signer, about: name, wish) else {
            return .json([
                "object": "signature", "operator_reference": .string(input.operatorReference),
                "person": .string(input.person),
            ])
        }
        let line = StatementLine(payment, finding: "\(other) and \(input.person), \(input.document)")
        let stated = try await admin.stored { () async throws(StoreFailure) in try await engine.state(line) }
        switch stated {
        case .paid(let order):
            try await admin.signatures.forget(name)
            return .json(["object": "statement_line", "payment": .string(order.text), "message": .null])
        case .waiting(let id):
            try await admin.signatures.forget(name)
            return .json(["object": "statement_line", "payment": .null, "message": .string(id.text)])
        case .known(let order):
            throw Problem(
                .paymentStateConflict, "\(order) is about \(input.operatorReference) already; nothing was changed",
                payment: order)
        case .listed(let id):
            throw Problem(
                .paymentStateConflict,
                "\(id) is about \(input.operatorReference) already, and waits in the list: `payrouter unmatched match \(id)`"
            )
        case .repeated:
            throw Problem(.paymentStateConflict, "the line \(input.operatorReference) was taken before")
        case .noProvider: throw Self.unknownProvider(input.provider)
        case .full: throw Problem(.unavailable, "too much is unmatched of \(input.provider): end some of it first")
        }
    }

    private static func payment(_ input: LineInput, _ engine: Engine) throws(Problem) -> UnopenedPayment {
        var checks = InputChecks()
        checks.words(input.operatorReference, 100, "/operator_reference")
        checks.words(input.typed, UnopenedPayment.longest, "/typed")
        checks.words(input.document, 200, "/document")
        checks.amount(input.amount, "/amount")
        try checks.done()
        guard let runtime = engine.providers[ProviderID(input.provider)] else { throw unknownProvider(input.provider) }
        guard let limits = runtime.manifest.currencies.first(where: { $0.currency.code == input.currency }),
            let channel = runtime.manifest.channels.first
        else {
            let known = runtime.manifest.currencies.map(\.currency.code).joined(separator: ", ")
            throw Problem(
                .unsupportedCurrency, "\(input.provider) has no account in \(input.currency), but in \(known)")
        }
        var payer: MSISDN?
        if let text = input.payer { payer = try MSISDN.read(text, runtime.manifest.phoneCountries.first, at: "/payer") }
        return UnopenedPayment(
            provider: runtime.id, channel: channel,
            subject: .operatorReference(OrderNumber.normalised(input.operatorReference)),
            amount: Money(input.amount, limits.currency), payer: payer, typed: input.typed)
    }

    private static func unknownProvider(_ name: String) -> Problem {
        Problem(.invalidParameter, "no provider is named \"\(name)\"; `payrouter providers list` shows them")
    }
}
