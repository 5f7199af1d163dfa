import CurlTransport
import Foundation
import Logging
import Providers
import Router
import RouterTestKit
import Sandbox
import SandboxHosting
import Synchronization
import Testing

@testable import Host

/// Kinds and sandbox operators were written from the same documents by different readings: here they talk to each other,
/// money out and money back included.
@Suite("Kinds at their sandbox operators")
struct SandboxWireTests {
    @Test(arguments: [
        ("mtn-cm", "mtn-momo", "XAF", "237670000001", "pending"),
        ("tmoney-tg", "tmoney", "XOF", "22890000001", "succeeded"),
        ("paygate-tg", "flooz", "XOF", "22899000001", "succeeded"),
    ])
    func `a payout is asked for, and found`(
        id: String, channel: String, currency: String, phone: String, first: String
    ) async throws {
        try await HousedSandbox.run { house in
            let provider = try #require(house.provider(id) as? any PayingOut)
            let order = try house.payout(channel, currency, phone)
            let request = try await provider.preparePayout(order, asking: house.wire(provider)).request
            let reply = try await house.wire(provider).ask(request)
            let answer = provider.readPayout(reply, to: order)
            #expect(house.word(answer) == first, "\(answer)")
            if let provider = provider as? any Checking, provider.manifest.contract(for: .payout).check != .none {
                #expect(await house.end(provider, .payout(order)) == "succeeded")
            }
            #expect(house.server.movements.map(\.kind) == [.payout])
            #expect(house.server.movements.first?.amount == 5_000)
            #expect(house.server.movements.first?.reference == order.reference)
        }
    }

    @Test(arguments: [
        ("mtn-cm", "mtn-momo", "XAF", "237670000003", "float_exhausted"),
        ("tmoney-tg", "tmoney", "XOF", "22890000003", "unspecified"),
        ("paygate-tg", "flooz", "XOF", "22899000003", "unspecified"),
    ])
    func `a payout that fails is never taken for one that may have happened, or the other way round`(
        id: String, channel: String, currency: String, phone: String, reason: String
    ) async throws {
        try await HousedSandbox.run { house in
            let provider = try #require(house.provider(id) as? any PayingOut)
            let order = try house.payout(channel, currency, phone)
            let request = try await provider.preparePayout(order, asking: house.wire(provider)).request
            var answer = provider.readPayout(try await house.wire(provider).ask(request), to: order)
            if house.word(answer) == "pending", let checking = provider as? any Checking {
                answer = try #require(await house.found(checking, .payout(order)))
            }
            let refusal = try #require(answer.rejected, "\(answer)")
            #expect(refusal.reason.rawValue == reason && house.server.movements.isEmpty)
        }
    }

