import Router
import WebText

/// Rules, orders and providers at random, from few enough values that they meet.
struct RandomRouting {
    private var state: UInt64

    init(seed: UInt64) { state = StableHash.mix(seed) }

    mutating func roll(_ bound: Int) -> Int {
        state = StableHash.mix(state)
        return Int(state % UInt64(bound))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }

    mutating func some<Element>(_ elements: [Element]) -> [Element] {
        let chosen = elements.filter { _ in roll(2) == 0 }
        return chosen.isEmpty ? [pick(elements)] : chosen
    }

    static let currencies = ["XOF", "TND", "USD", "THB"]
    static let channels: [PaymentChannel] = ["tmoney", "flooz", "card", "mtn-momo"]
    static let phones = ["+22890112233", "+22899112233", "+22997112233", "+21620123456", "+237670112233"]
    static let apps = [Sample.app, Sample.otherApp]
    static let providers: [ProviderID] = ["a", "b", "c", "d", "e"]

    mutating func condition(depth: Int = 2) -> RouteCondition {
        switch roll(depth > 0 ? 16 : 13) {
        case 0: return .currency(some(Self.currencies))
        case 1, 2: return .channel(some(Self.channels))
        case 3: return .phoneCountry(some(["TG", "BJ", "TN", "CM"]))
        case 4: return .phoneOperator(some(["togocom", "moov", "mtn"]))
        case 5:
            let low = Int64(roll(100)) * 100
            return .amount(minimum: roll(3) == 0 ? nil : low, maximum: roll(3) == 0 ? nil : low + Int64(roll(5_000)))
        case 6: return .app(some(Self.apps), names: roll(3) == 0 ? ["Shop"] : [])
        case 7: return .metadata(name: pick(["tier", "via"]), values: some(["gold", "silver"]))
        case 8: return .timeOfDay(from: roll(1_440), to: roll(1_440))
        case 9:
            return .bucket(
                HashBucket(pick(HashBucket.Subject.allCases), salt: pick(["s", "t"]), range: 0..<(1 + roll(10_000))))
        case 10: return .phonePrefix(some(["22890", "229", "2376"]))
        case 11: return .weekday(some(Weekday.allCases))
        case 12: return .attempt(minimum: Int64(roll(3)), maximum: nil)
        case 13: return .not(condition(depth: depth - 1))
        case 14: return .any((0...roll(3)).map { _ in condition(depth: depth - 1) })
        default: return .all((0...roll(3)).map { _ in condition(depth: depth - 1) })
        }
    }

    mutating func use() -> RouteUse {
        let members = some(Self.providers).map { RouteUse.Member(provider: $0, weight: 1 + roll(5)) }
        return RouteUse(strategy: pick(RouteUse.Strategy.allCases), members: members)
    }

    mutating func table(rules count: Int) -> RoutingTable {
        let rules = (0..<count).map { index in
            var rule = RouteRule(name: "r\(index)", when: (0..<(1 + roll(4))).map { _ in condition() }, use: use())
            if roll(4) == 0 { rule.operations = some(RouteOperation.allCases) }
            return rule
        }
        return RoutingTable(rules: rules, otherwise: roll(2) == 0 ? use() : nil)
    }

    mutating func facts() -> RouteFacts {
        let operation = pick(RouteOperation.allCases)
        var facts = RouteFacts(
            order: OrderID(at: Moment.start.adding(milliseconds: Int64(roll(1_000_000))), from: self),
            operation: operation.operation, app: pick(Self.apps), environment: .sandbox,
            amount: Money(Int64(roll(10_000)), Currency(code: pick(Self.currencies)) ?? .xof),
            channels: roll(3) == 0 ? [] : roll(2) == 0 ? [pick(Self.channels)] : some(Self.channels),
            phone: roll(4) == 0 ? nil : try? MSISDN(parsing: pick(Self.phones)),
            metadata: roll(2) == 0 ? [:] : [pick(["tier", "via"]): pick(["gold", "silver"])],
            now: Moment.start.adding(seconds: Int64(roll(7 * 86_400))))
        facts.isRefund = operation == .refund
        facts.attempt = 1 + roll(3)
        facts.appName = roll(2) == 0 ? "Shop" : nil
        return facts
    }

    /// Each provider as it is at this moment.
    mutating func world() -> [ProviderID: ProviderFacts] {
        var world: [ProviderID: ProviderFacts] = [:]
        for id in Self.providers where roll(8) > 0 {
            var manifest = Sample.manifest(channels: some(Self.channels))
            manifest.currencies = some(Self.currencies).compactMap { Currency(code: $0) }.map {
                ProviderManifest.CurrencyLimits($0, minimum: Int64(1 + roll(500)), maximum: Int64(5_000 + roll(5_000)))
            }
            world[id] = ProviderFacts(
                id: id, environment: .sandbox, manifest: manifest, isHealthy: roll(5) > 0, isRetired: roll(9) == 0,
                pause: roll(7) == 0 ? .draining(ProviderDrain(since: .start, by: "Ama")) : nil)
        }
        return world
    }
}

extension RandomRouting: RandomSource {
    func next() -> UInt64 { StableHash.mix(state) }
}
