import Router
import WebText

/// One configured connection to the operator: requests out, replies in.
struct PayGateProvider: Collecting, PayingOut {
    let flow: PayGateKind.Flow
    let networks: [PayGateKind.Network]
    let token: Secret
    let payURL: String
    let statusURL: String
    let balanceURL: String
    let disburseURL: String
    let pageURL: String
    let manifest: ProviderManifest

    /// The facts of one flow.
    static func manifest(
        _ flow: PayGateKind.Flow, _ channels: [PaymentChannel], _ currency: ProviderManifest.CurrencyLimits,
        paysOut: Bool,
        account: String
    ) -> ProviderManifest {
        let collecting = ProviderManifest(
            kind: PayGateKind.name, channels: channels,
            channelNames: ["tmoney": "Mixx by Yas (T-Money)", "flooz": "Moov Money"], currencies: [currency],
            phoneCountries: ["TG"],
            requires: flow == .push ? [.phone] : [], payerActions: [flow == .push ? .approveOnPhone : .redirect],
            referenceShape: .uuid, contract: contract, mayReuseConnections: false, onePromptPerWallet: true,
            unverified: unverified, account: account, operatorReferencesAreUnique: false)
        return paysOut ? collecting.payingOut(payoutContract) : collecting
    }

    /// Nothing is proven: the operator's page could not be read, and there is no test system.
    private static let contract = ProviderContract.unproven(
        check: .byOurReference, promptLifetimeSeconds: 900, checksPerSecond: 2,
        checkLadder: CheckLadder(
            seconds: [20] + Array(repeating: 20, count: 9) + Array(repeating: 60, count: 12)
                + Array(repeating: 600, count: 6)),
        reviewAfterSeconds: 1_800)

    /// No key and no query: after an unclear answer only people can tell.
    private static let payoutContract = ProviderContract.unproven(
        check: .none, promptLifetimeSeconds: 0, resendPromptsPayerAgain: false, checksPerSecond: 1,
        checkLadder: CheckLadder(seconds: [60]), reviewAfterSeconds: 60)

    private static let unverified = [
        "everything: there is no test system", "the smallest amount", "how long a prompt or a page can be answered",
        "codes and timing of payouts", "what a repeated payout does",
        "which addresses may ask for payouts and balances",
        "callbacks: addresses, repetition", "when an unknown identifier proves anything",
    ]

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .offline }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let network = try network(order.channel)
        let text = order.text.isEmpty ? "Paiement" : order.text
        switch flow {
        case .push:
            let body: JSONValue = [
                "phone_number": .string(order.customer.phone?.national ?? ""),
                "amount": JSONValue(order.amount.minorUnits), "description": .string(text),
                "identifier": .string(order.reference), "network": .string(network.rawValue),
            ]
            return .request(MoneyRequest(.json(payURL, body)))
        case .page: return order.session([.redirect(url: page(order, network, text))])
        }
    }

    /// The page's address; it names no session, and opening it moves nothing.
    private func page(_ order: CollectInstruction, _ network: PayGateKind.Network, _ text: String) -> String {
        var fields = [
            ("token", token.reveal()), ("amount", String(order.amount.minorUnits)), ("description", text),
            ("identifier", order.reference), ("url", order.returnURLs.success ?? order.callbackURL + "/return"),
        ]
        // A number of another country is no wallet here; the payer types their own.
        if let phone = order.customer.phone, phone.countryCode == "TG" { fields.append(("phone", phone.national)) }
        fields.append(("network", network.rawValue))
        return pageURL + "?" + FormText.encoded(fields)
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        guard flow == .push else { return .unknown(Doubt(.unlisted)) }
        guard reply.isSuccess || reply.isClientError else { return reply.doubt(.operatorError) }
        guard let body = reply.object else {
            return reply.refusesOurCredentials
                ? reply.refusal(.credentialsRefused) : reply.arrived(.unknown(Doubt(.unreadable)))
        }
        guard body["error_code"] == nil, JSONValue.names(order.reference, body["identifier"]),
            let code = body["status"]?.codeText
        else {
            return reply.arrived(.unknown(Doubt(.unlisted, providerCode: body["error_code"]?.codeText ?? reply.code)))
        }
        return reply.arrived(
            PayGateCodes.registered(
                code, accepted: reply.isSuccess, operatorReference: body["tx_reference"]?.codeText))
    }

    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try manifest.admit(order)
        let body: JSONValue = [
            "phone_number": .string(order.customer.phone?.national ?? ""),
            "amount": JSONValue(order.amount.minorUnits),
            "reason": .string(order.text.isEmpty ? "Versement" : order.text),
            "reference": .string(order.reference), "network": .string(try network(order.channel).rawValue),
        ]
        return MoneyRequest(.json(disburseURL, body))
    }

    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
        guard reply.isSuccess || reply.isClientError else { return reply.doubt(.operatorError) }
        guard let body = reply.object else {
            return reply.refusesOurCredentials
                ? reply.refusal(.credentialsRefused) : reply.arrived(.unknown(Doubt(.unreadable)))
        }
        guard let code = (body["error_code"] ?? body["status"])?.codeText else {
            return reply.arrived(reply.doubt(.unlisted))
        }
        return reply.arrived(
            PayGateCodes.payout(code, status: reply.status, Self.statement(body, reference: "reference")))
    }

    /// What an answer states, compared later with what was asked.
    static func statement(_ body: JSONValue, reference: String) -> ReportedTransaction {
        ReportedTransaction(
            reference: body[reference]?.present.map { $0.stringValue ?? "" }, of: StatedAmount(body["amount"]),
            operatorReference: body["tx_reference"]?.codeText)
    }

    private func network(_ channel: PaymentChannel) throws(PreparationFailure) -> PayGateKind.Network {
        guard let network = networks.first(where: { $0.channel == channel }) else {
            throw .invalid("the channel \(channel.text) is not served here")
        }
        return network
    }

    /// The key travels in the body of every call, so it is put there at the last moment.
    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        request.method == .post ? request.with([.init("auth_token", .string(token.reveal()))]) : request
    }
}
