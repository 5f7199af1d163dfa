import Router

extension PayGateProvider: Checking {
    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding {
        guard case .collect(let order) = order else { return .couldNotAnswer("only collections can be asked about") }
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(Self.post(statusURL, ["identifier": .string(order.reference)]))
        } catch {
            return .couldNotAnswer(error.text)
        }
        guard reply.isSuccess || reply.isClientError, let body = reply.object else {
            return .couldNotAnswer("HTTP \(reply.status)")
        }
        // An error is told before any status: `status` may be there beside it and mean nothing.
        if let error = body["error_code"] {
            // 403 is this operator's "not found"; refused keys have the same number, so the words decide.
            let words = body["error_message"]?.stringValue?.lowercased() ?? ""
            let isAbsent = error.codeText == "403" && words.hasPrefix("transaction non trouv")
            return isAbsent ? .absent : .couldNotAnswer("error \(error.codeText ?? "")")
        }
        guard reply.isSuccess, let code = body["status"]?.codeText else {
            return .couldNotAnswer("HTTP \(reply.status) without a status")
        }
        guard Self.names(order.reference, in: body) else { return .couldNotAnswer("another identifier") }
        guard Self.isParty(body["phone_number"], order.customer) else {
            return .couldNotAnswer("the operator names another payer")
        }
        var statement = Self.statement(body, reference: "identifier")
        // A page is known by our identifier; the operator's own reference comes later and is no contradiction.
        if flow == .page { statement.operatorReference = nil }
        switch PayGateCodes.payment(code, statement) {
        case .unknown(let doubt): return .couldNotAnswer(doubt.providerCode ?? doubt.kind.rawValue)
        case let answer: return .found(answer)
        }
    }

    /// Whether a number in an answer is the customer's; without one in either place there is nothing to compare.
    private static func isParty(_ stated: JSONValue?, _ customer: Customer) -> Bool {
        guard let stated, stated != .null, let phone = customer.phone else { return true }
        return (try? MSISDN(parsing: stated.codeText ?? "", defaultCountry: "TG")) == phone
    }
}

extension PayGateProvider: ReceivingCallbacks {
    /// Nothing is signed, and the documented fields have no status: a notification is only a reason to ask.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard callback.method == "POST", let body = try? StrictJSON.parse(callback.body), case .object = body,
            let reference = body["identifier"]?.nonEmptyText, reference.utf8.count <= 100
        else { return .refused(.malformed) }
        return .about(
            CallbackFact(about: .reference(reference), claim: .unknown(Doubt(.unlisted)), isAuthentic: false))
    }
}

extension PayGateProvider: Balancing {
    func balances(asking wire: any Asking) async -> BalanceFinding {
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(Self.post(balanceURL, [:]))
        } catch {
            return .couldNotAnswer(error.text)
        }
        guard reply.isSuccess, let body = reply.object, body["error_code"] == nil else {
            return .couldNotAnswer("HTTP \(reply.status)")
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
