import Router
import Testing

/// No wallet of another operator is prompted because of a phone number.
@Suite struct WalletRoutingTests {
    private static let manifests: [ProviderID: ProviderManifest] = [
        "tmoney": manifest(["tmoney"]), "flooz": manifest(["flooz"]), "paygate": manifest(["flooz", "tmoney"]),
        "online": manifest(["tmoney-online"]), "card": manifest(["card"]),
        "mtn": manifest(["mtn-momo"], countries: ["BJ", "CI", "CM", "GH"]),
        "moov-bf": manifest(["moov-bf"], countries: ["BF"], carriers: ["moov-bf": ["BF": "moov"]]),
        "orange-bf": manifest(["orange-bf"], countries: ["BF"], carriers: ["orange-bf": ["BF": "orange"]]),
    ]

    private static func manifest(
        _ channels: [PaymentChannel], countries: [String] = ["TG"], carriers: [PaymentChannel: [String: String]] = [:]
    ) -> ProviderManifest {
        var manifest = Sample.manifest(
            channels: channels, currencies: [.init(.xof, minimum: 1, maximum: 1_000_000)],
            phoneCountries: channels == ["card"] ? [] : countries, requires: channels == ["card"] ? [] : [.phone])
        manifest.carriers = carriers
        manifest.payout = PayoutFacts(
            channels: channels, currencies: manifest.currencies, phoneCountries: countries, requires: [.phone],
            contract: Sample.contract())
        return manifest
    }

    private func decide(
        _ providers: [ProviderID], _ phone: String?, channels: [PaymentChannel] = [],
        operation: MoneyOperation = .collect,
        unhealthy: Set<ProviderID> = [], rules: [[ProviderID]] = []
    ) throws -> RouteDecision {
        func use(_ names: [ProviderID]) -> RouteUse {
            RouteUse(strategy: .priority, members: names.map { .init(provider: $0) })
        }
        let table = RoutingTable(
            rules: rules.enumerated().map { RouteRule(name: "rule \($0)", when: [], use: use($1)) },
            otherwise: use(providers))
        let facts = RouteFacts(
            order: Sample.paymentID, operation: operation, app: Sample.app, environment: .sandbox,
            amount: Money(5_000, .xof), channels: channels, phone: try phone.map { try Sample.phone($0) },
            now: .start)
        return table.decide(facts) { id in
            Self.manifests[id].map {
                ProviderFacts(id: id, environment: .sandbox, manifest: $0, isHealthy: !unhealthy.contains(id))
            }
        }
    }

    private func plan(_ decision: RouteDecision) -> [String] { decision.plan.map { "\($0.provider) \($0.channel)" } }

    private static let yas = ["70", "71", "72", "73", "90", "91", "92", "93"]
    private static let moov = ["78", "79", "96", "97", "98", "99"]
    private static let orders: [[ProviderID]] = [
        ["tmoney", "paygate", "flooz"], ["tmoney", "flooz", "paygate"], ["paygate", "tmoney", "flooz"],
        ["paygate", "flooz", "tmoney"], ["flooz", "tmoney", "paygate"], ["flooz", "paygate", "tmoney"],
    ]

    @Test(arguments: orders)
    func `every togolese prefix goes to its own wallet only`(_ order: [ProviderID]) throws {
        for (prefixes, channel, other) in [(Self.yas, "tmoney", "flooz"), (Self.moov, "flooz", "tmoney")] {
            for prefix in prefixes {
                let expected = order.filter { $0.text != other }.map { "\($0) \(channel)" }
                for operation in [MoneyOperation.collect, .payout] {
                    for channels in [[], ["tmoney", "flooz"], ["flooz", "tmoney", "card"]] as [[PaymentChannel]] {
                        let decision = try decide(
                            order, "+228\(prefix)112233", channels: channels, operation: operation)
                        #expect(plan(decision) == expected, "\(prefix) \(operation) \(channels)")
                        #expect(decision.mayAskPayer, "numbers of Togo are ported")
                    }
                }
            }
        }
    }

    /// Given to nobody: the rule's first wallet, and no other one's.
    @Test(arguments: orders)
    func `an unassigned prefix stays with the first operator`(_ order: [ProviderID]) throws {
        for prefix in ["94", "95", "74", "80"] {
            for operation in [MoneyOperation.collect, .payout] {
                let decision = try decide(order, "+228\(prefix)112233", operation: operation)
                let first = try #require(decision.plan.first)
                #expect(first.provider == order[0])
                #expect(decision.plan.allSatisfy { $0.channel == first.channel })
                let serving = order.filter { Self.manifests[$0]?.channels.contains(first.channel) == true }
                #expect(decision.plan.map(\.provider) == serving)
                #expect(decision.mayAskPayer)
            }
        }
    }

    @Test(
        arguments: zip(yas + moov + ["94"], Array(repeating: "tmoney", count: 8) + Array(repeating: "flooz", count: 7)))
    func `an aggregator alone takes the phones wallet`(_ prefix: String, _ channel: String) throws {
        let decision = try decide(["paygate"], "+228\(prefix)112233")
        #expect(plan(decision) == ["paygate \(channel)"] && !decision.mayAskPayer)
    }

