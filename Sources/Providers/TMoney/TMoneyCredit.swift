import Router

extension TMoneyProvider: PayingOut {
    /// No key, and what a check does not list may still have been executed: a credit is sent once.
    static func payoutContract(_ check: ProviderContract.CheckAbility) -> ProviderContract {
        .unproven(
            check: check, promptLifetimeSeconds: 0, resendPromptsPayerAgain: false, checksPerSecond: 5,
            checkLadder: CheckLadder(seconds: [5, 10, 30, 60, 120, 300, 600, 1_200, 1_200]), reviewAfterSeconds: 1_800)
    }

    func preparePayout(
        _ order: PayoutOrder, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try manifest.admit(order)
        if let legacy { return MoneyRequest(legacy.request(order)) }
        let body = body(order.reference, order.customer, order.amount, order.createdAt, order.text)
        return MoneyRequest(.json(creditURL, body))
    }

    func readPayout(_ reply: WireReply, to order: PayoutOrder) -> Answer {
        // No answer of the first version is on record.
        guard legacy == nil else { return reply.arrived(reply.doubt(.unlisted)) }
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
            case .settled, .pending: return .unknown(Doubt(.unlisted, providerCode: code))
            case .rejected, .unknown: return answer
            }
        }
    }
}

/// Credits of the interface's first version (section C of the protocol notes): a GET whose query holds the password.
struct TMoneyLegacyCredit: Sendable {
    let url: String
    let idField: String
    let id: String
    let type: String?
    let password: Secret

    /// The request without its password.
    func request(_ order: PayoutOrder) -> WireRequest {
        var fields = [
            (idField, id), ("client", order.customer.phone?.international ?? ""),
            ("amount", String(order.amount.minorUnits)), ("currency", order.amount.currency.code),
            ("trxcode", order.reference),
        ]
        if let type { fields.append(("type", type)) }
        fields += [("description", order.text.isEmpty ? "Paiement" : order.text), ("referenceid", order.reference)]
        return .question(url, fields)
    }

    /// The same request with its password, which nothing but the wire may see.
    func authorize(_ request: WireRequest) -> WireRequest {
        var request = request
        request.url += "&password=" + PercentEncoding.encode(password.reveal())
        return request
    }
}