    @Test
    func `a collection is refunded, in part, and twice`() async throws {
        try await HousedSandbox.run { house in
            let provider = try #require(house.provider("mtn-cm") as? any Refunding & Collecting & Checking)
            let paid = try house.collection("mtn-momo", "XAF", "237670000001")
            let money = try #require(
                try await provider.prepare(paid, asking: house.wire(provider)).request, "no request")
            _ = try await house.wire(provider).ask(money.request)
            #expect(await house.end(provider, .collect(paid)) == "succeeded")
            for (number, given) in [(1, 0), (2, 2_000)] {
                let order = house.refund(of: paid, 2_000, given: Int64(given), number)
                let request = try await provider.prepareRefund(order, asking: house.wire(provider)).request
                let answer = provider.readRefund(try await house.wire(provider).ask(request), to: order)
                #expect(house.word(answer) == "pending")
                #expect(await house.end(provider, .refund(order)) == "succeeded")
            }
            #expect(house.server.movements.map(\.amount) == [5_000, 2_000, 2_000])
        }
    }

    @Test(
        arguments: [
            [:], ["index": "random"], ["iv": "random"], ["index": "random", "iv": "random"], ["mode": "api_key"],
            ["mode": "token_endpoint", "index_value": 1_050],
        ] as [JSONValue])
    func `every variant of the encrypted header opens the door`(authorization: JSONValue) async throws {
        try await HousedSandbox.run { house in
            let settings: JSONValue = [
                "username": "demo", "merchant_name": "B", "partner_number": .string(SandboxCredentials.floozPartner),
                "authorization": authorization,
            ]
            let kind = try #require(BuiltInKinds.all.first { $0.name == "flooz" })
            let secrets = [
                "merchant_key": SandboxCredentials.floozMerchantKey, "password": SandboxCredentials.floozPassword,
                "encryption_key": SandboxCredentials.floozEncryptionKey, "api_key": SandboxCredentials.floozAPIKey,
            ]
            let setup = ProviderSetup(
                id: "flooz-test", environment: .sandbox, baseURL: house.url + "/flooz",
                secrets: secrets.mapValues { Secret($0) })
            let provider = try #require(
                try kind.make(settings: settings, setup: setup) as? any Collecting & Checking)
            let order = try house.collection("flooz", "XOF", "22899000001")
            let money = try #require(
                try await provider.prepare(order, asking: house.wire(provider)).request, "no request")
            let answer = provider.read(try await house.wire(provider).ask(money.request), to: order)
            #expect(house.word(answer) == "pending", "\(answer)")
            #expect(await house.end(provider, .collect(order)) == "succeeded")
        }
    }

    @Test
    func `balances and numbers are told`() async throws {
        try await HousedSandbox.run { house in
            for id in ["mtn-cm", "paygate-tg", "card-main"] {
                let provider = try #require(house.provider(id) as? any BalanceReporting)
                let balances = try #require(
                    await provider.balances(asking: house.wire(provider)).known, "no balance of \(id)")
                #expect(!balances.isEmpty && balances.allSatisfy { $0.available.minorUnits > 0 })
            }
            let provider = try #require(house.provider("mtn-cm") as? any PartyLookup)
            let known = await provider.party(
                try MSISDN(parsing: "+237670000001"), on: "mtn-momo", asking: house.wire(provider))
            #expect(known == .customer(Party(isActive: true, name: "Sand Box")))
            let unknown = await provider.party(
                try MSISDN(parsing: "+237670000099"), on: "mtn-momo", asking: house.wire(provider))
            #expect(unknown == .notCustomer)
        }
    }
}

/// A running sandbox whose steps happen at once, with the providers of `providers.json` pointed at it.
struct HousedSandbox {
    /// Nothing waits: what is planned happens as soon as a thread is free.
    private struct ImpatientClock: SandboxClock {
        let now = SystemSandboxClock().now
        func schedule(at milliseconds: Int64, _ action: @escaping @Sendable () async -> Void) {
            Task { await action() }
        }
    }

    let server: SandboxServer
    let url: String
    let transport: CurlTransport
    let configuration: Configuration

