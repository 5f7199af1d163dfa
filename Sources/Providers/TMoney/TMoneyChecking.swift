import Router

extension TMoneyProvider: Checking {
    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding {
        let url: String
        let customer: Customer
        switch order {
        case .collect(let order): (url, customer) = (statusURL, order.customer)
        case .payout(let order) where legacy == nil: (url, customer) = (creditStatusURL, order.customer)
        default: return .couldNotAnswer("the operator cannot be asked about this")
        }
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(
                WireRequest(
                    .get, "\(url)?\(idField)=\(PercentEncoding.encode(order.reference))",
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
        let type = order.collection == nil ? "CREDIT" : "DEBIT"
        if let stated = element["typeRequete"], stated != .null, stated.stringValue != type {
            return .couldNotAnswer("not a \(type.lowercased())")
        }
        guard Self.isParty(element["numeroClient"], customer) else {
            return .couldNotAnswer("the operator names another \(order.collection == nil ? "payee" : "payer")")
        }
        let answer =
            order.collection == nil
            ? TMoneyCodes.credit(element, needsCode: false) : TMoneyCodes.transaction(element, needsCode: false)
        switch answer {
        case .unknown(let doubt): return .couldNotAnswer(doubt.providerCode ?? doubt.kind.rawValue)
        case let answer: return .found(answer)
        }
    }

    /// Whether a number in an answer is the customer's, in any spelling; an answer without one was bound by the reference.
    static func isParty(_ stated: JSONValue?, _ customer: Customer) -> Bool {
        guard let stated, stated != .null else { return true }
        guard let text = stated.codeText, let number = try? MSISDN(parsing: text, defaultCountry: "TG") else {
            return false
        }
        return number == customer.phone
    }
}

extension TMoneyProvider: ReceivingCallbacks {
    /// Nothing is signed, so a notification is only a reason to ask.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard let parsed = try? StrictJSON.parse(callback.body), case .object = parsed,
            let reference = parsed["idRequete"]?.nonEmptyText, reference.utf8.count <= 100
        else { return .refused(.malformed) }
        let claim =
            parsed["typeRequete"] == "CREDIT"
            ? TMoneyCodes.credit(parsed, needsCode: true) : TMoneyCodes.transaction(parsed, needsCode: true)
        return .about(
            CallbackFact(
                about: .reference(reference), claim: claim, isAuthentic: false,
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
