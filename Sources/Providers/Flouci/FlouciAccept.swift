import Router
import WebText

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

    static func manifest(_ currency: ProviderManifest.CurrencyLimits, account: String) -> ProviderManifest {
        ProviderManifest(
            kind: FlouciKind.name, channels: ["flouci-code"], channelNames: ["flouci-code": "Flouci"],
            currencies: [currency],
            payerActions: [.showQR, .enterCode], referenceShape: .uuid, contract: contract,
            mayReuseConnections: false, unverified: unverified, account: account, operatorReferencesAreUnique: false)
    }

    /// Nothing is proven: the operator documents no answer to bad keys, to a repetition, nor the status of a refusal.
    private static let contract = ProviderContract.unproven(
        check: .none, promptLifetimeSeconds: 300, checksPerSecond: 1, checkLadder: CheckLadder(seconds: [60]),
        reviewAfterSeconds: 60)

    private static let unverified = [
        "whether accept still answers", "the QR content the app reads", "lifetime and form of the code",
        "codes and statuses of a refusal", "answers to bad keys", "what a repeated accept does",
    ]

    /// Only a code without a payment id has to be exchanged for one.
    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        guard let confirmation, exchange != nil, confirmation.operatorPaymentID == nil,
            Self.code(confirmation.code.reveal()) != nil
        else { return .offline }
        return .asksOperator
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        guard
            let content = template.filled(
                amount: order.amount.minorUnits, reference: order.reference, description: order.text)
        else { throw .invalid("the QR content is longer than \(FlouciQRTemplate.maximumBytes) bytes") }
        return .input([.showQR(content: content), .enterCode(length: Self.codeLength)])
    }

    /// Nothing is sent before the confirmation, so there is no reply to read.
    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { .unknown(Doubt(.unlisted)) }

    func prepare(
        _ order: CollectInstruction, confirmedBy confirmation: Confirmation, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try manifest.admit(order)
        guard let code = Self.code(confirmation.code.reveal()) else {
            throw .invalid("the code must be \(Self.codeLength) digits, as the payer's app shows them")
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
        return MoneyRequest(.json(connection.root + Self.path, body), operatorReference: paymentID)
    }

    /// Digits of a code, as the app shows them.
    static let codeLength = 6

    /// Spaces and dashes that people type between digits go; whatever else is no code costs no try.
    private static func code(_ text: String) -> String? {
        let digits = text.filter { !$0.isWhitespace && $0 != "-" }
        return digits.consists(of: .digits, codeLength...codeLength) ? digits : nil
    }

    /// Surrounding white space goes, everything else stays as it was typed.
    private static func intake(_ text: String) -> String? {
        let start = text.drop { $0.isWhitespace }
        let trimmed = String(start.reversed().drop { $0.isWhitespace }.reversed())
        return trimmed.consists(of: .printable, 1...64) ? trimmed : nil
    }

    func readConfirmation(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        FlouciReplies.accept(reply, style: style)
    }

    /// The keys travel in the body of this call, so they are put there at the last moment.
    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        guard request.method == .post, request.url == connection.root + Self.path else { return request }
        let names = style == .y2021 ? ("app_token", "app_secret") : ("appToken", "appSecret")
        return request.with([
            .init(names.0, .string(connection.publicKey.reveal())),
            .init(names.1, .string(connection.privateKey.reveal())),
        ])
    }
}

/// The content of the accept flow's QR code: literal text and placeholders.
///
/// It holds no secret and proves nothing.
struct FlouciQRTemplate: Sendable {
    static let standard = "{checkout_url}?app={public_key}&amount={amount}&ref={reference}&desc={description}"
    static let maximumBytes = 1_000

    private enum Part: Sendable { case literal(String), amount, reference, description }
    private var parts: [Part] = []