    static func run(_ body: (HousedSandbox) async throws -> Void) async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try SandboxServer(
            SandboxConfiguration(port: 0, clock: ImpatientClock(), logger: logger, sendCallback: { _ in nil }))
        let running = Task { try await server.run() }
        let url = "http://127.0.0.1:\(try await server.waitUntilReady())"
        let transport = try CurlTransport()
        let file = try String(contentsOfFile: root + "/providers.json", encoding: .utf8)
        let configuration = try Configuration.load(
            Array(file.utf8), path: "providers.json",
            in: Configuration.Environment(
                kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]),
                sandbox: .builtIn, sandboxURL: { "\(url)/\($0)" }, sandboxOnly: true))
        let house = HousedSandbox(server: server, url: url, transport: transport, configuration: configuration)
        let result = await Result { try await body(house) }
        running.cancel()
        _ = await running.result
        await transport.shutdown(grace: .seconds(1))
        try result.get()
    }

    func provider(_ id: String) -> (any PaymentProvider)? {
        configuration.providers.first { $0.id.text == id }?.provider
    }

    func wire(_ provider: any PaymentProvider) -> SandboxWire {
        SandboxWire(provider: provider, transport: transport)
    }

    /// The kind of an answer, as a word.
    func word(_ answer: ProviderOutcome) -> String {
        switch answer {
        case .succeeded: "succeeded"
        case .pending: "pending"
        case .rejected: "rejected"
        case .unknown: "unknown"
        }
    }

    /// Asks until the end is known.
    func found(_ provider: any Checking, _ order: Instruction) async -> ProviderOutcome? {
        for _ in 0..<500 {
            guard case .found(let answer) = await provider.check(order, asking: wire(provider)) else { return nil }
            if word(answer) != "pending" { return answer }
        }
        return nil
    }

    func end(_ provider: any Checking, _ order: Instruction) async -> String? {
        await found(provider, order).map(word)
    }

    private static let createdAt = Moment(milliseconds: 1_795_253_405_678)
    private static let attempt = AttemptID(at: createdAt, from: SystemRandom())

    func collection(_ channel: String, _ currency: String, _ phone: String) throws -> CollectInstruction {
        CollectInstruction(
            attempt: Self.attempt, reference: UUID().uuidString.lowercased(), channel: PaymentChannel(channel),
            amount: Money(5_000, try #require(Currency(code: currency))),
            customer: Customer(phone: try MSISDN(parsing: phone)), text: "Panier", callbackURL: "http://127.0.0.1:1/cb",
            createdAt: Self.createdAt)
    }

    func payout(_ channel: String, _ currency: String, _ phone: String) throws -> PayoutInstruction {
        let order = try collection(channel, currency, phone)
        return PayoutInstruction(
            attempt: order.attempt, reference: order.reference, channel: order.channel, amount: order.amount,
            customer: order.customer, text: "Salaire", callbackURL: order.callbackURL, createdAt: order.createdAt)
    }

    func refund(of paid: CollectInstruction, _ units: Int64, given: Int64, _ number: Int) -> FollowUpInstruction {
        FollowUpInstruction(
            attempt: paid.attempt, reference: UUID().uuidString.lowercased(),
            amount: Money(units, paid.amount.currency),
            original: OriginalCollection(
                reference: paid.reference, operatorReference: nil, channel: paid.channel, amount: paid.amount,
                refundedMinorUnits: given, customer: paid.customer, createdAt: paid.createdAt),
            ordinal: number, text: "Retour", callbackURL: paid.callbackURL, createdAt: paid.createdAt)
    }
}

/// Logs in, authorizes and asks, as the core does.
struct SandboxWire: Asking {
    let provider: any PaymentProvider
    let transport: CurlTransport
    private static let sequence = Atomic<Int64>(1_795_253_405_678)

    init(provider: any PaymentProvider, transport: CurlTransport) {
        self.provider = provider
        self.transport = transport
    }

    func ask(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        var context = SigningContext(
            now: Moment(milliseconds: 1_795_253_405_678),
            sequence: Self.sequence.wrappingAdd(1, ordering: .relaxed).newValue, random: SystemRandom().next())
        if let provider = provider as? any AccessTokenIssuing {
            let login = provider.loginRequest(provider.login(for: request))
            switch provider.readLogin(try await exchange(login)) {
            case .token(let token, _): context.token = token
            case .refused(let code): throw .loginRefused(providerCode: code)
            case .unreadable: throw .loginUnreadable
            }
        }
        return try await exchange(provider.sign(request, context))
    }

    private func exchange(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        let terms = AskTerms(scope: ConnectionScope(owner: "test"))
        return try (await transport.ask(request, terms: terms)).mapError(AskFailure.wire).get()
    }
}

extension Result where Failure == any Error {
    /// The result of something asynchronous that may throw.
    init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
