import Router
import Testing

@testable import Providers

@Suite("Card: amounts and forms")
struct CardWireTests {
    @Test
    func `the published form vector`() {
        let body = FormValue.encode([
            ("amount", .integer(5_000)), ("currency", .text("usd")), ("source", .text("tok_visa")),
            ("metadata", .map([("order_id", .text("15")), ("a b", .text("ü&="))])),
            ("expand", .list([.text("customer"), .text("balance_transaction")])), ("capture", .flag(false)),
        ])
        let expected = String(decoding: Fixture.bytes("card/form-encoding.txt"), as: UTF8.self)
        #expect(String(decoding: body, as: UTF8.self) + "\n" == expected)
    }

    @Test
    func `nested lists of maps, brackets and line breaks inside values`() {
        let body = FormValue.encode([
            ("a", .list([.map([("b", .map([("c]", .text("x[0]\r\n+"))]))])])), ("e", .text("")),
        ])
        #expect(String(decoding: body, as: UTF8.self) == "a[0][b][c%5D]=x%5B0%5D%0D%0A%2B&e=")
    }

    @Test(arguments: [
        ("XOF", 5_000, 5_000), ("JPY", 50, 50), ("USD", 1_999, 1_999), ("TND", 1_250, 1_250), ("UGX", 5, 500),
        ("ISK", 1_000, 100_000), ("MGA", 50_000, 500), ("THB", 1_000, 1_000),
    ])
    func `amounts go over exactly and come back exactly`(code: String, minor: Int64, wire: Int64) throws {
        let currency = try #require(Currency(code: code))
        #expect(CardWire.units(of: Money(minor, currency)) == wire)
        #expect(CardWire.minorUnits(ofWire: wire, currency) == minor)
    }

    @Test(arguments: [("MGA", 50_001), ("UGX", Int64.max), ("IQD", 1_000), ("CLF", 1)])
    func `nothing is rounded`(code: String, minor: Int64) throws {
        #expect(CardWire.units(of: Money(minor, try #require(Currency(code: code)))) == nil)
    }

    @Test(
        arguments: [
            ("USD", 50, 99_999_999, 1), ("XOF", 1, 99_999_999, 1), ("TND", 10, 99_999_990, 10),
            ("THB", 1_000, 99_999_999, 1), ("UGX", 1, 999_999, 1), ("MGA", 100, 9_999_999_900, 100),
            ("KWD", 10, 99_999_990, 10),
        ] as [(String, Int64, Int64, Int64)])
    func `limits per currency`(code: String, minimum: Int64, maximum: Int64, step: Int64) throws {
        let currency = try #require(Currency(code: code))
        #expect(CardWire.limits(currency) == .init(currency, minimum: minimum, maximum: maximum, step: step))
    }
}

@Suite("Card: configuration")
struct CardConfigurationTests {
    @Test(
        arguments: [
            (["api": "sources"], "/api: "), (["api_version": ""], "/settings/api_version: "),
            (["api_version": "a\r\nb"], "/settings/api_version: "),
            (["statement_descriptor_suffix": ""], "/settings/statement_descriptor_suffix: "),
            (["statement_descriptor_suffix": "a*b"], "/settings/statement_descriptor_suffix: "),
            (["statement_descriptor_suffix": "twenty-three characters"], "/settings/statement_descriptor_suffix: "),
            (["currencies": []], "/settings/currencies: "),
            (["currencies": ["USD", "usd"]], "/settings/currencies/1: "),
            (["currencies": ["USD", "EUR", "USD"]], "/settings/currencies/2: the currency USD stands twice"),
            (["currencies": ["IQD"]], "/settings/currencies/0: "), (["currency": "USD"], "/currency: the member"),
            (["currencies": "USD"], "/currencies: "),
        ] as [(JSONValue, String)])
    func `what is wrong is named`(settings: JSONValue, complaint: String) {
        #expect(Sample.complaint("card", settings).hasPrefix(complaint))
    }

    @Test(arguments: [
        (PayEnvironment.sandbox, "pk_test_1234"), (.sandbox, "sk_live_1234"), (.sandbox, "rk_live_1234"),
        (.production, "sk_test_1234"), (.production, "pk_live_1234"), (.sandbox, "whsec_1234"), (.sandbox, ""),
        (.sandbox, "sk_test_12 34"), (.sandbox, "sk_test_1234\r\nX: y"),
    ])
    func `keys of the wrong kind or the other environment are refused, and not repeated`(
        environment: PayEnvironment, key: String
    ) {
        let setup = Sample.setup(
            "card", environment: environment, baseURL: nil, secrets: ["secret_key": key, "webhook_secret": "w"])
        let complaint = Sample.complaint("card", [:], setup)
        #expect(complaint.hasPrefix("/secrets/secret_key: ") && !complaint.contains("1234"))
    }

    @Test(arguments: [
        (PayEnvironment.sandbox, "sk_test_1"), (.sandbox, "rk_test_1"), (.production, "sk_live_1"),
        (.production, "rk_live_1"),
    ])
    func `the right keys pass`(environment: PayEnvironment, key: String) {
        let setup = Sample.setup(
            "card", environment: environment, baseURL: nil, secrets: ["secret_key": key, "webhook_secret": "w"])
        #expect(Sample.complaint("card", ["currencies": ["USD", "TND"]], setup) == "none")
    }

    @Test
    func `without the webhook secret nothing could be verified`() {
        let setup = Sample.setup("card", secrets: ["secret_key": "sk_test_1"])
        #expect(Sample.complaint("card", [:], setup).hasPrefix("/secrets/webhook_secret: "))
    }

    @Test
    func `a general set of currencies is built in`() throws {
        let provider: CardProvider = try Sample.configured("card intents")
        let codes = provider.manifest.currencies.map(\.currency.code)
        #expect(Set(["XOF", "USD", "EUR", "TND", "THB"]).isSubset(of: codes))
        #expect(provider.manifest.currencies.first { $0.currency == .tnd }?.step == 10)
    }
}
