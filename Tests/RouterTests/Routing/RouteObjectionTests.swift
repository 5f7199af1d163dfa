import Router
import Testing

@Suite struct RouteObjectionTests {
    /// Callers read these in explanations and problems: they stay as they are.
    @Test(
        arguments: [
            (.amountBelow(500), "amount is below 500"), (.amountAbove(500), "amount is above 500"),
            (.currencyIs(.xof, wanted: ["EUR", "USD"]), "currency is XOF, not EUR or USD"),
            (.channelIsNone(of: ["tmoney", "flooz"]), "channel is not tmoney or flooz"),
            (.noPhone, "no phone number is given"),
            (.phoneCountryIs("TN", wanted: ["TG", "BJ"]), "phone is of TN, not TG or BJ"),
            (.phoneOperatorUnknown, "the phone's operator is not known"),
            (.phoneOperatorIs("moov", wanted: ["togocom"]), "phone is of moov, not togocom"),
            (.anotherApp, "another app"), (.metadataMissing(name: "tier"), "metadata has no \"tier\""),
            (.metadataDiffers(name: "tier"), "metadata \"tier\" has another value"),
            (.outsideTimeOfDay, "outside the time of day"), (.earlierRuleDecided, "an earlier rule decided"),
            (.noneEligible, "none of its providers is eligible"), (.notConfigured, "is not configured"),
            (.retired, "is retired: it only finishes what it began"),
            (.belongs(to: .production), "belongs to production"),
            (.reservedForOtherApps, "is reserved for other apps"), (.cannot(.collect), "cannot collect"),
            (.cannot(.authorize), "cannot hold money for a later capture"),
            (.servesOnly(["tmoney", "flooz"], .collect), "serves tmoney, flooz, which the payment does not allow"),
            (.servesOnly(["tmoney"], .payout), "serves tmoney, which the payout does not allow"),
            (.takesOnly(currencies: [.tnd, .usd], not: .xof), "takes TND, USD, not XOF"),
            (.limitsExcludeOperators(.xof), "takes no amount of XOF, because its limits exclude the operator's"),
            (.takesAtLeast(Money(1_000, .tnd)), "takes at least 1.000 TND"),
            (.takesAtMost(Money(900, .xof)), "takes at most 900 XOF"),
            (.takesMultiples(of: Money(100, .tnd)), "takes multiples of 0.100 TND only"),
            (.needs(.customerPhone), "needs customer.phone"), (.needs(.partyPhone), "needs party.phone"),
            (.needs(.sourceToken), "needs source.token"),
            (.servesPhones(of: ["TG", "BJ"], not: "TN"), "serves phone numbers of TG, BJ, not of TN"),
            (
                .needsMobileNumber(callingCode: "999"),
                "needs a mobile number, and those of +999 are not known here"
            ),
            (
                .descriptionTooLong(room: 20, isAfterOrderNumber: false),
                "takes a description of at most 20 characters"
            ),
            (
                .descriptionTooLong(room: 20, isAfterOrderNumber: true),
                "takes a description of at most 20 characters after the order number"
            ),
            (
                .reachesWallets("tmoney", of: "togocom", prefixOf: "moov"),
                "tmoney reaches wallets of togocom, but the phone's prefix is moov's; name one channel if the number was ported"
            ),
            (.unhealthy, "its circuit breaker is open, or its credentials were refused"),
            (.balanceTooLow(Money(900, .xof)), "its balance of 900 XOF does not cover the amount"),
            (
                .draining(ProviderDrain(since: .start, by: "Ama")),
                "takes no new orders: draining since 2026-11-21T09:30:00.000Z by Ama"
            ),
            (.exposureUsedUp, "too much of its money is in payments whose end is not known"),
            (
                .reachesOtherWallets(than: "tmoney", .collect),
                "reaches wallets of another operator than tmoney; the payer is asked first"
            ),
            (
                .reachesOtherWallets(than: "tmoney", .payout),
                "reaches wallets of another operator than tmoney; nothing is paid out to another one"
            ),
            (.namedByNoRule, "is named by no routing rule"),
            (
                .reachedByNoRule([
                    .init(rule: "night", objections: [.outsideTimeOfDay, .anotherApp]),
                    .init(rule: "otherwise", objections: [.noneEligible]),
                ]),
                "is reached by no rule; \"night\" does not hold: outside the time of day, another app; \"otherwise\" does not "
                    + "hold: none of its providers is eligible"
            ),
        ] as [(RouteObjection, String)])
    func `texts`(_ objection: RouteObjection, _ text: String) { #expect("\(objection)" == text) }

    @Test func `notes of balances`() {
        let doubts: [(BalanceDoubt, String)] = [
            (.notAsked, "it has not been asked"), (.notAnsweredYet, "it has not answered yet"), (.failed("no"), "no"),
        ]
        for (doubt, text) in doubts {
            #expect(
                "\(RouteNote.balanceUnknown(doubt))"
                    == "its balance is not known (\(text)); that alone keeps no payout away"
            )
        }
    }

    private func decision(_ manifest: ProviderManifest, _ operation: MoneyOperation = .collect) -> RouteDecision {
        let facts = RouteFacts(
            order: Sample.paymentID, operation: operation, app: Sample.app, environment: .sandbox,
            amount: Money(5_000, .xof), description: String(repeating: "x", count: 300), now: .start)
        let rule = RouteRule(
            name: "r", when: [], use: RouteUse(strategy: .priority, members: [.init(provider: "alpha")]))
        return RoutingTable(rules: [rule], otherwise: nil).decide(facts) {
            ProviderFacts(id: $0, environment: .sandbox, manifest: manifest)
        }
    }

    /// Whoever shortens the text must then be taken: what cannot do it at all says so instead.
    @Test func `a description is the matter only if nothing else is`() {
        var manifest = Sample.manifest(requires: [.phone])
        manifest.description = DescriptionFacts(limit: 20)
        #expect(decision(manifest).descriptionRoom == 20)
        #expect(decision(manifest, .authorize).descriptionRoom == nil)
        #expect(decision(manifest, .authorize).cannotHold)
        #expect(decision(manifest, .payout).descriptionRoom == nil)
        #expect(decision(Sample.manifest(requires: [.phone, .sourceToken])).missingMembers.isEmpty)
    }

    @Test func `missing members are those that remedy everything`() {
        func missing(_ requires: Set<ProviderManifest.Requirement>) -> [RouteNeed] {
            let facts = RouteFacts(
                order: Sample.paymentID, app: Sample.app, environment: .sandbox,
                amount: Money(5_000, .xof), now: .start)
            let rule = RouteRule(
                name: "r", when: [], use: RouteUse(strategy: .priority, members: [.init(provider: "alpha")]))
            return RoutingTable(rules: [rule], otherwise: nil).decide(facts) {
                ProviderFacts(id: $0, environment: .sandbox, manifest: Sample.manifest(requires: requires))
            }.missingMembers
        }
        #expect(missing([.phone]) == [.customerPhone])
        #expect(missing([.phone, .sourceToken]) == [.customerPhone, .sourceToken])
        #expect(missing([]).isEmpty)
        #expect(RouteNeed.phone(for: .payout) == .partyPhone && RouteNeed.phone(for: .authorize) == .customerPhone)
    }
}
