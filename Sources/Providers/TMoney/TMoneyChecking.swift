import Router

extension TMoneyProvider: Checking {
    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        let url: String
        let customer: Customer
        switch order {
        case .collect(let order): (url, customer) = (statusURL, order.customer)
        case .payout(let order) where legacy == nil: (url, customer) = (creditStatusURL, order.customer)
        default: return .couldNotAnswer("the operator cannot be asked about this")
        }
        return await wire.ask(.question(url, [(idField, order.reference)])) { reply in
            guard reply.isSuccess else { return .couldNotAnswer(reply.code) }
            guard let body = reply.object, body["fault"] == nil, let elements = body["data"]?.arrayValue else {
                return .couldNotAnswer("no list of transactions")
            }
            return found(elements, total: body["total"], order, customer)
        }
    }

    /// What a list of transactions shows of ours.
    private func found(
        _ elements: [JSONValue], total: JSONValue?, _ order: Instruction, _ customer: Customer
    ) -> StatusCheckResult {
        guard !elements.isEmpty else {
            return total.map { $0.integerValue ?? -1 } ?? 0 == 0
                ? .absent : .couldNotAnswer("an empty list with another total")
        }
        let ours = elements.filter { $0["idRequete"]?.stringValue == order.reference }
        guard ours.count == 1, let element = ours.first else {
            return .couldNotAnswer(ours.isEmpty ? "only other transactions" : "two transactions under one reference")
        }
        let type = order.collection == nil ? "CREDIT" : "DEBIT"
        guard JSONValue.names(type, element["typeRequete"]) else {
            return .couldNotAnswer("not a \(type.lowercased())")
        }
        guard customer.isNamed(by: element["numeroClient"], "TG") else {
            return .couldNotAnswer("the operator names another \(order.collection == nil ? "payee" : "payer")")
        }
        return StatusCheckResult(
            order.collection == nil
                ? TMoneyCodes.credit(element, needsCode: false) : TMoneyCodes.transaction(element, needsCode: false))
    }
}

extension TMoneyProvider: ReceivingCallbacks {
    /// Nothing is signed, so a notification is only a reason to ask; but nobody can be asked about a credit of the first
    /// version, so there the operator's addresses count, and one from there may tell of money that nobody here asked for.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        if let legacy, let fields = legacy.fields(of: callback) {
            return legacy.received(fields, isListed: addresses.hold(callback))
        }
        guard let parsed = callback.object, let reference = parsed["idRequete"]?.nonEmptyText,
            reference.utf8.count <= 100
        else { return .refused(.malformed) }
        let claim =
            parsed["typeRequete"] == "CREDIT"
            ? TMoneyCodes.credit(parsed, needsCode: true) : TMoneyCodes.transaction(parsed, needsCode: true)
        let typed = addresses.hold(callback) ? Self.typed(parsed, reference, callback) : nil
        return .about(
            CallbackFact(
                about: .reference(reference), claim: claim, proof: typed == nil ? .nothing : .listedAddress,
                acknowledgement: Self.acknowledgement(of: parsed, reference),
                payer: parsed["numeroClient"]?.nonEmptyText, payerReference: typed))
    }

    /// The longest body of a notification that is kept for its payer's sake, in bytes.
    private static let longestBody = 4_096

    /// What the payer typed as the order in the operator's menu (docs/protocols/tmoney.md, B8).
    ///
    /// A debit under an id of our form is one that we asked for, so its order is what we wrote.
    private static func typed(_ parsed: JSONValue, _ reference: String, _ callback: InboundCallback) -> String? {
        guard parsed["typeRequete"] == "DEBIT", !reference.isUUID, callback.body.count <= longestBody else {
            return nil
        }
        return parsed["refCommande"]?.nonEmptyText
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
