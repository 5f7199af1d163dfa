import Router
import WebText

/// Conditions about when it is, and shares of all orders.
extension ConditionReader {
    mutating func moments(_ when: FileModel.When, at pointer: String) -> [RouteCondition] {
        var result: [RouteCondition] = []
        if let time = when.time {
            let zone = zone(time.zone, at: pointer + "/time/zone")
            if let from = Self.minutes(time.from), let to = Self.minutes(time.to) {
                result.append(.timeOfDay(from: from, to: to, zone: zone))
            } else {
                fault(pointer + "/time", "\"from\" and \"to\" are hours and minutes, such as \"08:30\"")
            }
        }
        if let weekday = when.weekday {
            let known = Weekday.allCases.map(\.rawValue)
            let days = values(weekday.days, at: pointer + "/weekday").compactMap { name -> Weekday? in
                let day = Weekday(rawValue: name)
                if day == nil {
                    fault(pointer + "/weekday", "\"\(name)\" is no day" + NearestName.remedy(name, among: known))
                }
                return day
            }
            result.append(.weekday(days, zone: zone(weekday.zone, at: pointer + "/weekday/zone")))
        }
        if let dates = when.date {
            let from = day(dates.from, at: pointer + "/date/from")
            let to = day(dates.to, at: pointer + "/date/to")
            if dates.from == nil, dates.to == nil { fault(pointer + "/date", "give \"from\", \"to\" or both") }
            if let from, let to, from.daysSinceEpoch > to.daysSinceEpoch {
                fault(pointer + "/date", "\"from\" must not be after \"to\"")
            }
            result.append(.date(from: from, to: to, zone: zone(dates.zone, at: pointer + "/date/zone")))
        }
        if let holiday = when.holiday {
            let zone = zone(holiday.zone, at: pointer + "/holiday/zone")
            if let list = holidays[holiday.list] {
                result.append(.holiday(list, holiday.isOne ?? true, zone: zone))
            } else {
                fault(
                    pointer + "/holiday",
                    "\"holidays\" has no list \"\(holiday.list)\""
                        + NearestName.remedy(holiday.list, among: holidays.keys.sorted()))
            }
        }
        return result
    }

    mutating func shares(_ when: FileModel.When, at pointer: String, _ rule: String) -> [RouteCondition] {
        when.bucket.flatMap { share($0, at: pointer + "/bucket", rule) }.map { [$0] } ?? []
    }

    private mutating func share(_ bucket: FileModel.Bucket, at pointer: String, _ rule: String) -> RouteCondition? {
        let known = HashBucket.Subject.allCases.map(\.rawValue)
        let subject = HashBucket.Subject(rawValue: bucket.of)
        if subject == nil {
            fault(pointer + "/of", "\"\(bucket.of)\" is neither" + NearestName.remedy(bucket.of, among: known))
        }
        let from = HashBucket.hundredths(percent: bucket.from ?? "0")
        let to = HashBucket.hundredths(percent: bucket.to)
        for (name, value) in [("from", from), ("to", to)] where value == nil {
            fault(
                pointer + "/\(name)", "expected a percentage from 0 to 100 with at most two decimals, such as \"12.5\"")
        }
        guard let subject, let from, let to else { return nil }
        guard from < to else {
            fault(pointer, "\"from\" must be below \"to\": nothing falls between them")
            return nil
        }
        return .bucket(HashBucket(subject, salt: bucket.salt ?? rule, range: from..<to))
    }

    private mutating func day(_ text: String?, at pointer: String) -> CivilDate? {
        guard let text else { return nil }
        let date = CivilDate(text: text)
        if date == nil { fault(pointer, Self.noDay(text)) }
        return date
    }

    /// What is wrong with a text that is no day.
    static func noDay(_ text: String) -> String { "\"\(text)\" is no day of the calendar, such as \"2026-04-27\"" }

    private mutating func zone(_ name: String?, at pointer: String) -> TimeZoneRules {
        guard let name else { return .utc }
        guard let zone = zones(name) else {
            fault(
                pointer,
                "this machine knows no time zone \"\(name)\"; use a name of the time zone database such as \"Africa/Lome\" "
                    + "(Debian package tzdata)")
            return .utc
        }
        return zone
    }

    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        guard text.utf8.count == 5, parts.count == 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else {
            return nil
        }
        return parts[0] * 60 + parts[1]
    }
}
