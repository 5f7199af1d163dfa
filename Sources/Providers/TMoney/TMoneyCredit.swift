import Router
import WebText

extension TMoneyProvider: PayingOut {
    /// No key, and what a check does not list may still have been executed: a credit is sent once.
    static func payoutContract(
        _ check: ProviderContract.CheckAbility, _ callback: ProviderContract.CallbackTrust
    ) -> ProviderContract {
        var contract = ProviderContract.unproven(
            check: check, promptLifetimeSeconds: 0, resendPromptsPayerAgain: false, checksPerSecond: 5,
            checkLadder: CheckLadder(seconds: [5, 10, 30, 60, 120, 300, 600, 1_200, 1_200]), reviewAfterSeconds: 1_800)
        contract.callback = callback
        return contract
    }

    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try manifest.admit(order)
        if let legacy { return MoneyRequest(legacy.request(order)) }
        let body = body(order.reference, order.orderNumber, order.customer, order.amount, order.createdAt, order.text)
        return MoneyRequest(.json(creditURL, body))
    }

    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
        if let legacy { return legacy.read(reply, to: order) }
        let body = reply.object ?? .null
        guard JSONValue.names("CREDIT", body["typeRequete"]) else {
            return reply.arrived(.unknown(Doubt(.unlisted, providerCode: "not a credit")))
        }
        guard order.customer.isNamed(by: body["numeroClient"], "TG") else {
            return reply.arrived(.unknown(Doubt(.unlisted, providerCode: "another payee")))
        }
        return Self.read(reply, order.reference) { code, accepted in
            let answer = TMoneyCodes.credit(body, needsCode: true)
            guard !accepted else { return answer }
            switch answer {
            case .succeeded, .pending: return .unknown(Doubt(.unlisted, providerCode: code))
            case .rejected, .unknown: return answer
            }
        }
    }
}

/// Credits of the interface's first version (docs/protocols/tmoney.md, C): a GET whose query holds the password.
///
/// Seven fields answer it, in the reply or as a call back. What `result` says is told by a setting, because no document
/// does.
struct TMoneyLegacyCredit: Sendable {
    let url: String
    let idField: String
    let id: String
    let type: String?
    let sms: TextTemplate?
    let email: TextTemplate
    let results: [String: TMoneyKind.LegacyCredit.Meaning]
    let password: Secret

    /// The request without its password.
    func request(_ order: PayoutInstruction) -> WireRequest {
        var fields = [
            (idField, id), ("client", order.customer.phone?.international ?? ""),
            ("amount", String(order.amount.minorUnits)), ("currency", order.amount.currency.code),
            ("trxcode", order.reference),
        ]
        if let type { fields.append(("type", type)) }
        fields += [("description", order.text.isEmpty ? "Paiement" : order.text), ("referenceid", order.reference)]
        let values = TextTemplate.Place.values(order.orderNumber, order.text, order.shop, order.customer)
        let notices = [("sms", sms?.filled(values) ?? ""), ("email", email.filled(values))]
        return .question(url, fields + notices.filter { !$0.1.isEmpty })
    }

    /// The same request with its password, which nothing but the wire may see.
    func sign(_ request: WireRequest) -> WireRequest {
        var request = request
        request.url += "&password=" + PercentText.encoded(password.reveal())
        return request
    }

    func read(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
        guard reply.isSuccess, let body = reply.object else { return reply.arrived(reply.doubt(.unlisted)) }
        guard order.customer.isNamed(by: body["client"], "TG") else {
            return reply.arrived(.unknown(Doubt(.unlisted, providerCode: "another payee")))
        }
        return reply.arrived(claim(body))
    }

    /// What the answer's fields claim; without one of them it is no answer.
    func claim(_ fields: JSONValue) -> ProviderOutcome {
        guard fields[idField]?.codeText == id, fields["client"]?.nonEmptyCode != nil else {
            return .unknown(Doubt(.unlisted, providerCode: "another partner, or no client"))
        }
        let statement = statement(fields)
        guard statement.reference != nil, case .money = statement.amount else {
            return .unknown(Doubt(.unlisted, providerCode: "no referenceid, amount or currency"))
        }
        let result = String((fields["result"]?.codeText ?? "").prefix(64))
        switch results[result] {
        case .succeeded? where statement.operatorReference != nil: return .succeeded(statement)
        case .refused?: return .rejected(Refusal(.unspecified, providerCode: result))
        case .pending?: return .pending(Progress(operatorReference: statement.operatorReference))
        case .succeeded?: return .unknown(Doubt(.unlisted, providerCode: "no transactionid"))
        case nil: return .unknown(Doubt(.unlisted, providerCode: "result \(result)"))
        }
    }

    /// What the answer's fields state; the currency by its letters or its number.
    func statement(_ fields: JSONValue) -> ReportedTransaction {
        let amount = StatedAmount(fields["amount"])
        let name = fields["currency"]?.codeText ?? ""
        let currency = Currency(code: name) ?? Currency(numericCode: name)
        return ReportedTransaction(
            reference: fields["referenceid"]?.nonEmptyCode, amount: .whole(amount, currency),
            operatorReference: fields["transactionid"]?.nonEmptyCode)
    }

    /// The answer as a call back: JSON, a form, or a query; `nil` if it is none.
    func fields(of callback: InboundCallback) -> JSONValue? {
        let found: JSONValue?
        if callback.method == "GET" || (callback.body.isEmpty && !callback.query.isEmpty) {
            found = Self.object(callback.query)
        } else {
            found = callback.object ?? String(validating: callback.body, as: UTF8.self).flatMap(Self.object)
        }
        guard let found, found["idRequete"] == nil, let reference = found["referenceid"]?.nonEmptyCode,
            reference.utf8.count <= 100
        else { return nil }
        return found
    }

    private static func object(_ form: String) -> JSONValue? {
        FormText.fields(form).map { fields in
            .object(JSONObject(fields.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }))
        }
    }

    /// A call back; only one from the operator's own addresses proves anything.
    func received(_ fields: JSONValue, isListed: Bool) -> CallbackVerdict {
        let statement = statement(fields)
        return .about(
            CallbackFact(
                about: .reference(statement.reference ?? ""), claim: claim(fields),
                proof: isListed ? .listedAddress : .nothing, transactionID: statement.operatorReference,
                statement: statement, payer: fields["client"]?.nonEmptyCode))
    }
}
