public import Router

/// A made-up operator that redeems paper vouchers: one POST with a voucher's number, one answer.
///
/// The smallest kind there can be: it collects with one request and can be asked afterwards.
public struct VoucherKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// The shop's number at the voucher office.
        public var shop: String
    }

    /// `voucher`.
    public static let name = "voucher"
    /// The shop's key.
    public static let secretNames = ["key"]

    /// Makes a provider.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        guard let base = setup.baseURL else {
            throw ProviderConfigurationError(pointer: "/base_url", "is required: the voucher office tells it")
        }
        return VoucherProvider(shop: settings.shop, key: setup.secrets["key"] ?? Secret(""), base: base)
    }
}

/// The translator.
struct VoucherProvider: Collecting, Checking {
    let shop: String
    let key: Secret
    let base: String

    var manifest: ProviderManifest {
        ProviderManifest(
            kind: VoucherKind.name, channels: ["voucher"],
            currencies: [.init(.eur, minimum: 100, maximum: 50_000)], requires: [.sourceToken],
            payerActions: [.wait], referenceShape: .hexadecimal(length: 32),
            contract: ProviderContract(
                key: .rejectsDuplicate, keyWindowSeconds: 86_400, check: .byOurReference,
                absenceIsAuthoritative: false, visibilityLagSeconds: 60, maximumServerLifeSeconds: 86_400,
                absenceSpanSeconds: 600, promptLifetimeSeconds: 60, failureQuarantineSeconds: 0,
                authenticationPrecedesExecution: true, throttlingPrecedesExecution: false,
                resendPromptsPayerAgain: false, callback: .none, checksPerSecond: 5, checkLadder: .standard,
                reviewAfterSeconds: 1_800),
            mayReuseConnections: false, account: shop, operatorReferencesAreUnique: false)
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        var request = request
        request.headers.append(.init("X-Shop-Key", key.reveal()))
        return request
    }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        .offline
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        guard let voucher = order.sourceToken else {
            throw PreparationFailure(Refusal(.invalidRequest), "a voucher number is needed")
        }
        let body: JSONValue = [
            "shop": .string(shop), "reference": .string(order.reference), "cents": JSONValue(order.amount.minorUnits),
            "voucher": .string(voucher.reveal()),
        ]
        return .request(
            MoneyRequest(
                WireRequest(
                    .post, base + "/redeem", headers: [.init("Content-Type", "application/json")],
                    body: body.serialized())))
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        guard reply.status == 200, let value = try? StrictJSON.parse(reply.body) else {
            return .unknown(Doubt(.unlisted))
        }
        return answer(value)
    }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        guard let reply = try? await wire.ask(WireRequest(.get, base + "/redemptions/" + order.reference)) else {
            return .couldNotAnswer("no answer")
        }
        guard let value = try? StrictJSON.parse(reply.body) else { return .couldNotAnswer("not readable") }
        if reply.status == 404, value["state"] == "unknown" { return .absent }
        guard reply.status == 200 else { return .couldNotAnswer("status \(reply.status)") }
        return .found(answer(value))
    }

    /// The office's whole table.
    private func answer(_ value: JSONValue) -> ProviderOutcome {
        switch value["state"]?.stringValue {
        case "redeemed":
            guard let reference = value["reference"]?.stringValue, let cents = value["cents"] else {
                return .unknown(Doubt(.unreadable))
            }
            return .succeeded(ReportedTransaction(reference: reference, of: StatedAmount(cents)))
        case "spent": return .rejected(Refusal(.tokenUnusable, providerCode: "spent"))
        case "queued": return .pending(Progress())
        default: return .unknown(Doubt(.unlisted))
        }
    }
}
