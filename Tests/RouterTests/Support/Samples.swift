import Router
import RouterTestKit
import Testing

/// Ready-made values of the core's types.
///
/// Every argument that a test does not care about has a default here.
enum Sample {
    static let app = AppID(known: "app_01JD3K0000AAAAAAAAAAAAAAAA")
    static let otherApp = AppID(known: "app_01JD3K0000BBBBBBBBBBBBBBBB")
    static let paymentID = OrderID(known: "pay_01JD3K0000PPPPPPPPPPPPPPPP")
    static let movementID = MovementID(known: "mov_01JD3K0000MMMMMMMMMMMMMMMM")
    static let requestID = RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR")

    static func attemptID(_ number: Int) -> AttemptID {
        AttemptID(known: "att_01JD3K0000" + String(repeating: "A", count: 14) + String(10 + number))
    }

    static func contract(
        key: ProviderContract.KeyBehaviour = .none, keyWindow: Int64 = 0,
        check: ProviderContract.CheckAbility = .byOurReference, absence: Bool = true, visibilityLag: Int64 = 30,
        serverLife: Int64 = 300, absenceSpan: Int64 = 600, promptLifetime: Int64 = 120, quarantine: Int64 = 0,
        authenticationFirst: Bool = true, throttlingFirst: Bool = true, promptsAgain: Bool = false,
        callback: ProviderContract.CallbackTrust = .signed, checksPerSecond: Double = 10,
        ladder: CheckLadder = CheckLadder(stepsMilliseconds: [5_000, 15_000], thenEveryMilliseconds: 60_000),
        reviewAfter: Int64 = 3_600
    ) -> ProviderContract {
        ProviderContract(
            key: key, keyWindowSeconds: keyWindow, check: check, absenceIsAuthoritative: absence,
            visibilityLagSeconds: visibilityLag, maximumServerLifeSeconds: serverLife, absenceSpanSeconds: absenceSpan,
            promptLifetimeSeconds: promptLifetime, failureQuarantineSeconds: quarantine,
            authenticationPrecedesExecution: authenticationFirst, throttlingPrecedesExecution: throttlingFirst,
            resendPromptsPayerAgain: promptsAgain, callback: callback, checksPerSecond: checksPerSecond,
            checkLadder: ladder, reviewAfterSeconds: reviewAfter)
    }

    static func manifest(
        channels: [PaymentChannel] = ["tmoney"],
        currencies: [ProviderManifest.CurrencyLimits] = [.init(.xof, minimum: 100, maximum: 2_000_000)],
        phoneCountries: [String] = [], requires: Set<ProviderManifest.Requirement> = [],
        contract: ProviderContract = contract(), mayReuseConnections: Bool = false, account: String = "test-account",
        operatorReferencesAreUnique: Bool = false
    ) -> ProviderManifest {
        ProviderManifest(
            kind: "test", channels: channels, currencies: currencies, phoneCountries: phoneCountries,
            requires: requires, payerActions: [.wait], referenceShape: .uuid, contract: contract,
            mayReuseConnections: mayReuseConnections, account: account,
            operatorReferencesAreUnique: operatorReferencesAreUnique)
    }

    static func request(
        _ amount: Money = Money(5_000, .xof), channels: [PaymentChannel] = [], expires: Int64 = 900
    ) -> OrderRequest {
        OrderRequest(amount: amount, channels: channels, expiresInSeconds: expires)
    }

    static func order(
        _ request: OrderRequest = request(), plan: [Candidate] = [Candidate(provider: "alpha", channel: "tmoney")],
        at now: Moment = .start
    ) -> Order {
        Order(
            id: paymentID, app: app, environment: .sandbox, request: request, idempotencyKey: "order-1",
            requestID: requestID, createdAt: now, plan: plan, explanation: .null,
            movement: movementID)
    }

    /// An attempt brought into a state by legal inputs, with one transmission where the state needs one.
    static func attempt(
        _ state: AttemptState = .prepared, number: Int = 1, provider: ProviderID = "alpha",
        refusal: RefusalReason? = nil, at now: Moment = .start
    ) -> Attempt {
        var attempt = Attempt(
            id: attemptID(number), of: order(at: now), ordinal: number, provider: provider, channel: "tmoney",
            scope: "", reference: "reference-\(number)", epoch: 1, at: now)
        attempt.request = WireRequest(.post, "https://operator.example/pay", body: Array("bytes".utf8))
        for input in path(to: state) {
            if input == .sendOpened { attempt.transmissions.append(transmission(at: now)) }
            _ = attempt.apply(input, at: now)
        }
        if state != .sending {
            for index in attempt.transmissions.indices { attempt.transmissions[index].endedAt = now }
        }
        if state == .unknown || state == .pending { attempt.openSince = now }
        attempt.refusal = refusal.map { Refusal($0) }
        return attempt
    }

    static func transmission(_ ordinal: Int = 1, at now: Moment = .start) -> Transmission {
        Transmission(
            ordinal: ordinal, sendNotAfter: now.adding(seconds: 10), timeoutMilliseconds: 30_000, startedAt: now)
    }

    /// Inputs that bring a fresh attempt into a state.
    static func path(to state: AttemptState) -> [AttemptInput] {
        switch state {
        case .prepared: []
        case .withdrawn: [.withdraw]
        case .sending: [.sendOpened]
        case .notSent: [.sendOpened, .gateStayedShut]
        case .rejected: [.sendOpened, .refused]
        case .pending: [.sendOpened, .inProgress]
        case .succeeded: [.sendOpened, .executed]
        case .unknown: [.sendOpened, .outcomeLost]
        case .notExecuted: [.sendOpened, .outcomeLost, .absenceConcluded]
        case .voided: [.sendOpened, .inProgress, .voided]
        case .conflict: [.sendOpened, .mismatched]
        }
    }

    static func dataKeys(_ byte: UInt8 = 1) throws -> DataKeys { .derived(from: try masterKey(byte)) }

    static func masterKey(_ byte: UInt8 = 1) throws -> MasterKey {
        try #require(MasterKey(bytes: Array(repeating: byte, count: 32)))
    }

    /// A number; one of Togo with a prefix given to nobody is as an older plan took it.
    static func phone(_ text: String = "+228 90 11 22 33") throws -> MSISDN {
        guard ["94", "95", "74", "80"].contains(where: { text.hasPrefix("+228" + $0) }) else {
            return try MSISDN(parsing: text)
        }
        return MSISDN(callingCode: "228", countryCode: "TG", national: String(text.dropFirst(4)))
    }
}
