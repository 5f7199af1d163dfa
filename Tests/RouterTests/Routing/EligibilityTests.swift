import Router
import Testing

@Suite struct EligibilityTests {
    private func provider(
        _ manifest: ProviderManifest = Sample.manifest(), environment: PayEnvironment = .sandbox,
        limits: [String: ClosedRange<Int64>] = [:], apps: Set<AppID> = []
    ) -> ProviderFacts {
        ProviderFacts(id: "alpha", environment: environment, manifest: manifest, limits: limits, apps: apps)
    }

    private func objections(
        _ provider: ProviderFacts, _ amount: Money = Money(5_000, .xof), channels: [PaymentChannel] = [],
        phone: MSISDN? = nil,
        token: Bool = false
    ) -> [String] {
        let facts = RouteFacts(
            order: Sample.paymentID, app: Sample.app, environment: .sandbox, amount: amount, channels: channels,
            phone: phone, hasSourceToken: token, now: .start)
        return provider.objections(to: facts, channel: provider.channel(for: facts)).map(\.description)
    }

    @Test func `a fitting provider has no objections`() {
        #expect(objections(provider()).isEmpty)
    }

    private static let ways: [(ReturnURLs, PayEnvironment, String?)] = [
        (ReturnURLs(), .production, nil),
        (ReturnURLs(success: "https://shop.example/a?b=%7Bid%7D#c"), .production, nil),
        (ReturnURLs(success: "http://localhost:3000/ok"), .sandbox, nil),
        (ReturnURLs(failure: "http://shop.example/"), .production, "failure must be an https address"),
        (ReturnURLs(success: "https://shop.example/{id}"), .sandbox, "success cannot be used: it holds a character"),
        (ReturnURLs(cancel: "https://shop_dev.example/"), .sandbox, "cancel cannot be used: its host"),
        (ReturnURLs(success: "https://u:p@shop.example/"), .sandbox, "success cannot be used: it must not hold a user"),
        (ReturnURLs(success: "https://shop.example:99999/"), .sandbox, "success cannot be used: its port"),
        (ReturnURLs(success: "https://:80/"), .sandbox, "success cannot be used: it has no host"),
        (
            ReturnURLs(failure: "https://shop.example/" + String(repeating: "x", count: 60)), .sandbox,
            "failure may have at most 80 characters here"
        ),
    ]

    @Test(arguments: ways)
    func `who sends the payer back says which address is no good, before anything is stored`(
        _ urls: ReturnURLs, _ environment: PayEnvironment, _ fault: String?
    ) {
        var facts = RouteFacts(
            order: Sample.paymentID, app: Sample.app, environment: environment, amount: Money(5_000, .xof),
            channels: [], now: .start)
        facts.returnURLs = urls
        let page = provider(Sample.manifest().returningPayers(ReturnURLFacts(limit: 80)), environment: environment)
        let said = page.objections(to: facts, channel: page.channel(for: facts)).map(\.description)
        #expect(said.count == (fault == nil ? 0 : 1))
        if let fault { #expect(said[0].hasPrefix("sends the payer back, and return_urls.\(fault)"), "\(said)") }
        // Who is given no address does not mind, and neither does an order with a token, which opens no page.
        let plain = provider(environment: environment)
        #expect(plain.objections(to: facts, channel: plain.channel(for: facts)).isEmpty)
        facts.hasSourceToken = true
        #expect(page.objections(to: facts, channel: page.channel(for: facts)).isEmpty)
    }

    @Test func `environments are kept apart`() {
        #expect(objections(provider(environment: .production)) == ["belongs to production"])
    }

    @Test func `reserved providers serve their apps only`() {
        #expect(objections(provider(apps: [Sample.otherApp])) == ["is reserved for other apps"])
        #expect(objections(provider(apps: [Sample.otherApp, Sample.app])).isEmpty)
    }

    @Test func `channels must meet`() {
        let manifest = Sample.manifest(channels: ["tmoney", "flooz"])
        #expect(
            objections(provider(manifest), channels: ["card"]) == [
                "serves tmoney, flooz, which the payment does not allow"
            ])
        #expect(objections(provider(manifest), channels: ["card", "flooz"]).isEmpty)
    }

    @Test func `the callers first channel wins`() {
        let provider = provider(Sample.manifest(channels: ["tmoney", "flooz"]))
        func channel(_ channels: [PaymentChannel]) -> PaymentChannel? {
            provider.channel(
                for: RouteFacts(
                    order: Sample.paymentID, app: Sample.app, environment: .sandbox, amount: Money(1, .xof),
                    channels: channels, now: .start))
        }
        #expect(channel([]) == "tmoney")
        #expect(channel(["card", "flooz", "tmoney"]) == "flooz")
        #expect(channel(["card"]) == nil)
    }

