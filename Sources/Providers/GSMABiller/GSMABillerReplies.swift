import Router

/// What the biller's answers prove.
extension GSMABillerCalls {
    /// The answer to a payment.
    func answer(_ reply: WireReply, ours reference: String) -> ProviderOutcome {
        guard reply.content.isEmpty || reply.object != nil else { return .unknown(Doubt(.unreadable)) }
        let body = reply.object
        switch reply.status {
        case 201:
            guard let body else { return reply.doubt(.arrived) }
            return reply.arrived(payment(body, ours: reference))
        case 202: return reply.arrived(state(body, of: nil))
        case 200..<300: return reply.doubt(.arrived)
        default: return reply.arrived(GSMABillerErrors.refused(reply.status, body))
        }
    }

    /// A payment as the biller keeps it.
    ///
    /// - Parameters:
    ///   - body: The payment.
    ///   - reference: Ours, which the biller may repeat.
    ///   - id: The biller's own id of the request, if it was accepted under one.
    /// - Returns: What it proves; the standard lists no statuses, so the words of the settings count.
    func payment(_ body: JSONValue, ours reference: String, acceptedAs id: String? = nil) -> ProviderOutcome {
        guard let status = body["billPaymentStatus"]?.stringValue else {
            return .unknown(Doubt(.unlisted, providerCode: "no billPaymentStatus"))
        }
        if pendingStatuses.contains(status) { return .pending(Progress(operatorReference: id)) }
        guard paidStatuses.contains(status) else { return .unknown(Doubt(.unlisted, providerCode: "another status")) }
        guard let code = body["currency"]?.stringValue, let stated = body["amountPaid"]?.present else {
            return .unknown(Doubt(.unlisted, providerCode: "paid without amount or currency"))
        }
        guard let currency = Currency(code: code) else {
            return .unknown(Doubt(.unlisted, providerCode: "paid in an unknown currency"))
        }
        let theirs = body["serviceProviderPaymentReference"]?.nonEmptyText
        let statement = ReportedTransaction(
            reference: body["requestingOrganisationTransactionReference"]?.present?.codeText,
            of: StatedAmount(stated, decimals: currency.exponent), currency,
            operatorReference: theirs == reference ? nil : theirs, acceptedAs: id,
            goods: goodsKey.flatMap { custom(body, $0) }.map { Secret($0) })
        return .succeeded(statement)
    }

    /// How far a request has come, as the answer to a payment or to a question about it.
    ///
    /// - Parameters:
    ///   - body: The request's state.
    ///   - id: The id that was asked about; `nil` for the answer to a payment.
    /// - Returns: Pending or refused; that it is completed says nothing of what was paid.
    func state(_ body: JSONValue?, of id: String?) -> ProviderOutcome {
        guard let body, let stated = body["serverCorrelationId"]?.nonEmptyText, stated.isUUID,
            id == nil || id?.lowercased() == stated.lowercased()
        else { return .unknown(Doubt(.unlisted, providerCode: "no request state")) }
        switch body["status"]?.stringValue {
        case "pending": return .pending(Progress(operatorReference: id ?? stated))
        case "failed": return GSMABillerErrors.failed(body["error"]?.present ?? body["errorReference"]?.present)
        case "completed": return .unknown(Doubt(.arrived, providerCode: "completed"))
        default: return .unknown(Doubt(.unlisted, providerCode: "another request state"))
        }
    }

    /// A value of `customData`: a list of keys and values or, as the standard's examples have it, an object.
    func custom(_ body: JSONValue, _ key: String) -> String? {
        if let object = body["customData"]?.objectValue { return object[key]?.codeText }
        return body["customData"]?.arrayValue?.first { $0["key"]?.stringValue == key }?["value"]?.codeText
    }
}
