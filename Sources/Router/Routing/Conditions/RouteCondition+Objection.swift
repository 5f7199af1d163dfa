import WebText

extension RouteCondition {
    /// `nil` if the condition holds, else why not; of a group the first reason.
    package func objection(to facts: RouteFacts) -> RouteObjection? {
        switch self {
        case .all, .any, .not: return objections(to: facts).first
        case .operation(let operations):
            let operation = facts.routeOperation
            return operations.contains(operation) ? nil : .operationIs(operation, wanted: operations)
        case .amount(let minimum, let maximum, let code):
            if let code, facts.amount.currency.code != code {
                return .currencyIs(facts.amount.currency, wanted: [code])
            }
            let units = facts.amount.minorUnits
            if let minimum, units < minimum { return .amountBelow(minimum) }
            if let maximum, units > maximum { return .amountAbove(maximum) }
            return nil
        case .currency(let codes):
            let currency = facts.amount.currency
            return codes.contains(currency.code) ? nil : .currencyIs(currency, wanted: codes)
        case .channel(let channels):
            let isAllowed = facts.channels.isEmpty || facts.channels.contains(where: channels.contains)
            return isAllowed ? nil : .channelIsNone(of: channels)
        case .app(let apps, let names):
            let isNamed = facts.appName.map(names.contains) ?? false
            return isNamed || apps.contains(facts.app) ? nil : .anotherApp
        case .metadata, .metadataExists, .metadataNumber: return metadataObjection(facts)
        case .phoneCountry, .phoneOperator, .phonePrefix, .card, .payerCountry, .language:
            return payerObjection(facts)
        case .customerAge, .customerSuccesses: return customerObjection(facts)
        case .timeOfDay, .weekday, .date, .holiday: return timeObjection(facts)
        case .attempt(let minimum, let maximum):
            return Self.isWithin(Int64(facts.attempt), minimum, maximum) ? nil : .attemptIs(facts.attempt)
        case .lastFailure(let reasons):
            guard let last = facts.lastFailure else { return .noAttemptBefore }
            return reasons.contains(last) ? nil : .lastFailureIs(last, wanted: reasons)
        case .bucket(let bucket):
            let place = bucket.place(of: facts)
            return bucket.range.contains(place) ? nil : .bucketIs(place, wanted: bucket.range)
        }
    }

    private func metadataObjection(_ facts: RouteFacts) -> RouteObjection? {
        switch self {
        case .metadata(let name, let values):
            guard let value = facts.metadata[name] else { return .metadataMissing(name: name) }
            return values.contains(value) ? nil : .metadataDiffers(name: name)
        case .metadataExists(let name, let exists):
            guard (facts.metadata[name] != nil) != exists else { return nil }
            return exists ? .metadataMissing(name: name) : .metadataIsThere(name: name)
        case .metadataNumber(let name, let range):
            guard let value = facts.metadata[name] else { return .metadataMissing(name: name) }
            guard let number = DecimalNumber(value) else { return .metadataIsNoNumber(name: name) }
            return range.contains(number) ? nil : .metadataOutOfRange(name: name, range)
        default: return nil
        }
    }

    private func payerObjection(_ facts: RouteFacts) -> RouteObjection? {
        switch self {
        case .phoneCountry(let codes):
            guard let phone = facts.phone else { return .noPhone }
            return codes.contains(phone.countryCode) ? nil : .phoneCountryIs(phone.countryCode, wanted: codes)
        case .phoneOperator(let operators):
            guard let name = facts.phoneOperator?.name else { return .phoneOperatorUnknown }
            return operators.contains(name) ? nil : .phoneOperatorIs(name, wanted: operators)
        case .phonePrefix(let prefixes):
            guard let phone = facts.phone else { return .noPhone }
            return prefixes.contains { phone.international.utf8.starts(with: $0.utf8) }
                ? nil : .phonePrefixIsNone(of: prefixes)
        case .card(let fact, let values):
            guard let value = facts.card?[fact] else { return .cardUnknown(fact) }
            return fact.holds(value, values) ? nil : .cardIs(fact, value, wanted: values)
        case .payerCountry(let codes):
            guard let country = facts.payerCountry else { return .payerCountryUnknown }
            return codes.contains(country) ? nil : .payerCountryIs(country, wanted: codes)
        case .language(let languages):
            guard let language = facts.language else { return .languageUnknown }
            return languages.contains(language) ? nil : .languageIs(language, wanted: languages)
        default: return nil
        }
    }

    private func customerObjection(_ facts: RouteFacts) -> RouteObjection? {
        guard let history = facts.history else { return .customerUnknown }
        switch self {
        case .customerAge(let minimum, let maximum):
            return Self.isWithin(history.ageDays, minimum, maximum) ? nil : .customerAgeIs(days: history.ageDays)
        case .customerSuccesses(let provider, let minimum, let maximum):
            let count = history.successes[provider] ?? 0
            return Self.isWithin(count, minimum, maximum) ? nil : .customerSuccessesAre(count, at: provider)
        default: return nil
        }
    }

    private func timeObjection(_ facts: RouteFacts) -> RouteObjection? {
        switch self {
        case .timeOfDay(let from, let to, let zone):
            let minute = Int(zone.time(at: facts.now).minuteOfDay)
            let holds = from <= to ? (from..<to).contains(minute) : minute >= from || minute < to
            return holds ? nil : .outsideTimeOfDay
        case .weekday(let days, let zone):
            let day = zone.time(at: facts.now).weekday
            return days.contains(day) ? nil : .weekdayIs(day, wanted: days)
        case .date(let from, let to, let zone):
            let day = zone.time(at: facts.now).day
            let isWithin = Self.isWithin(day, from?.daysSinceEpoch, to?.daysSinceEpoch)
            return isWithin ? nil : .dateIs(CivilDate(daysSinceEpoch: day))
        case .holiday(let list, let wanted, let zone):
            let isHoliday = list.contains(day: zone.time(at: facts.now).day)
            return isHoliday == wanted ? nil : wanted ? .noHoliday(of: list.name) : .isHoliday(of: list.name)
        default: return nil
        }
    }

    static func isWithin(_ value: Int64, _ minimum: Int64?, _ maximum: Int64?) -> Bool {
        value >= minimum ?? .min && value <= maximum ?? .max
    }
}
