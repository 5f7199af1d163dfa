import Router
import WebText

extension ConfigurationBuilder {
    mutating func routing(_ model: FileModel.Routing, at root: String = "/routing") -> RoutingTable {
        var rules: [RouteRule] = []
        var taken: Set<String> = ["otherwise"]
        var conditions = ConditionReader(
            holidays: holidays(model.holidays ?? [:], at: root + "/holidays"),
            zones: environment.zones)
        for (index, value) in (model.rules ?? []).enumerated() {
            let pointer = "\(root)/rules/\(index)"
            guard let rule = decode(FileModel.Rule.self, value, at: pointer) else { continue }
            if !taken.insert(rule.name).inserted {
                fault(pointer + "/name", "the name \"\(rule.name)\" is taken by another rule")
            }
            let when = rule.when.map { conditions.read($0, at: pointer + "/when", topOf: rule.name) } ?? []
            guard let use = use(rule.use, at: pointer + "/use") else { continue }
            rules.append(Self.rule(rule.name, when, use, at: pointer))
        }
        issues += conditions.issues
        let otherwise = model.otherwise.flatMap { value in
            decode(FileModel.Use.self, value, at: root + "/otherwise").flatMap { use($0, at: root + "/otherwise") }
        }
        if rules.isEmpty, otherwise == nil, issues.isEmpty {
            fault(root, "no rule and no \"otherwise\": nothing could go anywhere")
        }
        var table = RoutingTable(rules: rules, otherwise: otherwise)
        if let reasons = model.failover {
            for (index, reason) in reasons.enumerated() where reason.blame == .payer {
                fault(
                    "\(root)/failover/\(index)", "\"\(reason.rawValue)\" is the payer's refusal; it never fails over")
            }
            for (index, reason) in reasons.enumerated() where reason == .capacityExhausted {
                fault(
                    "\(root)/failover/\(index)",
                    "\"\(reason.rawValue)\" is the router's own want of room: the same provider is tried again")
            }
            table.failoverReasons = Set(reasons)
        }
        table.maximumAttempts = Int(
            within(model.maxAttempts.map(Int64.init), 1...10, 5, at: root + "/max_attempts"))
        return table
    }

    /// What a rule is about stands by itself, where it is asked at the top.
    private static func rule(
        _ name: String, _ when: [RouteCondition], _ use: RouteUse, at pointer: String
    ) -> RouteRule {
        var rule = RouteRule(name: name, when: when, use: use)
        rule.pointer = pointer
        for condition in when {
            guard case .operation(let operations) = condition else { continue }
            rule.operations = operations
            rule.when.removeAll { $0 == condition }
            break
        }
        return rule
    }

    private mutating func holidays(_ lists: [String: [String]], at pointer: String) -> [String: HolidayList] {
        var result: [String: HolidayList] = [:]
        for (name, days) in lists.sorted(by: { $0.key < $1.key }) {
            let place = pointer + "/" + JSONPointer.escaped(name)
            if days.isEmpty { fault(place, "a list without days holds for none; name days such as \"2026-04-27\"") }
            let dates = days.enumerated().compactMap { index, text -> CivilDate? in
                let date = CivilDate(text: text)
                if date == nil { fault(place + "/\(index)", ConditionReader.noDay(text)) }
                return date
            }
            result[name] = HolidayList(name, dates)
        }
        return result
    }

    private mutating func use(_ model: FileModel.Use, at pointer: String) -> RouteUse? {
        guard let strategy = RouteUse.Strategy(rawValue: model.strategy) else {
            let known = RouteUse.Strategy.allCases.map(\.rawValue)
            let question = NearestName.question(model.strategy, among: known)
            fault(
                pointer + "/strategy",
                "must be one of " + known.map { "\"\($0)\"" }.joined(separator: ", ")
                    + (question.map { "; " + $0 } ?? ""))
            return nil
        }
        if model.providers.isEmpty { fault(pointer + "/providers", "at least one provider is required") }
        var members: [RouteUse.Member] = []
        for (index, member) in model.providers.enumerated() {
            let place = pointer + "/providers/\(index)"
            if !isNamed(member.id) { fault(place, noProvider(member.id)) }
            if members.contains(where: { $0.provider.text == member.id }) {
                fault(place, "\"\(member.id)\" stands twice in this list")
            }
            let weight = within(member.weight.map(Int64.init), 1...1_000_000, 1, at: place + "/weight")
            members.append(.init(provider: ProviderID(member.id), weight: Int(weight)))
        }
        return RouteUse(strategy: strategy, members: members)
    }
}
