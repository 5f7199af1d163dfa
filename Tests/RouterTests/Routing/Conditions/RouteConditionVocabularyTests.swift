import Router
import Testing
import WebText

/// Every condition of today's vocabulary, with a fact for which it holds and one for which it does not.
@Suite struct RouteConditionVocabularyTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var condition: RouteCondition
        var fit: @Sendable (inout RouteFacts) -> Void
        var unfit: @Sendable (inout RouteFacts) -> Void
        var why: String
        var testDescription: String { "\(condition)" }

        init(
            _ condition: RouteCondition, _ why: String, fit: @escaping @Sendable (inout RouteFacts) -> Void = { _ in },
            unfit: @escaping @Sendable (inout RouteFacts) -> Void = { _ in }
        ) {
            (self.condition, self.fit, self.unfit, self.why) = (condition, fit, unfit, why)
        }
    }

    /// 2026-11-21 is a Saturday; the facts' moment is 09:30 UTC of that day.
    static let lome = TimeZoneRules("Africa/Lome", offsetSeconds: 0)
    static let bangkok = TimeZoneRules("Asia/Bangkok", offsetSeconds: 7 * 3_600)

    static func card(_ fact: CardFact, _ value: String) -> @Sendable (inout RouteFacts) -> Void {
        { facts in
            var card = CardFacts()
            card[fact] = value
            facts.card = card
        }
    }

    static let examples: [Example] = [
        .init(
            .operation([.payout, .refund]), "it is a collect, not payout or refund", fit: { $0.operation = .payout }),
        .init(
            .operation([.refund]), "it is a payout, not refund",
            fit: { ($0.operation, $0.isRefund) = (.payout, true) }, unfit: { $0.operation = .payout }),
        .init(.operation([.authorize]), "it is a collect, not authorize", fit: { $0.operation = .authorize }),
        .init(
            .amount(minimum: 1, maximum: nil, currency: "TND"), "currency is XOF, not TND",
            fit: { $0.amount = Money(5, .tnd) }),
        .init(
            .amount(minimum: 6_000, maximum: nil, currency: "XOF"), "amount is below 6000",
            fit: { $0.amount = Money(6_000, .xof) }),
        .init(
            .app([], names: ["Kente House"]), "another app", fit: { $0.appName = "Kente House" },
            unfit: { $0.appName = "kente house" }),
        .init(.metadataExists(name: "tier", true), "metadata has no \"tier\"", fit: { $0.metadata = ["tier": ""] }),
        .init(.metadataExists(name: "tier", false), "metadata has \"tier\"", unfit: { $0.metadata = ["tier": "x"] }),
        .init(
            .metadataNumber(name: "n", .init(minimum: DecimalNumber("1.5"), maximum: nil)),
            "metadata \"n\" is not 1.5 or more",
            fit: { $0.metadata = ["n": "1.500000000"] }, unfit: { $0.metadata = ["n": "1.499999999"] }),
        .init(
            .metadataNumber(name: "n", .init(minimum: nil, maximum: DecimalNumber(3))),
            "metadata \"n\" is no decimal number",
            fit: { $0.metadata = ["n": "-7"] }, unfit: { $0.metadata = ["n": "three"] }),
        .init(
            .phonePrefix(["22891", "22890"]), "no phone number is given", fit: { $0 = $0.with(phone: "+22890112233") }),
        .init(
            .phonePrefix(["22891"]), "phone does not begin with +22891",
            fit: { $0 = $0.with(phone: "+22891112233") }, unfit: { $0 = $0.with(phone: "+22890112233") }),
        .init(.card(.brand, ["visa"]), "the card's brand is not known", fit: card(.brand, "visa")),
        .init(
            .card(.brand, ["visa"]), "card's brand is mastercard, not visa", fit: card(.brand, "visa"),
            unfit: card(.brand, "mastercard")),
        .init(
            .card(.country, ["TG"]), "card's country is FR, not TG", fit: card(.country, "TG"),
            unfit: card(.country, "FR")),
        .init(
            .card(.funding, ["debit", "prepaid"]), "card's funding is credit, not debit or prepaid",
            fit: card(.funding, "prepaid"), unfit: card(.funding, "credit")),
        .init(
            .card(.bin, ["45", "5199"]), "card does not begin with 45 or 5199", fit: card(.bin, "519912"),
            unfit: card(.bin, "529912")),
        .init(.payerCountry(["TG"]), "the payer's country is not known", fit: { $0.payerCountry = "TG" }),
        .init(
            .payerCountry(["TG"]), "payer is of BJ, not TG", fit: { $0.payerCountry = "TG" },
            unfit: { $0.payerCountry = "BJ" }),
        .init(.language(["fr", "ee"]), "the payer's language is not known", fit: { $0.language = "ee" }),
        .init(.language(["fr"]), "language is en, not fr", fit: { $0.language = "fr" }, unfit: { $0.language = "en" }),
        .init(
            .customerAge(minimum: 30, maximum: nil), "nothing is known of earlier orders of the customer",
            fit: { $0.history = CustomerHistory(ageDays: 30) }),
        .init(
            .customerAge(minimum: nil, maximum: 2), "the customer's first order was 3 days ago",
            fit: { $0.history = CustomerHistory(ageDays: 2) }, unfit: { $0.history = CustomerHistory(ageDays: 3) }),
        .init(
            .customerSuccesses("tmoney-tg", minimum: 1, maximum: nil),
            "0 orders of the customer succeeded at tmoney-tg",
            fit: { $0.history = CustomerHistory(ageDays: 9, successes: ["tmoney-tg": 1]) },
            unfit: { $0.history = CustomerHistory(ageDays: 9, successes: ["flooz-tg": 4]) }),
        .init(
            .timeOfDay(from: 16 * 60, to: 17 * 60, zone: bangkok), "outside the time of day",
            unfit: { $0.now = $0.now.adding(seconds: 1_800) }),
        .init(.weekday([.saturday]), "it is sunday, not saturday", unfit: { $0.now = $0.now.adding(seconds: 86_400) }),
        .init(
            .weekday([.sunday], zone: bangkok), "it is saturday, not sunday",
            fit: { $0.now = $0.now.adding(seconds: 8 * 3_600) }),
        .init(
            .date(from: CivilDate(text: "2026-11-21"), to: CivilDate(text: "2026-11-21")), "it is 2026-11-22",
            unfit: { $0.now = $0.now.adding(seconds: 86_400) }),
        .init(
            .date(from: CivilDate(text: "2026-11-22"), to: nil), "it is 2026-11-21",
            fit: { $0.now = $0.now.adding(seconds: 86_400) }),
        .init(
            .holiday(HolidayList("togo", [CivilDate(daysSinceEpoch: 20_778)]), true), "it is no holiday of \"togo\"",
            unfit: { $0.now = $0.now.adding(seconds: 86_400) }),
        .init(
            .holiday(HolidayList("togo", [CivilDate(daysSinceEpoch: 20_778)]), false), "it is a holiday of \"togo\"",
            fit: { $0.now = $0.now.adding(seconds: 86_400) }),
        .init(.attempt(minimum: 2, maximum: nil), "it would be attempt 1", fit: { $0.attempt = 2 }),
        .init(
            .lastFailure([.operatorUnavailable]), "no attempt came before",
            fit: { $0.lastFailure = .operatorUnavailable }),
        .init(
            .lastFailure([.operatorUnavailable]), "the attempt before ended with throttled, not operator_unavailable",
            fit: { $0.lastFailure = .operatorUnavailable }, unfit: { $0.lastFailure = .throttled }),
    ]

    @Test(arguments: examples)
    func `holds and does not hold`(_ example: Example) throws {
        var (fit, unfit) = (RouteFacts.plain, RouteFacts.plain)
        example.fit(&fit)
        example.unfit(&unfit)
        #expect(example.condition.objection(to: fit)?.description == nil)
        #expect(example.condition.holds(for: fit) && RouteCondition.not(example.condition).holds(for: unfit))
        #expect(example.condition.objection(to: unfit)?.description == example.why)
        #expect(example.condition.objections(to: unfit).count == 1)
    }

    @Test func `what is not known holds for nothing, and so not of it holds`() {
        let unknown: [RouteCondition] = [
            .phoneCountry(["TG"]), .phoneOperator(["togocom"]), .phonePrefix(["228"]), .card(.brand, ["visa"]),
            .payerCountry(["TG"]), .language(["fr"]), .customerAge(minimum: nil, maximum: 9),
            .lastFailure([.throttled]),
            .customerSuccesses("a", minimum: 0, maximum: nil), .metadata(name: "a", values: [""]),
        ]
        for condition in unknown {
            #expect(!condition.holds(for: .plain) && RouteCondition.not(condition).holds(for: .plain), "\(condition)")
        }
    }
}

extension RouteFacts {
    /// 5 000 XOF of nobody known, at 09:30 UTC of 2026-11-21.
    static let plain = RouteFacts(
        order: Sample.paymentID, app: Sample.app, environment: .sandbox, amount: Money(5_000, .xof), now: .start)

    /// The same for a payer with a number.
    func with(phone: String) -> RouteFacts {
        RouteFacts(
            order: order, app: app, environment: environment, amount: amount, phone: try? MSISDN(parsing: phone),
            now: now)
    }
}
