import Router

extension TMoneyProvider: Checking {
    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding {
        guard case .collect(let order) = order else { return .couldNotAnswer("only collections can be asked about") }
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(
                WireRequest(
                    .get, "\(statusURL)?\(idField)=\(PercentEncoding.encode(order.reference))",
                    headers: [.init("Accept", "application/json")]))
        } catch {
            return .couldNotAnswer(error.text)
        }
        guard reply.isSuccess else { return .couldNotAnswer("HTTP \(reply.status)") }
        guard let body = reply.object, body["fault"] == nil, let elements = body["data"]?.arrayValue else {
            return .couldNotAnswer("no list of transactions")
        }
        guard !elements.isEmpty else {
            let total = body["total"].map { $0.integerValue ?? -1 } ?? 0
            return total == 0 ? .absent : .couldNotAnswer("an empty list with another total")
        }
        let ours = elements.filter { $0["idRequete"]?.stringValue == order.reference }
        guard ours.count == 1, let element = ours.first else {
            return .couldNotAnswer(ours.isEmpty ? "only other transactions" : "two transactions under one reference")
        }
        if let type = element["typeRequete"], type != .null, type != "DEBIT" {
            return .couldNotAnswer("not a debit")
        }
        guard Self.isPayer(element["numeroClient"], of: order) else {
            return .couldNotAnswer("the operator names another payer")
        }
        switch TMoneyCodes.transaction(element, needsCode: false) {
        case .unknown(let doubt): return .couldNotAnswer(doubt.providerCode ?? doubt.kind.rawValue)
        case let answer: return .found(answer)
        }
    }

    /// Whether a number in an answer is the payer's, in any spelling; an answer without one was bound by the reference.
    private static func isPayer(_ stated: JSONValue?, of order: CollectOrder) -> Bool {
        guard let stated, stated != .null else { return true }
        guard let text = stated.codeText, let number = try? MSISDN(parsing: text, defaultCountry: "TG") else {
            return false
        }
        return number == order.customer.phone
    }
}

extension TMoneyProvider: ReceivingCallbacks {
    /// Nothing is signed, so a notification is only a reason to ask.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard let parsed = try? StrictJSON.parse(callback.body), case .object = parsed,
            let reference = parsed["idRequete"]?.nonEmptyText, reference.utf8.count <= 100
        else { return .refused(.malformed) }
        return .about(
            CallbackFact(
                about: .reference(reference), claim: TMoneyCodes.transaction(parsed, needsCode: true),
                isAuthentic: false,
                acknowledgement: Self.acknowledgement(of: parsed, reference)))
    }

    /// The operator looks for code 2001 in the partner's answer.
    private static func acknowledgement(of callback: JSONValue, _ reference: String) -> CallbackAcknowledgement {
        let body: JSONValue = [
            "code": "2001", "message": "callback received", "idRequete": .string(reference),
            "refCommande": JSONValue(callback["refCommande"]?.stringValue ?? ""),
            "dateHeureRequete": JSONValue(callback["dateHeureRequete"]?.stringValue ?? ""),
        ]
        return CallbackAcknowledgement(contentType: "application/json", body: body.serialized())
    }
}