    @Test func `several channels of a page are chosen there`() {
        var manifest = Sample.manifest(channels: ["promptpay", "linepay", "card", "page"])
        manifest.choosingChannel = "page"
        func channel(_ channels: [PaymentChannel]) -> String {
            let facts = RouteFacts(
                order: Sample.paymentID, app: Sample.app, environment: .sandbox, amount: Money(5_000, .xof),
                channels: channels, now: .start)
            guard let found = provider(manifest).channel(for: facts) else { return "none" }
            return ([found] + manifest.choices(among: channels, on: found)).map(\.text).joined(separator: " ")
        }
        #expect(channel(["linepay", "promptpay"]) == "page linepay promptpay")
        #expect(channel(["linepay", "tmoney", "promptpay", "linepay"]) == "page linepay promptpay")
        // The page itself is all of it.
        #expect(channel(["page"]) == "page")
        #expect(channel(["linepay", "page"]) == "page")
        // One is no choice.
        #expect(channel(["linepay"]) == "linepay")
        #expect(channel(["linepay", "linepay"]) == "linepay")
        #expect(channel(["linepay", "tmoney"]) == "linepay")
        #expect(channel(["tmoney", "flooz"]) == "none")
        #expect(channel([]) == "promptpay")
        manifest.choosingChannel = nil
        #expect(channel(["linepay", "promptpay"]) == "linepay")
    }

    @Test(
        arguments: [(99, false), (100, true), (2_000_000, true), (2_000_001, false), (0, false), (-5_000, false)]
            as [(Int64, Bool)])
    func `operator limits are inclusive`(_ units: Int64, _ fits: Bool) {
        #expect(objections(provider(), Money(units, .xof)).isEmpty == fits)
    }

    @Test(arguments: [(999, false), (1_000, true), (3_000, true), (3_001, false)] as [(Int64, Bool)])
    func `platform limits narrow them`(_ units: Int64, _ fits: Bool) {
        #expect(objections(provider(limits: ["XOF": 1_000...3_000]), Money(units, .xof)).isEmpty == fits)
    }

    @Test func `platform limits never widen them`() {
        let provider = provider(limits: ["XOF": 1...9_000_000])
        #expect(provider.limits(of: .xof) == .init(.xof, minimum: 100, maximum: 2_000_000))
        #expect(!objections(provider, Money(50, .xof)).isEmpty)
    }

    @Test(arguments: [3_000_000...4_000_000, 1...50] as [ClosedRange<Int64>])
    func `limits that do not meet take nothing`(_ limit: ClosedRange<Int64>) {
        let provider = provider(limits: ["XOF": limit])
        for units in [1, 50, 100, 2_000_000, 3_000_000, 4_000_000] as [Int64] {
            #expect(!objections(provider, Money(units, .xof)).isEmpty, "\(units)")
        }
    }

    @Test func `objections say the limit in the currency`() throws {
        let manifest = Sample.manifest(currencies: [.init(.tnd, minimum: 1_000, maximum: 900_000, step: 100)])
        #expect(objections(provider(manifest), Money(999, .tnd)) == ["takes at least 1.000 TND"])
        #expect(objections(provider(manifest), Money(900_100, .tnd)) == ["takes at most 900.000 TND"])
        #expect(objections(provider(manifest), Money(1_050, .tnd)) == ["takes multiples of 0.100 TND only"])
        #expect(objections(provider(manifest), Money(1_100, .tnd)).isEmpty)
        #expect(objections(provider(manifest), Money(1_000, .xof)) == ["takes TND, not XOF"])
    }

    @Test func `requirements are asked`() throws {
        let manifest = Sample.manifest(phoneCountries: ["TG"], requires: [.phone, .sourceToken])
        #expect(objections(provider(manifest)) == ["needs source.token", "needs customer.phone"])
        #expect(objections(provider(manifest), phone: try Sample.phone(), token: true).isEmpty)
        let tunisian = try Sample.phone("+21620123456")
        #expect(
            objections(provider(manifest), phone: tunisian, token: true) == ["serves phone numbers of TG, not of TN"])
    }

    @Test func `all objections are named at once`() {
        let manifest = Sample.manifest(requires: [.phone])
        let provider = provider(manifest, environment: .production, apps: [Sample.otherApp])
        #expect(objections(provider, Money(1, .usd), channels: ["card"]).count == 5)
    }
}
