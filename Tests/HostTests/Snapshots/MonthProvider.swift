import Router
import RouterTestKit
import Synchronization

/// An operator's translator for a simulated month: every operation, JSON both ways.
struct MonthProvider: Collecting, Capturing, Voiding, Refunding, PayingOut, Checking, ReceivingCallbacks {
    let name: String
    let channel: PaymentChannel
    let currency: Currency

    private static let contract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .byOurReference, absenceIsAuthoritative: true, visibilityLagSeconds: 1,
        maximumServerLifeSeconds: 30, absenceSpanSeconds: 5, promptLifetimeSeconds: 30, failureQuarantineSeconds: 0,
        authenticationPrecedesExecution: true, throttlingPrecedesExecution: true, resendPromptsPayerAgain: false,
        callback: .signed, checksPerSecond: 50,
        checkLadder: CheckLadder(stepsMilliseconds: [5_000, 30_000], thenEveryMilliseconds: 600_000),
        reviewAfterSeconds: 3_600)

    var manifest: ProviderManifest {
        let currencies: [ProviderManifest.CurrencyLimits] = [.init(currency, minimum: 1, maximum: 10_000_000)]
        return ProviderManifest(
            kind: "month", channels: [channel], currencies: currencies, payerActions: [.wait], referenceShape: .uuid,
            contract: Self.contract, mayReuseConnections: false,
            payout: PayoutFacts(channels: [channel], currencies: currencies, contract: Self.contract),
            refund: RefundFacts(allowsPartial: true, allowsSeveral: true, contract: Self.contract),
            authorization: AuthorizationFacts(
                lifetimeSeconds: 3_600, allowsPartialCapture: true, contract: Self.contract),
            account: name, operatorReferencesAreUnique: false)
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { request }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .offline }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        .request(request(order.capturesLater ? "hold" : "pay", order.reference, order.amount))
    }

    func prepareCapture(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest { request("capture", order.reference, order.amount) }

    func prepareVoid(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest { request("void", order.reference, order.amount) }

    func prepareRefund(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest { request("refund", order.reference, order.amount) }

    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest { request("payout", order.reference, order.amount) }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { Self.outcome(reply.body) }
    func readCapture(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome { Self.outcome(reply.body) }
    func readVoid(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome { Self.outcome(reply.body) }
    func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome { Self.outcome(reply.body) }
    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome { Self.outcome(reply.body) }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        let reply = try? await wire.ask(WireRequest(.get, "https://\(name).example/status/\(order.reference)"))
        guard let reply else { return .couldNotAnswer("no reply") }
        return reply.status == 404 ? .absent : .found(Self.outcome(reply.body))
    }

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        let reference = (try? StrictJSON.parse(callback.body))?["reference"]?.stringValue
        return .about(
            CallbackFact(
                about: .reference(reference ?? ""), claim: Self.outcome(callback.body), proof: .signature))
    }

    private func request(_ path: String, _ reference: String, _ amount: Money) -> MoneyRequest {
        let body: JSONValue = [
            "reference": .string(reference), "amount": JSONValue(amount.minorUnits),
            "currency": .string(amount.currency.code),
        ]
        return MoneyRequest(WireRequest(.post, "https://\(name).example/\(path)", body: body.serialized()))
    }

    private static func outcome(_ body: [UInt8]) -> ProviderOutcome {
        guard let value = try? StrictJSON.parse(body) else { return .unknown(Doubt(.unreadable)) }
        switch value["result"] {
        case "executed":
            return .succeeded(
                ReportedTransaction(
                    reference: value["reference"]?.stringValue, of: StatedAmount(value["amount"]),
                    value["currency"]?.stringValue.flatMap { Currency(code: $0) },
                    operatorReference: value["id"]?.stringValue))
        case "refused": return .rejected(Refusal(.declined, isDefinitive: true))
        default: return .unknown(Doubt(.unlisted))
        }
    }
}

/// The operators of a simulated month: a seed decides what becomes of each request.
final class MonthWire: Transport {
    private struct State {
        var random: Seeded
        /// What an operator says of a reference.
        var books: [String: JSONValue] = [:]
        var refused: [(host: String, body: JSONValue)] = []
        var last = 0
    }

    private let stage: Stage
    private let state: Mutex<State>

    init(_ stage: Stage, seed: UInt64) {
        self.stage = stage
        state = Mutex(State(random: Seeded(seed)))
    }

    /// Payments that were refused, each of them handed out once.
    func takeRefused() -> [(host: String, body: JSONValue)] {
        state.withLock { state in
            defer { state.refused = [] }
            return state.refused
        }
    }

    func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
        await stage.sleep(milliseconds: 40)
        let body = (try? StrictJSON.parse(request.body)) ?? .null
        let roll = state.withLock { Int.random(in: 0..<20, using: &$0.random) }
        guard roll != 0 else {
            terms.gate.shut()
            return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.connect)))
        }
        guard terms.gate.tryOpen() else {
            return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.gateRefused)))
        }
        await stage.sleep(milliseconds: 60)
        let reference = body["reference"]?.stringValue ?? ""
        // Two are lost on the way there, two on the way back, three are refused, one is executed with another amount.
        let isLost = (1...4).contains(roll)
        if !(1...2).contains(roll) { keep(body, reference, roll, request) }
        if isLost { return TransmissionReport(gateOpened: true, result: .failure(TransportFailure(.timeout))) }
        return TransmissionReport(gateOpened: true, result: .success(status(reference)))
    }

    private func keep(_ body: JSONValue, _ reference: String, _ roll: Int, _ request: WireRequest) {
        state.withLock { state in
            state.last += 1
            var answer = JSONObject([
                .init("result", (5...7).contains(roll) ? "refused" : "executed"),
                .init("reference", .string(reference)), .init("currency", body["currency"] ?? .null),
                .init("id", .string("op-\(state.last)")),
            ])
            let asked = body["amount"]?.integerValue ?? 0
            let isPayment = request.url.hasSuffix("/pay")
            answer["amount"] = JSONValue(roll == 8 && isPayment ? asked + 1 : asked)
            state.books[reference] = .object(answer)
            guard (5...7).contains(roll), isPayment else { return }
            let host = String(request.url.split(separator: "/")[1].prefix { $0 != "." })
            answer["result"] = "executed"
            state.refused.append((host, .object(answer)))
        }
    }

    private func status(_ reference: String) -> WireReply {
        guard let entry = state.withLock({ $0.books[reference] }) else { return WireReply(status: 404) }
        return WireReply(status: 200, body: entry.serialized())
    }

    func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
        await stage.sleep(milliseconds: 30)
        return .success(status(String(request.url.split(separator: "/").last ?? "")))
    }
}
