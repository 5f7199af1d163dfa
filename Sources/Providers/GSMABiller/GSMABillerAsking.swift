import Router

extension GSMABilling {
    /// Asks how far the request has come, where the biller gave it an id, then for the payment itself by our correlation id.
    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        guard case .payout(let payout) = order else { return .couldNotAnswer("the biller has no such operation") }
        do throws(AskFailure) {
            var accepted: String?
            if let id = payout.operatorReference, id.isUUID {
                let reply = try await wire.ask(calls.stateQuestion(id))
                switch calls.state(reply.status == 200 ? reply.object : nil, of: id) {
                case .unknown(let doubt) where doubt.kind == .arrived: accepted = id
                // After the payment the name is the payment's own, and no request has it.
                case .unknown where reply.status == 404 && reply.object != nil: break
                case .unknown: return .couldNotAnswer("\(reply.code) without a request state")
                case let answer: return StatusCheckResult(answer)
                }
            }
            let found = try await wire.ask(calls.responseQuestion(payout.reference))
            if calls.isUnknown(found) { return .absent }
            guard found.status == 200, let link = found.object?["link"]?.nonEmptyText else {
                return .couldNotAnswer("\(found.code) without a link")
            }
            guard let question = calls.linked(link) else { return .couldNotAnswer("a link that leads elsewhere") }
            let reply = try await wire.ask(question)
            guard reply.status == 200, let body = calls.single(reply, ours: payout.reference) else {
                return .couldNotAnswer("\(reply.code) without the payment")
            }
            return StatusCheckResult(calls.settled(body, payout, acceptedAs: accepted))
        } catch {
            return .couldNotAnswer(error.text)
        }
    }
}

extension GSMABillerCalls {
    /// The payment that a link leads to: an object, or the one under our reference in a list of a bill's payments.
    func single(_ reply: WireReply, ours reference: String) -> JSONValue? {
        if let object = reply.object { return object }
        let list = (try? StrictJSON.parse(reply.body))?.arrayValue ?? []
        let ours = list.filter { $0["requestingOrganisationTransactionReference"]?.stringValue == reference }
        return ours.count == 1 ? ours.first : nil
    }

    /// A payment that was found by our correlation id.
    ///
    /// Where the biller has forgotten the request's state, nothing shows that its first name for it and the payment's are of
    /// one thing but our own id, by which it was found: then it states no name.
    func settled(_ body: JSONValue, _ order: PayoutInstruction, acceptedAs id: String?) -> ProviderOutcome {
        let answer = payment(body, ours: order.reference, acceptedAs: id)
        guard case .succeeded(var statement) = answer, let known = order.operatorReference, id == nil,
            statement.operatorReference != known
        else { return answer }
        statement.operatorReference = nil
        return .succeeded(statement)
    }
}
