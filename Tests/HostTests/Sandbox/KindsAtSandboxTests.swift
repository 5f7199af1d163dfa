import Providers
import Router
import RouterTestKit
import Sandbox
import Testing

/// Kinds and sandbox operators speak the same language, over sockets.
@Suite("Kinds at the sandbox operators")
struct KindsAtSandboxTests {
    private typealias Follower = Collecting & Checking & Refunding

    private func opened(_ prepared: Prepared) throws -> Session {
        guard case .session(let session) = prepared else { throw NoSession() }
        return session
    }

    private struct NoSession: Error {}

    private func sent(
        _ money: MoneyRequest, _ provider: any PaymentProvider, _ bench: SandboxBench
    ) async throws -> WireReply {
        try await bench.exchange(money.request, provider)
    }

    private static let cardSecrets = ["secret_key": "sk_test_sandbox", "webhook_secret": "whsec_sandbox"]

    @Test(arguments: ["payment_intents", "charges"])
    func `cards are held, captured in part, given back in parts, and released`(api: String) async throws {
        try await SandboxBench.run { bench in
            try bench.server.register(
                SandboxRegistration(
                    operator: .card, account: "sk_test_sandbox", callbackURL: "https://pay.example/x",
                    secret: "whsec_sandbox"))
            let provider: any Follower & Capturing & Voiding & ReceivingCallbacks = try bench.provider(
                "card", ["api": .string(api)], Self.cardSecrets)
            let wire = bench.wire(provider)
            func hold(_ reference: String) async throws -> (CollectInstruction, String?) {
                var order = bench.order(Money(5_000, .usd), "card", reference: reference, token: "tok_visa", held: true)
                guard case .request(let money) = try await provider.prepare(order, asking: wire) else {
                    throw NoSession()
                }
                order.operatorReference = money.operatorReference
                let answer = provider.read(try await sent(money, provider, bench), to: order)
                #expect(answer.succeededUnits == 5_000)
                #expect(await provider.check(.collect(order), asking: wire).answer?.succeededUnits == 5_000)
                return (order, answer.operatorReference)
            }
            let (order, id) = try await hold("hold-1")
            #expect(bench.books.isEmpty)
            let capture = bench.followUp(order, 2_000, reference: "capture-1", operatorReference: id)
            #expect(await provider.check(.capture(capture), asking: wire) == .absent)
            let captured = try await sent(try await provider.prepareCapture(capture, asking: wire), provider, bench)
            #expect(provider.readCapture(captured, to: capture).succeededUnits == 2_000)
            #expect(await provider.check(.capture(capture), asking: wire).answer?.succeededUnits == 2_000)
            for number in 1...2 {
                let refund = bench.followUp(
                    order, 700, reference: "refund-\(number)", operatorReference: id,
                    refunded: 700 * Int64(number - 1), of: 2_000)
                #expect(await provider.check(.refund(refund), asking: wire) == .absent)
                let reply = try await sent(try await provider.prepareRefund(refund, asking: wire), provider, bench)
                #expect(provider.readRefund(reply, to: refund).succeededUnits == 700)
                #expect(await provider.check(.refund(refund), asking: wire).answer?.succeededUnits == 700)
            }
            let tooMuch = bench.followUp(order, 700, reference: "refund-3", operatorReference: id, of: 2_000)
            let refused = try await sent(try await provider.prepareRefund(tooMuch, asking: wire), provider, bench)
            // A 400 without a code proves nothing; that nothing was given back, the list of refunds tells.
            try #require(
                provider.readRefund(refused, to: tooMuch).unknown != nil, "a 400 without a code passes for an answer")
            #expect(await provider.check(.refund(tooMuch), asking: wire) == .absent)
            let (second, held) = try await hold("hold-2")
            let release = bench.followUp(second, 5_000, reference: "release-1", operatorReference: held)
            let released = try await sent(try await provider.prepareVoid(release, asking: wire), provider, bench)
            try #require(provider.readVoid(released, to: release).succeeded != nil, "not released")
            let isCharge = api == "charges"
            #expect(
                bench.books == [
                    "collect 2000 USD \(isCharge ? "hold-1" : "capture-1")", "refund 700 USD refund-1",
                    "refund 700 USD refund-2",
                ])
            await bench.clock.drain()
            let now = Moment(milliseconds: bench.clock.now)
            let verdicts = bench.callbacks.map { provider.receive($0, now: now) }
            #expect(
                verdicts.contains { verdict in
                    guard case .about(let fact) = verdict else { return false }
                    return fact.about == .reference("refund-2") && fact.isAuthentic && fact.claim.succeededUnits == 700
                })
            #expect(
                verdicts.allSatisfy {
                    if case .refused = $0 { false } else { true }
                })
        }
    }

    @Test
    func `a refund that fails later is told, and a dispute is`() async throws {
        try await SandboxBench.run { bench in
            try bench.server.register(
                SandboxRegistration(
                    operator: .card, account: "sk_test_sandbox", callbackURL: "https://pay.example/x",
                    secret: "whsec_sandbox"))
            let provider: any Follower & ReceivingCallbacks = try bench.provider("card", [:], Self.cardSecrets)
            let wire = bench.wire(provider)
            for (token, reference) in [("tok_visa", "late"), ("tok_createDispute", "disputed")] {
                var order = bench.order(Money(5_000, .usd), "card", reference: reference, token: token)
                guard case .request(let money) = try await provider.prepare(order, asking: wire) else {
                    throw NoSession()
                }
                order.operatorReference = money.operatorReference
                let answer = provider.read(try await sent(money, provider, bench), to: order)
                #expect(answer.succeededUnits == 5_000)
                guard token == "tok_visa" else { continue }
                let refund = bench.followUp(
                    order, 1_030, reference: "refund", operatorReference: answer.operatorReference)
                let reply = try await sent(try await provider.prepareRefund(refund, asking: wire), provider, bench)
                #expect(provider.readRefund(reply, to: refund).succeededUnits == 1_030)
                await bench.clock.drain()
                let why = try #require(
                    await provider.check(.refund(refund), asking: wire).answer?.rejected,
                    "the late failure is not found")
                #expect(why.reason == .accountUnavailable)
            }
            await bench.clock.drain()
            let now = Moment(milliseconds: bench.clock.now)
            var kinds: [String] = []
            for callback in bench.callbacks {
                switch provider.receive(callback, now: now) {
                case .notice(let notice): kinds.append(notice.kind.rawValue)
                case .about(let fact):
                    if case .rejected = fact.claim, fact.about == .reference("refund") { kinds.append("late failure") }
                default: break
                }
            }
            #expect(kinds == ["late failure", "late failure", "dispute_opened"])
        }
    }

    private static let flouciSecrets = [
        "public_key": SandboxCredentials.flouciPublicKey, "private_key": SandboxCredentials.flouciPrivateKey,
    ]

    @Test
    func `Flouci holds, captures in part, gives back and releases`() async throws {
        try await SandboxBench.run { bench in
            let provider: any Follower & Capturing & Voiding = try bench.provider(
                "flouci", ["destinations": [["destination": "4711", "percent": "10"]]], Self.flouciSecrets)
            let wire = bench.wire(provider)
            func hold(_ reference: String) async throws -> (CollectInstruction, String) {
                var order = bench.order(Money(1_001, .tnd), "flouci", reference: reference, held: true)
                let session = try opened(try await provider.prepare(order, asking: wire))
                order.operatorReference = session.operatorReference
                try await bench.open(session, reference)
                await bench.clock.drain()
                #expect(await provider.check(.collect(order), asking: wire).answer?.succeededUnits == 1_001)
                return (order, try #require(session.operatorReference))
            }
            let (order, id) = try await hold("hold-1")
            #expect(bench.books.isEmpty)
            let capture = bench.followUp(order, 850, reference: "capture-1", operatorReference: id)
            #expect(await provider.check(.capture(capture), asking: wire) == .absent)
            let captured = try await sent(try await provider.prepareCapture(capture, asking: wire), provider, bench)
            #expect(provider.readCapture(captured, to: capture).succeededUnits == 850)
            #expect(await provider.check(.capture(capture), asking: wire).answer?.succeededUnits == 850)
            let refund = bench.followUp(order, 850, reference: "refund-1", operatorReference: id, of: 850)
            let given = try await sent(try await provider.prepareRefund(refund, asking: wire), provider, bench)
            #expect(provider.readRefund(given, to: refund).succeededUnits == 850)
            let again = try await sent(try await provider.prepareRefund(refund, asking: wire), provider, bench)
            try #require(provider.readRefund(again, to: refund).rejected != nil, "given back twice")
            let (second, held) = try await hold("hold-2")
            let release = bench.followUp(second, 1_001, reference: "release-1", operatorReference: held)
            let released = try await sent(try await provider.prepareVoid(release, asking: wire), provider, bench)
            try #require(provider.readVoid(released, to: release).succeeded != nil, "not released")
            #expect(bench.books == ["collect 850 TND hold-1", "refund 850 TND hold-1"])
        }
    }

    @Test
    func `Flouci's first version pays`() async throws {
        try await SandboxBench.run { bench in
            let provider: any Collecting & Checking = try bench.provider("flouci", ["version": 1], Self.flouciSecrets)
            let wire = bench.wire(provider)
            var order = bench.order(Money(1_001, .tnd), "flouci", reference: "first")
            let session = try opened(try await provider.prepare(order, asking: wire))
            order.operatorReference = session.operatorReference
            try await bench.open(session, order.reference)
            await bench.clock.drain()
            #expect(await provider.check(.collect(order), asking: wire).answer?.succeededUnits == 1_001)
        }
    }

    private static func ksherSettings(_ flow: String) -> JSONValue {
        ["flow": .string(flow), "partial_refunds": true, "webhook_url": "https://pay.example/callbacks/k"]
    }

    private static func rsaSettings(_ flow: String) -> JSONValue {
        [
            "appid": .string(SandboxCredentials.ksherAppID), "flow": .string(flow), "partial_refunds": true,
            "ksher_public_key": .string(SandboxCredentials.ksherOperatorKey),
        ]
    }

    @Test(arguments: ["ksher", "ksher-rsa"], ["redirect", "qr", "barcode"])
    func `Ksher takes money by page, QR code and barcode, and gives a part of it back`(
        kind: String, flow: String
    ) async throws {
        try await SandboxBench.run { bench in
            try bench.server.register(
                SandboxRegistration(
                    operator: .ksher, account: SandboxCredentials.ksherToken,
                    callbackURL: "https://pay.example/callbacks/k"))
            let provider: any Follower & ReceivingCallbacks & CredentialProbing = try bench.provider(
                kind, kind == "ksher" ? Self.ksherSettings(flow) : Self.rsaSettings(flow),
                kind == "ksher"
                    ? ["token": SandboxCredentials.ksherToken] : ["private_key": SandboxCredentials.ksherMerchantKey])
            let wire = bench.wire(provider)
            try #require(await provider.probe(asking: wire).accepted != nil, "the probe was not accepted")
            let reference = "0a1b2c3d4e5f4a6b8c7d9e0f1a2b3c4d"
            let order = bench.order(
                Money(10_001, .thb), "truemoney", reference: reference,
                token: flow == "barcode" ? "880000000001" : nil)
            switch try await provider.prepare(order, asking: wire) {
            case .session(let session):
                #expect(flow != "barcode" && session.actions.count == 1)
                try #require(await provider.check(.collect(order), asking: wire).answer?.pending != nil, "not open")
                try await bench.open(session, reference)
            case .request(let money):
                let reply = try await sent(money, provider, bench)
                #expect(provider.read(reply, to: order).succeededUnits == 10_001)
            case .input: Issue.record("nothing to type here")
            }
            await bench.clock.drain()
            #expect(await provider.check(.collect(order), asking: wire).answer?.succeededUnits == 10_001)
            let number = "ffffeeeedddd4ccc8bbbaaaa99998888"
            let refund = bench.followUp(order, 4_001, reference: number, operatorReference: reference)
            let reply = try await sent(try await provider.prepareRefund(refund, asking: wire), provider, bench)
            if kind == "ksher" {
                #expect(provider.readRefund(reply, to: refund).succeededUnits == 4_001)
            } else {
                try #require(provider.readRefund(reply, to: refund).pending != nil, "not accepted")
                #expect(await provider.check(.refund(refund), asking: wire).answer?.succeededUnits == 4_001)
            }
            #expect(bench.books == ["collect 10001 THB \(reference)", "refund 4001 THB \(number)"])
            await bench.clock.drain()
            let now = Moment(milliseconds: bench.clock.now)
            let facts = bench.callbacks.compactMap { callback -> CallbackFact? in
                guard case .about(let fact) = provider.receive(callback, now: now) else { return nil }
                return fact
            }
            #expect(!facts.isEmpty && facts.count == bench.callbacks.count)
            #expect(facts.allSatisfy { $0.about == .reference(reference) && $0.isAuthentic == (kind == "ksher-rsa") })
        }
    }

    @Test(arguments: ["ksher", "ksher-rsa"])
    func `wrong credentials open nothing at Ksher`(kind: String) async throws {
        try await SandboxBench.run { bench in
            var settings = (kind == "ksher" ? Self.ksherSettings("redirect") : Self.rsaSettings("redirect")).objectValue
            if kind == "ksher-rsa" { settings?["appid"] = "mch99999" }
            let provider: any Collecting = try bench.provider(
                kind, .object(try #require(settings)),
                kind == "ksher" ? ["token": "wrong"] : ["private_key": SandboxCredentials.ksherMerchantKey])
            let order = bench.order(Money(10_001, .thb), "truemoney", reference: "0a1b2c3d4e5f4a6b8c7d9e0f1a2b3c4d")
            await #expect(throws: PreparationFailure.self) {
                _ = try await provider.prepare(order, asking: bench.wire(provider))
            }
            await bench.clock.drain()
            #expect(bench.books.isEmpty)
        }
    }

    @Test
    func `TMoney Online: the browser posts the form, the operator notifies`() async throws {
        try await SandboxBench.run { bench in
            try bench.server.register(
                SandboxRegistration(
                    operator: .tmoneyOnline, account: SandboxCredentials.tmoneyOnlineMerchant,
                    callbackURL: "https://pay.example/callbacks/t"))
            let provider: any Collecting & ReceivingCallbacks & CredentialProbing = try bench.provider(
                "tmoney-online",
                [
                    "merchant_id": .string(SandboxCredentials.tmoneyOnlineMerchant), "brand": "Boutique Lomé",
                    "operator_addresses": ["127.0.0.1"],
                ], [:])
            for (amount, reference) in [(1_001, "paid"), (1_004, "refused")] as [(Int64, String)] {
                let order = bench.order(Money(amount, .xof), "tmoney-online", reference: reference)
                let session = try opened(try await provider.prepare(order, asking: bench.wire(provider)))
                guard case .submitForm(let url, let fields)? = session.actions.first else { throw NoSession() }
                #expect(try await bench.browse(url, fields).status == 200)
                #expect(try await bench.browse(url, fields).status == 200)
            }
            await bench.clock.drain()
            let now = Moment(milliseconds: bench.clock.now)
            let facts = bench.callbacks.compactMap { callback -> CallbackFact? in
                guard case .about(let fact) = provider.receive(callback, now: now) else { return nil }
                return fact
            }
            #expect(facts.map(\.about) == [.reference("paid"), .reference("refused")])
            #expect(facts.allSatisfy { $0.isAuthentic && $0.transactionID != nil })
            #expect(facts.first?.claim.succeededUnits == 1_001)
            #expect(
                facts.last?.claim
                    == .rejected(Refusal(.cancelledByPayer, providerCode: "CANCEL", isDefinitive: false)))
            #expect(bench.books == ["collect 1001 XOF paid"])
        }
    }
}
