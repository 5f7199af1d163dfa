import Providers
import Router
import RouterTestKit
import Sandbox
import Testing

/// Each payment bears a name that its operator gave it, over sockets.
@Suite("The operators' own references")
struct OperatorNamesAtSandboxTests {
    private struct NoSession: Error {}

    @Test
    func `TMoney Online's paymentref is kept, and a payment from another phone is told apart`() async throws {
        try await SandboxBench.run { bench in
            try bench.server.register(
                SandboxRegistration(
                    operator: .tmoneyOnline, account: SandboxCredentials.tmoneyOnlineMerchant,
                    callbackURL: "https://pay.example/callbacks/t"))
            let provider: any Collecting & ReceivingCallbacks = try bench.provider(
                "tmoney-online",
                [
                    "merchant_id": .string(SandboxCredentials.tmoneyOnlineMerchant), "brand": "Boutique",
                    "operator_addresses": ["127.0.0.1"],
                ], [:])
            let phone = try MSISDN(parsing: "+22890112233")
            for (amount, reference) in [(1_001, "own"), (1_027, "other")] as [(Int64, String)] {
                var order = bench.order(Money(amount, .xof), "tmoney-online", reference: reference)
                order.customer.phone = phone
                guard case .session(let session) = try await provider.prepare(order, asking: bench.wire(provider)),
                    case .submitForm(let url, let fields)? = session.actions.first
                else { throw NoSession() }
                #expect(session.operatorReference == nil)
                #expect(try await bench.browse(url, fields).status == 200)
            }
            await bench.clock.drain()
            let now = Moment(milliseconds: bench.clock.now)
            let facts = bench.callbacks.compactMap { callback -> CallbackFact? in
                guard case .about(let fact) = provider.receive(callback, now: now) else { return nil }
                return fact
            }
            #expect(facts.map(\.payer) == [phone.international, "22890009999"])
            let told = facts.map { $0.claim.operatorReference }
            #expect(told == bench.server.movements.map(\.operatorReference) && Set(told).count == 2)
        }
    }

    @Test
    func `Flouci's typed payment id is the reference, and is accepted once`() async throws {
        try await SandboxBench.run { bench in
            let provider: any Confirming & Collecting = try bench.provider(
                "flouci", ["flow": "accept", "checkout_url": "https://pay.example/flouci"],
                [
                    "public_key": SandboxCredentials.flouciPublicKey,
                    "private_key": SandboxCredentials.flouciPrivateKey,
                ])
            var answers: [ProviderOutcome] = []
            for reference in ["first", "second"] {
                let order = bench.order(Money(7_000, .tnd), "flouci-code", reference: reference)
                let money = try await provider.prepare(
                    order, confirmedBy: Confirmation(code: Secret("111111"), operatorPaymentID: "form-1"),
                    asking: bench.wire(provider))
                #expect(money.operatorReference == "form-1")
                answers.append(
                    provider.readConfirmation(try await bench.exchange(money.request, provider), to: order))
            }
            #expect(answers.first?.succeededUnits == 7_000)
            #expect(answers.last == .rejected(Refusal(.wrongCode, providerCode: "1")))
            #expect(bench.server.movements.map(\.operatorReference) == ["form-1"])
        }
    }

    @Test
    func `what Flooz accepted under one name has the receipt's name in the end`() async throws {
        try await SandboxBench.run { bench in
            let provider: any Collecting & Checking = try bench.provider(
                "flooz",
                [
                    "username": .string(SandboxCredentials.floozUser), "merchant_name": "Boutique",
                    "partner_number": .string(SandboxCredentials.floozPartner),
                ],
                [
                    "merchant_key": SandboxCredentials.floozMerchantKey, "password": SandboxCredentials.floozPassword,
                    "encryption_key": SandboxCredentials.floozEncryptionKey,
                ])
            var order = bench.order(Money(5_000, .xof), "flooz", reference: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d")
            order.customer.phone = try MSISDN(parsing: "+22899000001")
            guard case .request(let money) = try await provider.prepare(order, asking: bench.wire(provider)) else {
                throw NoSession()
            }
            let accepted = provider.read(try await bench.exchange(money.request, provider), to: order)
            let first = try #require(accepted.operatorReference)
            await bench.clock.drain()
            guard
                case .succeeded(let statement)? = await provider.check(
                    .collect(order), asking: bench.wire(provider)
                ).answer
            else { throw NoSession() }
            #expect(statement.acceptedAs == first && statement.operatorReference == "R" + first)
        }
    }
}