    @Test func `a named channel is taken as it is`() throws {
        for prefix in Self.yas + Self.moov + ["94"] {
            for channel in ["tmoney", "flooz"] as [PaymentChannel] {
                for channels in [[channel], [channel, channel]] {
                    let decision = try decide(Self.orders[0], "+228\(prefix)112233", channels: channels)
                    let serving = Self.orders[0].filter { Self.manifests[$0]?.channels.contains(channel) == true }
                    #expect(plan(decision) == serving.map { "\($0) \(channel)" }, "\(prefix) by \(channel)")
                    #expect(!decision.mayAskPayer)
                }
            }
        }
    }

    @Test func `a rule of another operators wallets is passed over`() throws {
        let decision = try decide(["card"], "+22899112233", rules: [["tmoney", "online"], ["flooz", "paygate"]])
        #expect(plan(decision) == ["flooz flooz", "paygate flooz"])
        #expect(decision.rules.map(\.decided) == [false, true, false])
        let why = decision.verdicts.first?.objections.first?.description ?? ""
        #expect(why.hasPrefix("tmoney reaches wallets of togocom, but the phone's prefix is moov's"))
    }

    /// Where only the other operator is there, a ported number may be its customer: tried when money comes in only.
    @Test func `the only wallet may be tried for a ported number`() throws {
        #expect(plan(try decide(["tmoney"], "+22899112233")) == ["tmoney tmoney"])
        #expect(
            plan(try decide(["tmoney", "paygate"], "+22899112233", channels: ["tmoney", "mtn-momo"])) == [
                "tmoney tmoney", "paygate tmoney",
            ])
        let payout = try decide(["tmoney"], "+22899112233", operation: .payout)
        #expect(payout.plan.isEmpty && payout.isHopeless)
    }

    @Test func `what belongs to no operator is neutral`() throws {
        #expect(plan(try decide(["card", "tmoney", "flooz"], "+22899112233")) == ["card card", "flooz flooz"])
        #expect(plan(try decide(["flooz", "card"], nil)) == ["card card"], "a prompt needs a phone")
        #expect(plan(try decide(["tmoney", "online"], "+22890112233")) == ["tmoney tmoney", "online tmoney-online"])
    }

    /// An operator that does not answer is no reason to prompt another one's customer.
    @Test func `an open breaker does not change the operator`() throws {
        let known = try decide(["tmoney", "flooz"], "+22890112233", unhealthy: ["tmoney"])
        #expect(known.plan.isEmpty && known.mayAskPayer && !known.isHopeless)
        let unknown = try decide(["tmoney", "flooz"], "+22894112233", unhealthy: ["tmoney"])
        #expect(unknown.plan.isEmpty && unknown.mayAskPayer)
        #expect(plan(try decide(["tmoney", "paygate"], "+22890112233", unhealthy: ["tmoney"])) == ["paygate tmoney"])
    }

    @Test(
        arguments: [
            ("+22501112233", nil), ("+2250511223344", "mtn mtn-momo"), ("+237650112233", "mtn mtn-momo"),
            ("+233241122334", "mtn mtn-momo"), ("+2290146112233", "mtn mtn-momo"),
        ] as [(String, String?)])
    func `mtn in its countries`(_ phone: String, _ expected: String?) throws {
        guard let expected else {
            #expect(throws: MSISDNError.self) { try decide(["mtn"], phone) }
            return
        }
        #expect(plan(try decide(["mtn"], phone)) == [expected])
    }

    @Test func `neighbours of MTN go there only where nothing else is and only for money in`() throws {
        for phone in ["+2250111223344", "+237690112233", "+233201122334", "+2290145112233"] {
            #expect(plan(try decide(["mtn"], phone)) == ["mtn mtn-momo"])
            #expect(try decide(["mtn"], phone, operation: .payout).isHopeless)
        }
    }

    /// Where numbers are not ported the prefix settles it, and a kind may name the operators of its channels itself.
    @Test func `where the prefix is certain the others are not eligible`() throws {
        for (phone, own, other) in [("+22601112233", "moov-bf", "orange-bf"), ("+22604112233", "orange-bf", "moov-bf")]
        {
            let decision = try decide(["moov-bf", "orange-bf"], phone)
            #expect(plan(decision) == ["\(own) \(own)"] && !decision.mayAskPayer)
            #expect(try decide([ProviderID(other)], phone).isHopeless)
            #expect(
                plan(try decide([ProviderID(other)], phone, channels: [PaymentChannel(other)])) == ["\(other) \(other)"]
            )
        }
    }

    @Test func `the explanation says what is held back`() throws {
        let decision = try decide(["tmoney", "flooz"], "+22894112233")
        let candidates = decision.json["candidates"]?.arrayValue ?? []
        #expect(candidates.map { $0["kept"] } == [true, false])
        #expect(
            candidates.last?["why_not"] == ["reaches wallets of another operator than tmoney; the payer is asked first"]
        )
        let payout = try decide(["tmoney", "flooz"], "+22894112233", operation: .payout)
        #expect(
            payout.json["candidates"]?.arrayValue?.last?["why_not"] == [
                "reaches wallets of another operator than tmoney; nothing is paid out to another one"
            ])
    }
}
