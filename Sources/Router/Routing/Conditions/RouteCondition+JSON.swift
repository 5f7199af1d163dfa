import WebText

/// Conditions as a configuration spells them, so that an explanation names what somebody wrote.
extension RouteCondition: CustomStringConvertible {
    /// The condition as one object of a rule's `when`.
    package var json: JSONValue {
        switch self {
        case .all(let parts): ["all": .array(parts.map(\.json))]
        case .any(let parts): ["any": .array(parts.map(\.json))]
        case .not(let part): ["not": part.json]
        case .operation(let operations): ["operation": Self.list(operations.map(\.rawValue))]
        case .amount(let minimum, let maximum, let code):
            [
                "amount": code.map { .object(JSONObject([.init($0, Self.range(minimum, maximum))])) }
                    ?? Self.range(minimum, maximum)
            ]
        case .currency(let codes): ["currency": Self.list(codes)]
        case .channel(let channels): ["channel": Self.list(channels.map(\.text))]
        case .app(let apps, let names): ["app": Self.list(apps.map(\.text) + names)]
        case .metadata(let name, let values): Self.metadata(name, Self.list(values))
        case .metadataExists(let name, let exists): Self.metadata(name, ["exists": .bool(exists)])
        case .metadataNumber(let name, let range):
            Self.metadata(
                name,
                Self.members([
                    ("min", range.minimum.map { .string("\($0)") }), ("max", range.maximum.map { .string("\($0)") }),
                ]))
        case .phoneCountry(let codes): ["phone.country": Self.list(codes)]
        case .phoneOperator(let names): ["phone.operator": Self.list(names)]
        case .phonePrefix(let prefixes): ["phone.prefix": Self.list(prefixes.map { "+" + $0 })]
        case .card(let fact, let values): .object(JSONObject([.init("card." + fact.rawValue, Self.list(values))]))
        case .payerCountry(let codes): ["payer.country": Self.list(codes)]
        case .language(let languages): ["payer.language": Self.list(languages)]
        case .customerAge(let minimum, let maximum): ["customer.age_days": Self.range(minimum, maximum)]
        case .customerSuccesses(let provider, let minimum, let maximum):
            ["customer.succeeded_at": .object(JSONObject([.init(provider.text, Self.range(minimum, maximum))]))]
        case .timeOfDay(let from, let to, let zone):
            [
                "time": Self.members([
                    ("from", .string(Self.clock(from))), ("to", .string(Self.clock(to))), ("zone", Self.zone(zone)),
                ])
            ]
        case .weekday(let days, let zone):
            ["weekday": Self.members([("days", Self.list(days.map(\.rawValue))), ("zone", Self.zone(zone))])]
        case .date(let from, let to, let zone):
            [
                "date": Self.members([
                    ("from", from.map { .string("\($0)") }), ("to", to.map { .string("\($0)") }),
                    ("zone", Self.zone(zone)),
                ])
            ]
        case .holiday(let list, let wanted, let zone):
            ["holiday": Self.members([("list", .string(list.name)), ("is", .bool(wanted)), ("zone", Self.zone(zone))])]
        case .attempt(let minimum, let maximum): ["attempt": Self.range(minimum, maximum)]
        case .lastFailure(let reasons): ["last_failure": Self.list(reasons.map(\.rawValue))]
        case .bucket(let bucket):
            [
                "bucket": Self.members([
                    ("of", .string(bucket.subject.rawValue)), ("salt", .string(bucket.salt)),
                    ("from", .string(HashBucket.percent(bucket.range.lowerBound))),
                    ("to", .string(HashBucket.percent(bucket.range.upperBound))),
                ])
            ]
        }
    }

    /// ``json`` in one line.
    package var description: String { String(decoding: json.serialized(), as: UTF8.self) }

    private static func list(_ texts: [String]) -> JSONValue {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSONValue.string))
    }

    private static func range(_ minimum: Int64?, _ maximum: Int64?) -> JSONValue {
        members([("min", minimum.map { JSONValue($0) }), ("max", maximum.map { JSONValue($0) })])
    }

    private static func metadata(_ name: String, _ test: JSONValue) -> JSONValue {
        ["metadata": .object(JSONObject([.init(name, test)]))]
    }

    private static func members(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(JSONObject(members.compactMap { name, value in value.map { .init(name, $0) } }))
    }

    private static func zone(_ zone: TimeZoneRules) -> JSONValue? { zone == .utc ? nil : .string(zone.name) }

    private static func clock(_ minutes: Int) -> String {
        Digits.padded(Int64(minutes / 60), 2) + ":" + Digits.padded(Int64(minutes % 60), 2)
    }
}
