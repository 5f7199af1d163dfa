/// A condition that no row of bits answers, in the form that is asked fastest.
enum CompiledTest: Sendable {
    /// Minor units of any currency, both bounds included.
    case amount(Int64, Int64)
    /// Minutes since midnight UTC, from inclusive, to exclusive, after the first bound.
    case minutes(Int64, Int64)
    /// Hundredths of a percent of orders: the salt's hash, and from inclusive to exclusive.
    case orderShare(UInt64, Int, Int)
    case app(AppID)
    case metadata(String, String)
    case phoneOperator(String)
    case other(RouteCondition)

    init(_ condition: RouteCondition) {
        switch condition {
        case .amount(let minimum, let maximum, nil): self = .amount(minimum ?? .min, maximum ?? .max)
        case .timeOfDay(let from, let to, .utc) where from <= to: self = .minutes(Int64(from), Int64(to))
        case .bucket(let bucket) where bucket.subject == .payment:
            self = .orderShare(StableHash.of(bucket.salt), bucket.range.lowerBound, bucket.range.upperBound)
        case .app(let apps, let names) where apps.count == 1 && names.isEmpty: self = .app(apps[0])
        case .metadata(let name, let values) where values.count == 1: self = .metadata(name, values[0])
        case .phoneOperator(let names) where names.count == 1: self = .phoneOperator(names[0])
        default: self = .other(condition)
        }
    }

    /// Which is asked first: numbers before texts, and those before everything else.
    var cost: Int {
        switch self {
        case .amount, .minutes, .orderShare: 0
        case .app, .phoneOperator: 1
        case .metadata: 2
        case .other: 3
        }
    }

    func holds(for facts: RouteFacts) -> Bool {
        switch self {
        case .amount(let minimum, let maximum):
            return facts.amount.minorUnits >= minimum && facts.amount.minorUnits <= maximum
        case .minutes(let from, let to):
            let minute = TimeZoneRules.utc.time(at: facts.now).minuteOfDay
            return minute >= from && minute < to
        case .orderShare(let salt, let from, let to):
            let place = HashBucket.place(of: facts.orderHash, salt: salt)
            return place >= from && place < to
        case .app(let app): return facts.app == app
        case .metadata(let name, let value): return facts.metadata[name] == value
        case .phoneOperator(let name): return facts.phoneOperator?.name == name
        case .other(let condition): return condition.holds(for: facts)
        }
    }
}
