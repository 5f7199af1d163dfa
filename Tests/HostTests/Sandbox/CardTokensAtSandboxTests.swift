import Providers
import Router
import RouterTestKit
import Sandbox
import Testing

/// Cards typed into the sandbox operator's own field, and paid with the token that it gives.
@Suite("Card tokens at the sandbox operator")
struct CardTokensAtSandboxTests {
    private static let secrets = ["secret_key": "sk_test_sandbox", "webhook_secret": "whsec_sandbox"]

    private struct NoRequest: Error {}

    /// What the card field's page sends.
    private func typed(_ number: String, _ bench: SandboxBench) async throws -> String {
        let reply = try await bench.browse(
            "\(bench.url)/card/v1/tokens",
            [
                .init("key", SandboxCredentials.cardPublishableKey), .init("card[number]", number),
                .init("card[exp_month]", "12"), .init("card[exp_year]", "34"), .init("card[cvc]", "123"),
            ])
        return try #require(StrictJSON.parse(reply.body)["id"]?.stringValue)
    }

    private func begun(
        _ provider: any Collecting, _ bench: SandboxBench, _ reference: String, token: String
    ) async throws -> (CollectInstruction, MoneyRequest) {
        var order = bench.order(Money(5_000, .usd), "card", reference: reference, token: token)
        guard case .request(let money) = try await provider.prepare(order, asking: bench.wire(provider)) else {
            throw NoRequest()
        }
        order.operatorReference = money.operatorReference
        return (order, money)
    }

    @Test(arguments: ["payment_intents", "charges"])
    func `a typed card pays once`(api: String) async throws {
        try await SandboxBench.run { bench in
            let provider: any Collecting & Checking = try bench.provider("card", ["api": .string(api)], Self.secrets)
            let token = try await typed("4242424242424242", bench)
            let (order, money) = try await begun(provider, bench, "first", token: token)
            let answer = provider.read(try await bench.exchange(money.request, provider), to: order)
            #expect(answer.succeededUnits == 5_000 && answer.operatorReference != "first")
            let (other, second) = try await begun(provider, bench, "second", token: token)
            let refused = provider.read(try await bench.exchange(second.request, provider), to: other)
            let why = try #require(refused.rejected, "a token was good twice: \(refused)")
            #expect(why.reason == .tokenUnusable && bench.books == ["collect 5000 USD first"])
        }
    }

    @Test
    func `a typed card is declined as its number says`() async throws {
        try await SandboxBench.run { bench in
            let provider: any Collecting & Checking = try bench.provider("card", [:], Self.secrets)
            let token = try await typed("4000000000009995", bench)
            let (order, money) = try await begun(provider, bench, "poor", token: token)
            let answer = provider.read(try await bench.exchange(money.request, provider), to: order)
            let why = try #require(answer.rejected, "not refused: \(answer)")
            #expect(why.reason == .insufficientFunds && !why.needsCheck && bench.books.isEmpty)
        }
    }

    /// What the router sent to the real service until now.
    @Test
    func `a token as payment_method is refused without a code, and the intent shows that nothing was tried`()
        async throws
    {
        try await SandboxBench.run { bench in
            let provider: any Collecting & Checking = try bench.provider("card", [:], Self.secrets)
            var (order, money) = try await begun(provider, bench, "wrong", token: "tok_visa")
            money.request.body = Array("payment_method=tok_visa&return_url=https%3A%2F%2Fshop.example%2Fok".utf8)
            let reply = try await bench.exchange(money.request, provider)
            #expect(reply.status == 400)
            #expect(
                provider.read(reply, to: order)
                    == .rejected(
                        Refusal(.invalidRequest, providerCode: "invalid_request_error", needsCheck: true)))
            #expect(await provider.check(.collect(order), asking: bench.wire(provider)) == .untried)
            #expect(bench.books.isEmpty)
            // And once something was tried, the intent does not say so any more.
            order.sourceToken = Secret("tok_chargeDeclined")
            let body = "payment_method_data[type]=card&payment_method_data[card][token]=tok_chargeDeclined"
            var retry = money.request
            retry.body = Array(body.utf8)
            retry.headers.removeAll { $0.name == "Idempotency-Key" }
            #expect(try await bench.exchange(retry, provider).status == 402)
            try #require(
                await provider.check(.collect(order), asking: bench.wire(provider)).answer?.rejected != nil,
                "the failed try is not seen")
        }
    }
}