    /// Reads a template; what is the same for every payment is filled in at once.
    init(_ template: String, checkoutURL: String?, publicKey: Secret) throws(ProviderConfigurationError) {
        var rest = template[...]
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            parts.append(.literal(String(rest[..<open])))
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
                throw .setting("qr_template", "a brace without its partner")
            }
            let name = String(rest[rest.index(after: open)..<close])
            switch name {
            case "checkout_url":
                guard let checkoutURL else {
                    throw .setting(
                        "checkout_url", "the QR template names {checkout_url}, so it is required")
                }
                parts.append(.literal(checkoutURL))
            case "public_key": parts.append(.literal(PercentText.encoded(publicKey.reveal())))
            case "amount": parts.append(.amount)
            case "reference": parts.append(.reference)
            case "description": parts.append(.description)
            default:
                throw .setting(
                    "qr_template",
                    "unknown placeholder {\(name)}; known: {checkout_url}, {public_key}, {amount}, {reference}, "
                        + "{description}")
            }
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.literal(String(rest)))
        try ProviderConfigurationError.require(
            filled(amount: 0, reference: "", description: "") != nil, "qr_template",
            "longer than \(Self.maximumBytes) bytes")
    }

    /// The content for one payment; `nil` if it is too long to be scanned well.
    func filled(amount: Int64, reference: String, description: String) -> String? {
        let text = parts.map { part in
            switch part {
            case .literal(let text): text
            case .amount: String(amount)
            case .reference: PercentText.encoded(reference)
            case .description: PercentText.encoded(description)
            }
        }.joined()
        return text.utf8.count <= Self.maximumBytes ? text : nil
    }
}

/// Asks the operator which payment a typed code belongs to, before the accept call.
///
/// The operator's form does this in the browser: it hands the code in and receives the payment's id. Its wire format is
/// not published (docs/protocols/flouci.md, 2.3), so all of it is set: path, fields, and where the id stands in the
/// answer. Nothing moves by it; only the accept call moves money.
struct FlouciCodeExchange: Sendable {
    private let url: String
    private let fields: [(name: String, template: String)]
    private let pointer: [String]

    private static let known = ["public_key", "code", "amount", "reference"]

    init(_ settings: FlouciKind.CodeRequest, _ setup: ProviderSetup, root: String) throws(ProviderConfigurationError) {
        url = try setup.path(settings.path, below: root, "code_request/path")
        fields = settings.fields.sorted { $0.key < $1.key }.map { (name: $0.key, template: $0.value) }
        for (name, template) in fields {
            var rest = template
            for known in Self.known { rest = rest.replacing("{\(known)}", with: "") }
            try ProviderConfigurationError.require(
                !rest.contains { "{}".contains($0) }, "code_request/fields/\(name)",
                "known placeholders: {public_key}, {code}, {amount}, {reference}")
        }
        try ProviderConfigurationError.require(
            fields.contains { $0.template.contains("{code}") }, "code_request/fields", "one field must carry {code}")
        pointer = settings.paymentID.split(separator: "/").map(String.init)
        try ProviderConfigurationError.require(
            settings.paymentID.hasPrefix("/") && !pointer.isEmpty && !settings.paymentID.contains("~"),
            "code_request/payment_id", "expected a JSON pointer such as /result/payment_id")
    }

    /// The id of the payment that the payer's app prepared.
    ///
    /// - Throws: ``RefusalReason/wrongCode`` if the operator answered and told none.
    func paymentID(
        of code: String, for order: CollectInstruction, publicKey: Secret, asking wire: any Asking
    ) async throws(PreparationFailure) -> String {
        let values = [
            "public_key": publicKey.reveal(), "code": code, "amount": String(order.amount.minorUnits),
            "reference": order.reference,
        ]
        let members = fields.map { name, template in
            JSONObject.Member(name, .string(Self.filled(template, values)))
        }
        let reply = try await wire.askToPrepare(.json(url, .object(JSONObject(members))))
        let body = reply.object
        if reply.isSuccess, let id = pointer.reduce(body, { $0?[$1] })?.nonEmptyCode { return id }
        switch reply.status {
        case 401, 403:
            throw PreparationFailure(Refusal(.credentialsRefused), "the code request was refused: \(reply.code)")
        case 200..<300 where body != nil, 400, 404, 409, 422:
            throw PreparationFailure(Refusal(.wrongCode), "the operator knows no payment with this code")
        default: throw .notSent("the code request got \(reply.code)")
        }
    }

    /// Fills placeholders in one pass, so that no value can pose as a placeholder.
    private static func filled(_ template: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open] + (values[String(rest[rest.index(after: open)..<close])] ?? "")
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
