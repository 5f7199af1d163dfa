import Router

/// The QR and code flow: the payer scans, the app shows six digits, our accept call moves the money.
///
/// The operator has no key and no status query for it, so an accept is sent once, ever.
struct FlouciAcceptProvider: Collecting, Confirming {
    let connection: FlouciConnection
    let style: FlouciKind.BodyStyle
    let template: FlouciQRTemplate
    let exchange: FlouciCodeExchange?
    let manifest: ProviderManifest

    private static let path = "/api/accept"

    init(
        connection: FlouciConnection, style: FlouciKind.BodyStyle, template: FlouciQRTemplate,
        exchange: FlouciCodeExchange?, limits: AmountRange
    ) {
        self.connection = connection
        self.style = style
        self.template = template
        self.exchange = exchange
        manifest = ProviderManifest(
            kind: FlouciKind.name, channels: ["flouci-code"],
            currencies: [.init(.tnd, minimum: limits.minimum, maximum: limits.maximum)],
            payerActions: ["show_qr", "enter_code"], referenceShape: .uuid, contract: Self.contract,
            mayReuseConnections: false, unverified: Self.unverified)
    }

    /// That 401 and 403 precede execution is our choice: the operator documents no answer to bad keys at all.
    private static let contract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .none, absenceIsAuthoritative: false, visibilityLagSeconds: 0,
        maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600, promptLifetimeSeconds: 300,
        failureQuarantineSeconds: 0, authenticationPrecedesExecution: true, throttlingPrecedesExecution: false,
        resendPromptsPayerAgain: true, callback: .none, checksPerSecond: 1, checkLadder: CheckLadder(seconds: [60]),
        reviewAfterSeconds: 60)

    private static let unverified = [
        "whether accept still answers", "the QR content the app reads", "lifetime and form of the code",
        "codes and statuses of a refusal", "answers to bad keys", "what a repeated accept does",
    ]

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        guard
            let content = template.filled(
                amount: order.amount.minorUnits, reference: order.reference, description: order.text)
        else { throw .invalid("the QR content is longer than \(FlouciQRTemplate.maximumBytes) bytes") }
        return .input([.showQR(content: content), .enterCode(length: 6)])
    }

    /// Nothing is sent before the confirmation, so there is no reply to read.
    func read(_ reply: WireReply, to order: CollectOrder) -> Answer { .unknown(Doubt(.unlisted)) }

    func prepare(
        _ order: CollectOrder, confirmedBy confirmation: Confirmation, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try manifest.admit(order)
        guard let code = Self.intake(confirmation.code.reveal()) else {
            throw .invalid("the code must be 1 to 64 printable ASCII characters")
        }
        var told = confirmation.operatorPaymentID
        if told == nil, let exchange {
            told = try await exchange.paymentID(
                of: code, for: order, publicKey: connection.publicKey, asking: wire)
        }
        guard let paymentID = told.flatMap(Self.intake) else {
            throw .invalid("\"operator_payment_id\" is required: the payment id that the operator's form supplies")
        }
        let body: JSONValue =
            switch style {
            case .y2021:
                [
                    "payment_id": .string(paymentID), "flouci_otp": .string(code),
                    "amount": .string(String(order.amount.minorUnits)),
                ]
            case .y2019: ["id": .string(paymentID), "code": .string(code)]
            }
        return MoneyRequest(
            WireRequest(
                .post, connection.root + Self.path,
                headers: [.init("Content-Type", "application/json"), .init("Accept", "application/json")],
                body: body.serialized()))
    }

    /// Surrounding white space goes, everything else stays as it was typed.
    private static func intake(_ text: String) -> String? {
        let isSpace = { (character: Character) in character.isWhitespace }
        let trimmed = text.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        guard (1...64).contains(trimmed.count), String(trimmed).utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            return nil
        }
        return String(trimmed)
    }

    func readConfirmation(_ reply: WireReply, to order: CollectOrder) -> Answer {
        FlouciReplies.accept(reply, style: style)
    }

    /// The keys travel in the body of this call, so they are put there at the last moment.
    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest {
        guard request.method == .post, request.url == connection.root + Self.path,
            let parsed = try? StrictJSON.parse(request.body), var body = parsed.objectValue
        else { return request }
        let names = style == .y2021 ? ("app_token", "app_secret") : ("appToken", "appSecret")
        body[names.0] = .string(connection.publicKey.reveal())
        body[names.1] = .string(connection.privateKey.reveal())
        var request = request
        request.body = JSONValue.object(body).serialized()
        return request
    }
}
