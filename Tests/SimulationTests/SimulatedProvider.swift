import Router

/// The translator for ``SimulatedOperator``: as pure as a real one.
struct SimulatedProvider: Collecting, Checking, ReceivingCallbacks {
    let id: ProviderID
    let contract: ProviderContract
    /// Whether it has a question before every collection, so that W1 is a flush of its own.
    let greets: Bool

    var manifest: ProviderManifest {
        ProviderManifest(
            kind: "simulated", channels: ["wallet"], currencies: [.init(.xof, minimum: 1, maximum: 1_000_000)],
            payerActions: ["approve_on_phone"], referenceShape: .uuid, contract: contract,
            wireLimits: WireLimits(totalMilliseconds: 5_000), mayReuseConnections: contract.keyIsStrong)
    }

    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest { request }

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        if greets {
            do throws(AskFailure) {
                _ = try await wire.ask(WireRequest(.get, "https://\(id)/hello"))
            } catch { throw PreparationFailure(Refusal(.notSent), "no greeting") }
        }
        let body: JSONValue = [
            "reference": .string(order.reference), "amount": JSONValue(order.amount.minorUnits),
        ]
        return .request(MoneyRequest(WireRequest(.post, "https://\(id)/collect", body: body.serialized())))
    }

    func read(_ reply: WireReply, to order: CollectOrder) -> Answer {
        guard reply.status == 200, let value = try? StrictJSON.parse(reply.body) else {
            return .unknown(Doubt(.unlisted))
        }
        return read(value)
    }

    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding {
        guard let reply = try? await wire.ask(WireRequest(.get, "https://\(id)/status/\(order.reference)")) else {
            return .couldNotAnswer("no answer")
        }
        if reply.status == 404 { return .absent }
        guard reply.status == 200, let value = try? StrictJSON.parse(reply.body) else {
            return .couldNotAnswer("unreadable")
        }
        return .found(read(value))
    }

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard let value = try? StrictJSON.parse(callback.body), let reference = value["reference"]?.stringValue else {
            return .refused(.malformed)
        }
        return .about(
            CallbackFact(
                about: .reference(reference), claim: read(value), isAuthentic: callback.header("signature") == "good"))
    }

    private func read(_ value: JSONValue) -> Answer {
        switch value["state"]?.stringValue {
        case "executed":
            .settled(
                Statement(
                    reference: value["reference"]?.stringValue, minorUnits: value["amount"]?.integerValue,
                    currency: value["currency"]?.stringValue.flatMap { Currency(code: $0) }))
        case "open": .pending(Progress(actions: [.approveOnPhone(hint: nil)]))
        case "refused": .rejected(Refusal(.declined))
        default: .unknown(Doubt(.unlisted))
        }
    }
}
