import Router

/// One configured connection to the operator.
struct FloozProvider: Collecting, Checking, ReceivingCallbacks {
    let merchantName: String?
    let partnerNumber: String
    let merchantKey: Secret
    let debitURL: String
    let verifyURL: String
    let amountForm: FloozKind.AmountForm
    let authorization: FloozAuthorization
    let manifest: ProviderManifest

    static func manifest(_ currency: ProviderManifest.CurrencyLimits, account: String) -> ProviderManifest {
        ProviderManifest(
            kind: FloozKind.name, channels: ["flooz"], channelNames: ["flooz": "Moov Money (Flooz)"],
            currencies: [currency], phoneCountries: ["TG"],
            requires: [.phone], payerActions: [.approveOnPhone], referenceShape: .uuid, contract: contract,
            // The operator may hold the connection while the customer answers.
            wireLimits: WireLimits(totalMilliseconds: 130_000, lowSpeedSeconds: 130), mayReuseConnections: false,
            onePromptPerWallet: true, unverified: unverified, account: account, operatorReferencesAreUnique: false)
    }

    /// Nothing is proven: no document of the operator is public, and independent integrations prove nothing.
    private static let contract = ProviderContract.unproven(
        check: .byOurReference, promptLifetimeSeconds: 900, checksPerSecond: 5,
        checkLadder: CheckLadder(
            seconds: Array(repeating: 5, count: 6) + Array(repeating: 15, count: 8) + Array(repeating: 60, count: 10)
                + [120, 300, 600, 1_200, 1_200]),
        reviewAfterSeconds: 1_800)

    private static let unverified = [
        "hosts and paths", "the recipe of the authorization header", "the form of amounts", "the code tables",
        "what a verification says before the end, and about an unknown reference", "prompt lifetime",
        "whether a repeated reference is refused", "callbacks: form, addresses, repetition", "amount limits",
    ]

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .offline }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let units = order.amount.minorUnits
        let body: JSONValue = [
            "msisdn": .string(order.customer.phone?.international ?? ""), "mrchrefid": .string(order.reference),
            "mrchname": JSONValue(order.shop.shown(merchantName)), "partnermsisdn": .string(partnerNumber),
            "amount": amountForm == .text ? .string(String(units)) : JSONValue(units),
        ]
        return .request(MoneyRequest(.json(debitURL, body.withoutNulls)))
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        guard reply.isSuccess || reply.isClientError, reply.status != 408 else { return reply.doubt(.operatorError) }
        guard let body = reply.object else {
            return reply.refusesOurCredentials
                ? reply.refusal(.credentialsRefused) : reply.arrived(.unknown(Doubt(.unreadable)))
        }
        guard let code = body["status"]?.codeText else {
            return reply.arrived(
                reply.refusesCredentials ? reply.refusal(.credentialsRefused) : reply.doubt(.unlisted))
        }
        return reply.arrived(
            FloozCodes.debit(code, accepted: reply.isSuccess, operatorReference: body["mrorrefid"]?.nonEmptyCode))
    }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        guard case .collect(let order) = order else { return .couldNotAnswer("only collections can be asked about") }
        let question: JSONValue = ["mrchrefid": .string(order.reference), "partnermsisdn": .string(partnerNumber)]
        return await wire.ask(.json(verifyURL, question)) { reply in
            // The status outside the details is about the question. An unknown reference has no documented answer.
            guard reply.isSuccess, let details = reply.object?["details"], case .object = details else {
                return .couldNotAnswer("\(reply.code) without details")
            }
            guard order.customer.isNamed(by: details["msisdn"], "TG") else {
                return .couldNotAnswer("the operator names another payer")
            }
            guard JSONValue.names(order.reference, details["mrchreference"]) else {
                return .couldNotAnswer("another reference")
            }
            return StatusCheckResult(FloozCodes.details(details))
        }
    }

    /// Nothing is signed, so a notification is only a reason to ask; JSON and forms are on record.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard callback.method == "POST", let reference = Self.reference(in: callback.body),
            (1...100).contains(reference.utf8.count)
        else { return .refused(.malformed) }
        return .hint(.reference(reference))
    }

    private static func reference(in body: [UInt8]) -> String? {
        if let parsed = try? StrictJSON.parse(body) { return parsed["mrchrefid"]?.stringValue }
        let text = String(validating: ByteOrderMark.skipped(in: body), as: UTF8.self) ?? ""
        let values = text.split(separator: "&").filter { $0.hasPrefix("mrchrefid=") }.map { $0.dropFirst(10) }
        // Our references have no character that a form encodes.
        guard values.count == 1, let value = values.first,
            value.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        return String(value)
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        let isDebit = request.url == debitURL
        let request = isDebit ? request.with([.init("key", .string(merchantKey.reveal()))]) : request
        return authorization.value(context).map { request.with("Authorization", $0) } ?? request
    }
}

/// The same connection where the operator hands out the header's value.
struct FloozTokenProvider: Collecting, Checking, ReceivingCallbacks, AccessTokenIssuing {
    let base: FloozProvider
    let tokenURL: String

    /// Lifetime assumed for a token, in seconds; no source states it.
    static let lifetimeSeconds: Int64 = 300

    var manifest: ProviderManifest { base.manifest }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .offline }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try await base.prepare(order, asking: wire)
    }
    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { base.read(reply, to: order) }
    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        await base.check(order, asking: wire)
    }
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict { base.receive(callback, now: now) }
    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { base.sign(request, context) }

    func loginRequest(_ login: LoginName) -> WireRequest {
        let fields = [
            ("index", String(base.authorization.indexValue)), ("username", base.authorization.username),
            ("password", base.authorization.password.reveal()),
        ]
        return .question(tokenURL, fields)
    }

    func readLogin(_ reply: WireReply) -> LoginResult {
        if reply.refusesCredentials { return .refused(providerCode: reply.code) }
        guard reply.isSuccess, let key = AccessToken.usable(reply.object?["key"]?.stringValue) else {
            return .unreadable
        }
        return .token(key, lifetimeSeconds: Self.lifetimeSeconds)
    }
}
