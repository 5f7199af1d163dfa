import Router
import WebText

/// One configured connection to the operator: money requests out, their replies in.
struct MTNMoMoProvider: Collecting, PayingOut, Refunding, AccessTokenIssuing {
    let hosts: MTNMoMoHosts
    let target: String
    let collection: MTNMoMoAccount
    let disbursement: MTNMoMoAccount?
    let refundPath: String
    let sendsCallbackURL: Bool
    let looksUpNames: Bool
    let manifest: ProviderManifest

    static let collectPath = "/collection/v1_0/requesttopay"
    static let payoutPath = "/disbursement/v1_0/transfer"

    /// The facts; payouts and refunds need the disbursement product.
    static func manifest(
        _ currency: ProviderManifest.CurrencyLimits, _ countries: [String], account: String, payoutAccount: String?,
        partialRefunds: Bool
    ) -> ProviderManifest {
        var collecting = ProviderManifest(
            kind: MTNMoMoKind.name, channels: ["mtn-momo"], channelNames: ["mtn-momo": "MTN MoMo"],
            currencies: [currency], phoneCountries: countries,
            requires: [.phone], payerActions: [.approveOnPhone], referenceShape: .uuid,
            contract: contract(promptLifetimeSeconds: 300), mayReuseConnections: false, unverified: unverified,
            account: account, payoutAccount: payoutAccount, operatorReferencesAreUnique: false)
        // Notes have at most 160 characters (docs/protocols/mtn-momo.md, 3).
        collecting.description = DescriptionFacts(limit: 160)
        guard payoutAccount != nil else { return collecting }
        let contract = contract(promptLifetimeSeconds: 0)
        var manifest = collecting.payingOut(contract)
        manifest.refund = RefundFacts(
            allowsPartial: partialRefunds, allowsSeveral: partialRefunds, contract: contract)
        return manifest
    }

    /// Proven by the operator's page "Common Error Codes": an unknown reference (404) means that the request did not
    /// succeed.
    ///
    /// The page also says that a reused reference is refused with 409, but not for how long it is remembered; a key
    /// without a window protects nothing, so it counts as none.
    private static func contract(promptLifetimeSeconds: Int64) -> ProviderContract {
        var contract = ProviderContract.unproven(
            check: .byOurReference, promptLifetimeSeconds: promptLifetimeSeconds, resendPromptsPayerAgain: false,
            checksPerSecond: 5,
            checkLadder: CheckLadder(
                seconds: Array(repeating: 10, count: 12) + Array(repeating: 30, count: 16)
                    + Array(repeating: 300, count: 10)),
            reviewAfterSeconds: 3_600)
        contract.absenceIsAuthoritative = true
        return contract
    }

    private static let unverified = [
        "how long a reference is remembered", "the answers of the production hosts", "the form of refunds",
        "whether a refund may be partial", "the spelling of amounts with decimals", "amount limits",
        "callbacks: method, addresses", "what an inactive number answers", "hosts and logins of the newer platform",
    ]

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .offline }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let payer = Self.party(order.customer)
        return .request(
            request(
                Self.collectPath, order.reference, order.amount, order.text, order.callbackURL,
                more: [.init("payer", payer)]))
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        Self.accepted(reply, prompts: true)
    }

    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try manifest.admit(order)
        return request(
            Self.payoutPath, order.reference, order.amount, order.text, order.callbackURL,
            more: [.init("payee", Self.party(order.customer))])
    }

    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
        Self.accepted(reply, prompts: false)
    }

    func prepareRefund(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try manifest.admit(order)
        return request(
            refundPath, order.reference, order.amount, order.text, order.callbackURL,
            more: [.init("referenceIdToRefund", .string(order.original.reference))])
    }

    func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        Self.accepted(reply, prompts: false)
    }

    private static func accepted(_ reply: WireReply, prompts: Bool) -> ProviderOutcome {
        let body = reply.object
        guard reply.content.isEmpty || body != nil else { return .unknown(Doubt(.unreadable)) }
        return reply.arrived(
            MTNMoMoCodes.accepted(reply.status, code: body?["code"]?.statedCode, prompts: prompts))
    }

    private func request(
        _ path: String, _ reference: String, _ amount: Money, _ text: String, _ callbackURL: String,
        more: [JSONObject.Member]
    ) -> MoneyRequest {
        let note = JSONValue.string(Self.note(text))
        let body = JSONObject(
            [
                .init("amount", .string(amount.decimalText)), .init("currency", .string(amount.currency.code)),
                .init("externalId", .string(reference)),
            ] + more + [.init("payerMessage", note), .init("payeeNote", note)])
        var headers: [WireRequest.Header] = [
            .init("Content-Type", "application/json"), .init("X-Reference-Id", reference),
            .init("X-Target-Environment", target),
        ]
        if sendsCallbackURL { headers.append(.init("X-Callback-Url", callbackURL)) }
        return MoneyRequest(
            WireRequest(.post, hosts.url(path), headers: headers, body: JSONValue.object(body).serialized()))
    }

    private static func party(_ customer: Customer) -> JSONValue {
        ["partyIdType": "MSISDN", "partyId": .string(customer.phone?.international ?? "")]
    }

    /// Letters, digits and single spaces: anything else in a note makes the operator refuse the request.
    static func note(_ text: String) -> String {
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "Payment" : String(words.joined(separator: " ").prefix(160))
    }

    /// Each product has a login of its own.
    func login(for request: WireRequest) -> LoginName {
        request.url.hasPrefix(hosts.disbursement + "/disbursement/") ? "disbursement" : "collection"
    }

    func login(for operation: MoneyOperation) -> LoginName {
        [.collect, .authorize].contains(operation) ? "collection" : "disbursement"
    }

    private func account(_ login: LoginName) -> MTNMoMoAccount {
        login == "disbursement" ? disbursement ?? collection : collection
    }

    func loginRequest(_ login: LoginName) -> WireRequest {
        let account = account(login)
        let pair = Base64.encode(Array((account.user + ":" + account.key.reveal()).utf8))
        return WireRequest(
            .post, hosts.url(login == "disbursement" ? "/disbursement/token/" : "/collection/token/"),
            headers: [
                // As the portal shows them: the operator's newer platform refuses a pair that was URL-encoded first.
                .init("Authorization", "Basic " + pair),
                // Optional on the older platform, required on the newer one.
                .init("X-Target-Environment", target),
                .init("Ocp-Apim-Subscription-Key", account.subscription.reveal()),
            ])
    }

    func readLogin(_ reply: WireReply) -> LoginResult {
        if reply.refusesCredentials { return .refused(providerCode: reply.code) }
        guard reply.isSuccess, let body = reply.object,
            let token = AccessToken.usable(body["access_token"]?.stringValue),
            let lifetime = body["expires_in"]?.integerValue, lifetime > 0
        else { return .unreadable }
        return .token(token, lifetimeSeconds: min(lifetime, 86_400))
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        let request = context.token.map { request.with("Authorization", "Bearer \($0)") } ?? request
        return request.with("Ocp-Apim-Subscription-Key", account(login(for: request)).subscription.reveal())
    }
}
