import Router
import WebText

/// One configured connection to the operator: requests out, the debit's reply in.
struct TMoneyProvider: Collecting, AccessTokenIssuing {
    let username: String
    let password: Secret
    let loginURL: String
    let debitURL: String
    let statusURL: String
    let creditURL: String
    let creditStatusURL: String
    let legacy: TMoneyLegacyCredit?
    let addresses: Set<NetworkAddress>
    let idField: String
    let timeField: String
    let manifest: ProviderManifest

    /// The facts, whose payouts depend on how credits can be asked about.
    static func manifest(
        _ currency: ProviderManifest.CurrencyLimits, creditCheck: ProviderContract.CheckAbility,
        creditCallback: ProviderContract.CallbackTrust, debitCallback: ProviderContract.CallbackTrust, account: String
    ) -> ProviderManifest {
        var contract = contract
        contract.callback = debitCallback
        return ProviderManifest(
            kind: TMoneyKind.name, channels: ["tmoney"], channelNames: ["tmoney": "Mixx by Yas (T-Money)"],
            currencies: [currency], phoneCountries: ["TG"],
            requires: [.phone], payerActions: [.approveOnPhone], referenceShape: .uuid, contract: contract,
            mayReuseConnections: false, unverified: unverified, account: account, operatorReferencesAreUnique: false
        ).payingOut(payoutContract(creditCheck, creditCallback))
    }

    /// Nothing is proven: no document of the operator is public, and independent integrations prove nothing.
    private static let contract = ProviderContract.unproven(
        check: .byOurReference, promptLifetimeSeconds: 120, checksPerSecond: 5,
        checkLadder: CheckLadder(
            seconds: Array(repeating: 5, count: 6) + Array(repeating: 15, count: 8) + Array(repeating: 60, count: 10)
                + [120, 300, 600, 1_200, 1_200]),
        reviewAfterSeconds: 1_800)

    private static let unverified = [
        "hosts, paths and field spellings", "the code table and its types", "token lifetime", "prompt lifetime",
        "whether the status query lists a debit before the payer answers", "whether a repeated id is refused",
        "callback addresses and repetition", "amount limits", "credits: paths, codes, the form of the status query",
        "credits of the first version: values of `result`, whether they come in the reply or as a call back",
    ]

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .offline }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let body = body(
            order.reference, order.orderNumber, order.customer, order.amount, order.createdAt, order.text)
        return .request(MoneyRequest(.json(debitURL, body)))
    }

    /// Debits and credits carry the same fields; the shop's order number is the order, where it gave one.
    func body(
        _ reference: String, _ orderNumber: String?, _ customer: Customer, _ amount: Money, _ createdAt: Moment,
        _ text: String
    ) -> JSONValue {
        [
            idField: .string(reference), "numeroClient": .string(customer.phone?.international ?? ""),
            "montant": JSONValue(amount.minorUnits), "refCommande": .string(orderNumber ?? reference),
            timeField: .string(Self.time(createdAt)), "description": .string(text.isEmpty ? "Paiement" : text),
        ]
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        Self.read(reply, order.reference) { TMoneyCodes.debit($0, accepted: $1) }
    }

    /// Reads a reply to a debit or a credit: what the gateway says, and otherwise what the code table says.
    static func read(
        _ reply: WireReply, _ reference: String, _ table: (_ code: String, _ accepted: Bool) -> ProviderOutcome
    ) -> ProviderOutcome {
        guard reply.isSuccess || reply.isClientError, reply.status != 408 else { return reply.doubt(.operatorError) }
        guard let body = reply.object else {
            return reply.refusesOurCredentials
                ? reply.refusal(.credentialsRefused) : reply.arrived(.unknown(Doubt(.unreadable)))
        }
        guard names(reference, in: body) else {
            return reply.arrived(.unknown(Doubt(.unlisted, providerCode: "another idRequete")))
        }
        switch (body["fault"], body["code"]) {
        case (.object?, nil) where reply.isClientError:
            return TMoneyCodes.gatewayFault(status: reply.status, code: body["fault"]?["code"]?.codeText)
        case (nil, let code?):
            return reply.arrived(table(code.codeText ?? "", reply.isSuccess))
        case (nil, nil) where reply.refusesCredentials: return reply.refusal(.credentialsRefused)
        default: return reply.arrived(reply.doubt(.unlisted))
        }
    }

    /// Whether every request id in an answer is ours; an answer without one was bound by the call.
    static func names(_ reference: String, in body: JSONValue) -> Bool {
        ["idRequete", "idrequete"].allSatisfy { JSONValue.names(reference, body[$0]) }
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        if let legacy, request.url.hasPrefix(legacy.url + "?") { return legacy.sign(request) }
        return context.token.map { request.with("Authorization", "Bearer \($0)") } ?? request
    }

    func loginRequest(_ login: LoginName) -> WireRequest {
        .json(loginURL, ["nomUtilisateur": .string(username), "motDePasse": .string(password.reveal())])
    }

    func readLogin(_ reply: WireReply) -> LoginResult {
        if reply.refusesCredentials { return .refused(providerCode: reply.code) }
        guard reply.isSuccess || reply.isClientError, let body = reply.object,
            let code = (body["statut"]?["code"] ?? body["status"]?["code"])?.codeText
        else { return .unreadable }
        return TMoneyCodes.login(code, token: reply.isSuccess ? body["data"]?["token"]?.stringValue : nil)
    }

    /// `yyyy-MM-dd HH:mm:ss` in UTC, which is Togo's time.
    private static func time(_ moment: Moment) -> String {
        let characters = moment.description.utf8.prefix(19).map { $0 == UInt8(ascii: "T") ? UInt8(ascii: " ") : $0 }
        return String(decoding: characters, as: UTF8.self)
    }
}
