import Router

/// A provider with a wire format of its own: JSON both ways, one word for each outcome.
struct TestProvider: Collecting, Checking, ReceivingCallbacks {
    enum Style: Sendable, Hashable {
        case request
        /// Opens a hosted session instead.
        case session
        /// Asks the operator something first.
        case asksFirst
        /// Asks the operator for a hosted session under the attempt's reference.
        case asksForSession
        case fails(RefusalReason)
    }

    var name: String
    var manifest: ProviderManifest
    var style = Style.request

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        var request = request
        if let token = context.token { request.headers.append(.init("authorization", "Bearer \(token)")) }
        return request
    }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        [.asksFirst, .asksForSession].contains(style) ? .asksOperator : .offline
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        switch style {
        case .request: break
        case .session:
            let session = Session(
                operatorReference: "session-\(order.reference)", actions: [.redirect(url: "https://\(name).example/s")],
                lifetimeSeconds: order.sessionSeconds)
            return .session(session)
        case .asksFirst:
            _ = try await wire.askToPrepare(WireRequest(.get, "https://\(name).example/hello"))
        case .asksForSession:
            _ = try await wire.askToPrepare(WireRequest(.post, "https://\(name).example/open/\(order.reference)"))
            return .session(
                Session(
                    operatorReference: "session-\(order.reference)",
                    actions: [.redirect(url: "https://\(name).example/s")], lifetimeSeconds: order.sessionSeconds))
        case .fails(let reason): throw PreparationFailure(Refusal(reason), "scripted")
        }
        return .request(Self.pay(name, order))
    }

    static func pay(_ name: String, _ order: CollectInstruction, code: String? = nil) -> MoneyRequest {
        let body: JSONValue = [
            "reference": .string(order.reference), "amount": JSONValue(order.amount.minorUnits),
            "currency": .string(order.amount.currency.code), "code": JSONValue(code),
        ]
        return MoneyRequest(WireRequest(.post, "https://\(name).example/pay", body: body.withoutNulls.serialized()))
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { Self.answer(reply.body) }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        do throws(AskFailure) {
            let reply = try await wire.ask(WireRequest(.get, "https://\(name).example/status/\(order.reference)"))
            switch reply.status {
            case 200 where (try? StrictJSON.parse(reply.body))?["result"] == "untried": return .untried
            case 200: return .found(Self.answer(reply.body))
            case 404: return .absent
            default: return .couldNotAnswer("status \(reply.status)")
            }
        } catch {
            return .couldNotAnswer("no reply")
        }
    }

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        let signature = callback.header("x-signature")
        guard [nil, "good", "listed"].contains(signature) else { return .refused(.unverified) }
        guard let value = try? StrictJSON.parse(callback.body) else { return .refused(.malformed) }
        if value["result"] == "hello" { return .ignored(dedupKey: nil) }
        let subject: CallbackSubject =
            value["session"]?.stringValue.map(CallbackSubject.operatorReference)
            ?? .reference(value["reference"]?.stringValue ?? "")
        return .about(
            CallbackFact(
                about: subject, claim: Self.answer(callback.body),
                proof: signature == "good" ? .signature : signature == "listed" ? .listedAddress : .nothing,
                dedupKey: value["event"]?.stringValue, transactionID: value["event"]?.stringValue,
                acknowledgement: CallbackAcknowledgement(contentType: "text/plain", body: Array("OK".utf8)),
                statement: value["result"] == "refused" ? Self.statement(value) : nil,
                payer: value["payer"]?.stringValue, payerReference: value["typed"]?.stringValue))
    }

    private static func statement(_ value: JSONValue) -> ReportedTransaction {
        ReportedTransaction(
            reference: value["reference"]?.stringValue, of: StatedAmount(value["amount"]),
            value["currency"]?.stringValue.flatMap { Currency(code: $0) },
            operatorReference: value["id"]?.stringValue, goods: value["token"]?.stringValue.map { Secret($0) })
    }

    /// Reads `{"result": ..., ...}`.
    static func answer(_ body: [UInt8]) -> ProviderOutcome {
        guard let value = try? StrictJSON.parse(body) else { return .unknown(Doubt(.unreadable)) }
        switch value["result"]?.stringValue {
        case "succeeded":
            return .succeeded(statement(value))
        case "pending":
            return .pending(
                Progress(actions: [.approveOnPhone(hint: nil)], operatorReference: value["id"]?.stringValue))
        case "refused":
            let reason = value["reason"]?.stringValue.flatMap(RefusalReason.init(rawValue:)) ?? .unspecified
            return .rejected(
                Refusal(
                    reason, isDefinitive: value["definitive"]?.boolValue ?? true,
                    needsCheck: value["needs_check"]?.boolValue ?? false))
        case "duplicate": return .unknown(Doubt(.duplicateReference))
        default: return .unknown(Doubt(.unlisted))
        }
    }
}

/// The same provider behind a login with tokens of 600 seconds.
struct LoginProvider: Collecting, Checking, AccessTokenIssuing {
    var base: TestProvider
    var lifetimeSeconds: Int64 = 600
    var manifest: ProviderManifest { base.manifest }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { base.sign(request, context) }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        base.preparation(of: order, confirmedBy: confirmation)
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try await base.prepare(order, asking: wire)
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        if reply.status == 401 { return .rejected(Refusal(.credentialsRefused)) }
        return base.read(reply, to: order)
    }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        await base.check(order, asking: wire)
    }

    func loginRequest(_ login: LoginName) -> WireRequest { WireRequest(.post, "https://\(base.name).example/login") }

    func readLogin(_ reply: WireReply) -> LoginResult {
        switch reply.status {
        case 200: .token(String(decoding: reply.body, as: UTF8.self), lifetimeSeconds: lifetimeSeconds)
        case 401: .refused(providerCode: "bad password")
        default: .unreadable
        }
    }
}

/// A provider that wants a code from the payer before it sends anything.
struct CodeProvider: Collecting, Confirming, Checking {
    var base: TestProvider
    var manifest: ProviderManifest { base.manifest }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { base.sign(request, context) }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        .offline
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        .input([.enterCode(length: 6)])
    }

    func prepare(
        _ order: CollectInstruction, confirmedBy confirmation: Confirmation, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        let code = confirmation.code.reveal()
        guard code.utf8.count == 6 else { throw PreparationFailure(Refusal(.invalidRequest), "six digits") }
        return TestProvider.pay(base.name, order, code: code)
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { .unknown(Doubt(.unlisted)) }
    func readConfirmation(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        TestProvider.answer(reply.body)
    }
    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        await base.check(order, asking: wire)
    }
}
