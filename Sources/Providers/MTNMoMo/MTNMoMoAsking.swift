import Router
import WebText

extension MTNMoMoProvider: Checking {
    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        let path: String
        let party: (field: String, customer: Customer)?
        switch order {
        case .collect(let order): (path, party) = (Self.collectPath, ("payer", order.customer))
        case .payout(let order): (path, party) = (Self.payoutPath, ("payee", order.customer))
        case .refund: (path, party) = (refundPath, nil)
        case .capture, .void: return .couldNotAnswer("the operator has no such operation")
        }
        return await wire.ask(question(path + "/" + PercentText.encoded(order.reference))) { reply in
            guard let body = reply.object else { return .couldNotAnswer("\(reply.code) without an object") }
            if reply.status == 404, body["code"] == "RESOURCE_NOT_FOUND" { return .absent }
            guard reply.status == 200 else { return .couldNotAnswer(reply.code) }
            if let party, let stated = body[party.field]?["partyId"]?.codeText,
                !party.customer.isNamed(by: .string(stated))
            {
                return .couldNotAnswer("the operator names another \(party.field)")
            }
            let prompts = order.collection != nil
            return StatusCheckResult(MTNMoMoCodes.transaction(body, prompts: prompts, leavesUs: !prompts))
        }
    }

    /// A question below the operator's address.
    private func question(_ path: String) -> WireRequest {
        WireRequest.question(hosts.url(path)).with("X-Target-Environment", target)
    }
}

extension MTNMoMoProvider: ReceivingCallbacks {
    /// Nothing is signed, so a notification is only a reason to ask.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard callback.method != "GET", let body = callback.object, let reference = body["externalId"]?.nonEmptyText,
            reference.isUUID, reference == reference.lowercased(), body["status"] != nil
        else { return .refused(.malformed) }
        let leavesUs = body["payer"] == nil
        return .about(
            CallbackFact(
                about: .reference(reference),
                claim: MTNMoMoCodes.transaction(body, prompts: !leavesUs, leavesUs: leavesUs), proof: .nothing))
    }
}

extension MTNMoMoProvider: BalanceReporting {
    /// Payouts draw on the disbursement account; without one, the collection account's balance is all there is.
    func balances(asking wire: any Asking) async -> BalanceFinding {
        let product = disbursement == nil ? "collection" : "disbursement"
        return await wire.ask(question("/\(product)/v1_0/account/balance")) { reply in
            guard reply.status == 200, let body = reply.object, let code = body["currency"]?.stringValue,
                let currency = Currency(code: code),
                let available = StatedAmount(body["availableBalance"], decimals: currency.exponent).units
            else { return .couldNotAnswer("\(reply.code) without a readable balance") }
            return .known([Balance(Money(available, currency))])
        }
    }
}

extension MTNMoMoProvider: PartyLookup {
    func party(_ phone: MSISDN, on channel: PaymentChannel, asking wire: any Asking) async -> PartyFinding {
        let path = "/collection/v1_0/accountholder/msisdn/\(phone.international)"
        return await wire.ask(question(path + "/active")) { reply in
            guard let body = reply.object else { return .couldNotAnswer("\(reply.code) without an object") }
            if reply.status == 404, body["code"] == "RESOURCE_NOT_FOUND" { return .notCustomer }
            guard reply.status == 200, let isActive = body["result"]?.boolValue else {
                return .couldNotAnswer(reply.code)
            }
            guard isActive, looksUpNames else { return .customer(Party(isActive: isActive)) }
            return .customer(Party(isActive: true, name: await name(path, wire)))
        }
    }

    /// The name, if the operator tells it; it is no reason to doubt the rest.
    private func name(_ path: String, _ wire: any Asking) async -> String? {
        guard let reply = try? await wire.ask(question(path + "/basicuserinfo")), reply.status == 200,
            let body = reply.object
        else { return nil }
        let parts = ["given_name", "family_name"].compactMap { body[$0]?.nonEmptyText }
        return body["name"]?.nonEmptyText ?? (parts.isEmpty ? nil : parts.joined(separator: " "))
    }
}
