import Router

/// Conditions about the order itself.
extension ConditionReader {
    mutating func operations(_ list: FileModel.OneOrMany, at pointer: String) -> [RouteCondition] {
        let known = RouteOperation.allCases.map(\.rawValue)
        let operations = values(list, at: pointer).compactMap { name -> RouteOperation? in
            let operation = RouteOperation(rawValue: name)
            if operation == nil {
                fault(pointer, "\"\(name)\" is no operation" + NearestName.remedy(name, among: known))
            }
            return operation
        }
        return [.operation(operations)]
    }

    mutating func order(_ when: FileModel.When, at pointer: String) -> [RouteCondition] {
        var result: [RouteCondition] = []
        if let amount = when.amount {
            result += self.amount(amount, hasCurrency: when.currency != nil, at: pointer + "/amount")
        }
        if let currency = when.currency {
            let codes = values(currency, at: pointer + "/currency")
            for code in codes where Currency(code: code) == nil {
                fault(pointer + "/currency", CurrencyWords.fault(code))
            }
            result.append(.currency(codes))
        }
        if let channel = when.channel {
            result.append(.channel(values(channel, at: pointer + "/channel").map { PaymentChannel($0) }))
        }
        if let app = when.app {
            let names = values(app, at: pointer + "/app")
            if names.contains(where: \.isEmpty) {
                fault(pointer + "/app", "must be app ids or names, as `payrouter apps list` shows")
            }
            result.append(
                .app(names.compactMap { AppID($0) }, names: names.filter { AppID($0) == nil }))
        }
        for (name, test) in (when.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = pointer + "/metadata/" + JSONPointer.escaped(name)
            if let condition = metadata(name, test, at: place) { result.append(condition) }
        }
        return result
    }

    /// Bounds of the rule's currency, or bounds by currency.
    private mutating func amount(_ value: JSONValue, hasCurrency: Bool, at pointer: String) -> [RouteCondition] {
        guard let members = value.objectValue?.members, let first = members.first else {
            fault(pointer, "expected bounds such as {\"min\": 100, \"max\": 5000}, or bounds by currency code")
            return []
        }
        let isPlain = ["min", "max"].contains(first.name)
        guard !isPlain else {
            guard let bounds = decode(FileModel.Limit.self, value, at: pointer) else { return [] }
            check(bounds.min, bounds.max, at: pointer)
            if !hasCurrency {
                fault(
                    pointer,
                    "an amount means nothing without a currency; add \"currency\" to this rule, or write {\"XOF\": {\"min\": 100}}"
                )
            }
            return [.amount(minimum: bounds.min, maximum: bounds.max)]
        }
        let alternatives = members.compactMap { member -> RouteCondition? in
            let place = pointer + "/" + JSONPointer.escaped(member.name)
            if Currency(code: member.name) == nil { fault(place, CurrencyWords.fault(member.name)) }
            guard let bounds = decode(FileModel.Limit.self, member.value, at: place) else { return nil }
            check(bounds.min, bounds.max, at: place)
            return .amount(minimum: bounds.min, maximum: bounds.max, currency: member.name)
        }
        return alternatives.count == 1 ? alternatives : [.any(alternatives)]
    }

    private mutating func metadata(_ name: String, _ test: JSONValue, at pointer: String) -> RouteCondition? {
        switch test {
        case .string(let value): return .metadata(name: name, values: [value])
        case .array(let elements):
            let values = elements.compactMap(\.stringValue)
            if values.count != elements.count || values.isEmpty {
                fault(pointer, "expected a list of texts, at least one")
            }
            return .metadata(name: name, values: values)
        case .object(let object):
            if let exists = object["exists"]?.boolValue, object.members.count == 1 {
                return .metadataExists(name: name, exists)
            }
            guard !object.members.isEmpty, object.members.allSatisfy({ ["min", "max"].contains($0.name) }) else {
                break
            }
            let before = issues.count
            let bounds = DecimalRange(
                minimum: number(object["min"], at: pointer + "/min"),
                maximum: number(object["max"], at: pointer + "/max"))
            if issues.count == before { check(bounds.minimum, bounds.maximum, at: pointer) }
            return .metadataNumber(name: name, bounds)
        case .null, .bool, .number: break
        }
        fault(pointer, "expected a text, a list of texts, {\"exists\": true} or bounds such as {\"min\": \"1.5\"}")
        return nil
    }

    private mutating func number(_ value: JSONValue?, at pointer: String) -> DecimalNumber? {
        guard let text = value?.scalarText else { return nil }
        let number = DecimalNumber(text)
        if number == nil { fault(pointer, "\"\(text)\" is no decimal number such as 12 or \"12.5\"") }
        return number
    }

    mutating func decode<T: Decodable>(_ type: T.Type, _ value: JSONValue, at pointer: String) -> T? {
        do throws(JSONIssues) { return try StrictDecoder().decode(type, from: value) } catch {
            for issue in error.issues { fault(pointer + issue.pointer, issue.detail) }
            return nil
        }
    }
}
