import Router
import Testing

@testable import Host

/// What the document says of refusals, compared with what commands can be refused for.
@Suite("Described refusals")
struct DocsRefusalTests {
    private static let now = Moment(milliseconds: 1_764_000_000_000)
    private static let wallet = WalletID(at: now, from: SystemRandom())
    private static let xof = Money(5_000, Currency(code: "XOF") ?? Currency.all[0])

    private static func order(_ kind: OrderKind) -> OrderAggregate {
        OrderAggregate(
            accepting: Order(
                id: OrderID(kind, at: now, from: SystemRandom()), app: AppID(at: now, from: SystemRandom()),
                environment: .sandbox, request: OrderRequest(amount: xof, customer: Customer()),
                idempotencyKey: "key", requestID: RequestID(at: now, from: SystemRandom()), createdAt: now, plan: [],
                explanation: .null))
    }

    /// The calls that can be refused for a reason, each of which has to stand here.
    private static func calls(refusedFor refusal: FollowUpRefusal) -> [String] {
        switch refusal {
        case .wrongState, .exceeds, .notSupported: ["createRefund", "capturePayment"]
        case .notAccepted, .decidedAlready: ["capturePayment"]
        case .providerMissing, .belongsToTransfer: ["createRefund", "capturePayment", "cancelPayment"]
        case .descriptionTooLong, .tooLate, .belongsToHolder, .ledger, .notNow: ["createRefund"]
        }
    }

    private static let refusals: [FollowUpRefusal] =
        [
            .wrongState, .notAccepted, .decidedAlready, .exceeds(xof), .notSupported("x"), .descriptionTooLong(9),
            .providerMissing("gone"), .tooLate, .belongsToTransfer(OrderID(.transfer, at: now, from: SystemRandom())),
            .belongsToHolder(wallet), .notNow("x"),
        ] + [LedgerRefusal.Reason.insufficient, .frozen, .closed].map { .ledger(LedgerRefusal(.wallet(wallet), $0)) }

    private func told(_ call: String) async throws -> [String] {
        let document = try await ServedDocs().document()
        let operations = (document["paths"]?.objectValue?.members ?? []).flatMap { $0.value.objectValue?.members ?? [] }
        let found = operations.first { $0.value["operationId"]?.stringValue == call }
        return try #require(found, "\(call)").value["x-problems"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    private func reason(_ result: Engine.CommandResult, _ places: RefusalPlaces = .payment) -> String? {
        let answers = CommandAnswers(
            view: OrderView(publicURL: "", pages: HostedPages(.fresh(MasterKey.random().key))), places: places)
        do throws(Problem) { _ = try answers.outcome(result) } catch { return error.code.rawValue }
        return nil
    }

    @Test(arguments: refusals)
    func `calls about a payment tell for what they are refused`(refusal: FollowUpRefusal) async throws {
        let code = try #require(reason(.refused(Self.order(.payment), refusal)))
        for call in Self.calls(refusedFor: refusal) { #expect(try await told(call).contains(code), "\(call): \(code)") }
    }

    @Test(arguments: [
        ("createPayment", OrderKind.payment), ("createPayout", .payout), ("createTransfer", .transfer),
    ])
    func `calls that create an order tell for what they are refused`(call: String, kind: OrderKind) async throws {
        let order = Self.order(kind).order
        var results: [Engine.CommandResult] = [
            .unavailable, .unknown, .possibleDuplicate(order, isRepeatable: true), .wrongRepeat(order),
        ]
        // Only payouts and transfers are listed after they failed.
        if kind != .payment { results.append(.tooManyAlike) }
        if kind == .transfer { results += [.recipientUnknown, .recipientUnverified("x")] }
        results += LedgerRefusal.Reason.allCases.map { .ledgerRefused(LedgerRefusal(.wallet(Self.wallet), $0)) }
        results += [
            LedgerAccount.provider("x"), .limit(of: order.app, .sandbox, kind, .amount),
            .limit(ofNumber: "x", .sandbox, kind, .count),
        ].map { .ledgerRefused(LedgerRefusal($0, .limit)) }
        results += [.missing, .belongsToHolder, .frozen, .closed, .itself].map {
            .walletRefused(WalletRefusal(Self.wallet, $0, isSource: true))
        }
        let told = try await told(call)
        for result in results {
            let code = try #require(reason(result))
            #expect(told.contains(code), "\(call): \(code)")
        }
    }

    /// What is refused of holders' orders once they are ready, by what they move.
    @Test(arguments: [
        ("createHolderTransfer", OrderKind.transfer, true), ("createCashOut", .payout, true),
        ("payBill", .payment, true), ("payFromHolderWallet", .payment, true), ("createTopUp", .payment, false),
    ])
    func `holders' calls tell for what they are refused`(call: String, kind: OrderKind, takes: Bool) async throws {
        let order = Self.order(kind).order
        var results: [Engine.CommandResult] = [
            .unavailable, .walletRefused(WalletRefusal(Self.wallet, .closed, isSource: false)),
            .ledgerRefused(LedgerRefusal(.wallet(Self.wallet), .closed)),
            .ledgerRefused(LedgerRefusal(.limit(of: order.app, .sandbox, kind, .amount), .limit)),
            .ledgerRefused(LedgerRefusal(.limit(ofNumber: "x", .sandbox, kind, .count), .limit)),
        ]
        if takes {
            results += LedgerRefusal.Reason.allCases.map { .ledgerRefused(LedgerRefusal(.wallet(Self.wallet), $0)) }
            results += [.missing, .frozen, .closed, .itself].map {
                .walletRefused(WalletRefusal(Self.wallet, $0, isSource: true))
            }
            results += [.missing, .expired, .used, .otherSubject, .wrong(left: 1)].map { .challengeRefused($0) }
        }
        if kind == .transfer {
            results += [
                .recipientUnknown, .recipientUnverified("x"), .tooManyAlike,
                .possibleDuplicate(order, isRepeatable: true),
            ]
        }
        if kind == .payment, takes { results += [.billRefused(.deleted), .billRefused(.paid(by: order.id))] }
        let told = try await told(call)
        for result in results {
            let code = try #require(reason(result))
            #expect(told.contains(code), "\(call): \(code)")
        }
        #expect(told.contains("code_required") == takes && told.contains("idempotency_key_required"))
    }

    @Test
    func `a quote tells what is refused of its body`() async throws {
        let told = try await told("createQuote")
        #expect(
            #expect(throws: Problem.self) { try RepeatedOrder.read("x", .transfer, reference: nil) }?.code
                == .invalidRepeat)
        #expect(told.contains("invalid_repeat"))
        for reason in [WalletRefusal.Reason.missing, .belongsToHolder] {
            let problem = LedgerAnswers.problem(WalletRefusal(Self.wallet, reason, isSource: true), .transfer)
            #expect(told.contains(problem.code.rawValue))
        }
    }
}
