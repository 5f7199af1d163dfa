import Router

extension PayGateProvider: Checking {
    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        guard case .collect(let order) = order else { return .couldNotAnswer("only collections can be asked about") }
        return await wire.ask(.json(statusURL, ["identifier": .string(order.reference)])) { found($0, order) }
    }

    private func found(_ reply: WireReply, _ order: CollectInstruction) -> StatusCheckResult {
        guard reply.isSuccess || reply.isClientError, let body = reply.object else {
            return .couldNotAnswer(reply.code)
        }
        // An error is told before any status: `status` may be there beside it and mean nothing.
        if let error = body["error_code"] {
            // 403 is this operator's "not found"; refused keys have the same number, so the words decide.
            let words = body["error_message"]?.stringValue?.lowercased() ?? ""
            let isAbsent = error.codeText == "403" && words.hasPrefix("transaction non trouv")
            return isAbsent ? .absent : .couldNotAnswer("error \(error.codeText ?? "")")
        }
        guard reply.isSuccess, let code = body["status"]?.codeText else {
            return .couldNotAnswer("\(reply.code) without a status")
        }
        guard JSONValue.names(order.reference, body["identifier"]) else {
            return .couldNotAnswer("another identifier")
        }
        // On a page the payer's number may be unknown to us; then there is nothing to compare.
        guard order.customer.phone?.countryCode != "TG" || order.customer.isNamed(by: body["phone_number"], "TG") else {
            return .couldNotAnswer("the operator names another payer")
        }
        return StatusCheckResult(PayGateCodes.payment(code, Self.statement(body, reference: "identifier")))
    }
}

extension PayGateProvider: ReceivingCallbacks {
    /// Nothing is signed, and the documented fields have no status: a notification is only a reason to ask.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard callback.method == "POST", let reference = callback.object?["identifier"]?.nonEmptyText,
            reference.utf8.count <= 100
        else { return .refused(.malformed) }
        return .hint(.reference(reference))
    }
}

extension PayGateProvider: BalanceReporting {
    func balances(asking wire: any Asking) async -> BalanceFinding {
        await wire.ask(.json(balanceURL, [:])) { reply in
            guard reply.isSuccess, let body = reply.object, body["error_code"] == nil else {
                return .couldNotAnswer(reply.code)
            }
            var balances: [Balance] = []
            for network in networks {
                guard let units = StatedAmount(body[network.rawValue.lowercased()]).units else {
                    return .couldNotAnswer("no readable balance for \(network.rawValue)")
                }
                balances.append(Balance(Money(units, .xof), channels: [network.channel]))
            }
            return .known(balances)
        }
    }
}
