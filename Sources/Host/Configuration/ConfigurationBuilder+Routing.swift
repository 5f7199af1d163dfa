import Router

extension ConfigurationBuilder {
    mutating func routing(_ model: FileModel.Routing, at root: String = "/routing") -> RoutingTable {
        var rules: [RouteRule] = []
        var taken: Set<String> = ["otherwise"]
        for (index, value) in (model.rules ?? []).enumerated() {
            let pointer = "\(root)/rules/\(index)"
            guard let rule = decode(FileModel.Rule.self, value, at: pointer) else { continue }
            if !taken.insert(rule.name).inserted {
                fault(pointer + "/name", "the name \"\(rule.name)\" is taken by another rule")
            }
            let when = rule.when.map { conditions($0, at: pointer + "/when") } ?? []
            guard let use = use(rule.use, at: pointer + "/use") else { continue }
            rules.append(RouteRule(name: rule.name, when: when, use: use))
        }
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

    private mutating func use(_ model: FileModel.Use, at pointer: String) -> RouteUse? {
        guard let strategy = RouteUse.Strategy(rawValue: model.strategy) else {
            let known = RouteUse.Strategy.allCases.map(\.rawValue)
            let question = NearestName.question(model.strategy, among: known)
            fault(
                pointer + "/strategy", "must be \"priority\" or \"weighted\"" + (question.map { "; " + $0 } ?? ""))
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

    private mutating func conditions(_ when: FileModel.When, at pointer: String) -> [RouteCondition] {
        var result: [RouteCondition] = []
        if let amount = when.amount {
            if let low = amount.min, let high = amount.max, low > high {
                fault(pointer + "/amount", "\"min\" must not be above \"max\"")
            }
            if when.currency == nil {
                fault(pointer + "/amount", "an amount means nothing without a currency; add \"currency\" to this rule")
            }
            result.append(.amount(minimum: amount.min, maximum: amount.max))
        }
        if let currency = when.currency {
            for code in currency.values where Currency(code: code) == nil {
                fault(pointer + "/currency", CurrencyWords.fault(code))
            }
            result.append(.currency(currency.values))
        }
        if let channel = when.channel { result.append(.channel(channel.values.map { PaymentChannel($0) })) }
        if let country = when.phoneCountry {
            for code in country.values where NumberingPlan.builtIn.country(code: code) == nil {
                let known = NumberingPlan.builtIn.countries.map(\.code)
                let question = known.contains(code.uppercased()) ? " did you mean \"\(code.uppercased())\"?" : ""
                fault(
                    pointer + "/phone.country",
                    "\"\(code)\" is not in the numbering plan;\(question) known: \(known.joined(separator: ", "))")
            }
            result.append(.phoneCountry(country.values))
        }
        if let phoneOperator = when.phoneOperator { result.append(.phoneOperator(phoneOperator.values)) }
        if let app = when.app {
            let ids = app.values.compactMap { AppID($0) }
            if ids.count != app.values.count {
                fault(pointer + "/app", "must be app ids, as `payrouter apps list` shows")
            }
            result.append(.app(ids))
        }
        for (name, values) in (when.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
            result.append(.metadata(name: name, values: values.values))
        }
        if let time = when.time {
            if let from = minutes(time.from), let to = minutes(time.to) {
                result.append(.timeOfDay(from: from, to: to))
            } else {
                fault(pointer + "/time", "\"from\" and \"to\" are hours and minutes in UTC, such as \"08:30\"")
            }
        }
        return result
    }

    private func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        guard text.utf8.count == 5, parts.count == 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else {
            return nil
        }
        return parts[0] * 60 + parts[1]
    }

    mutating func warnAboutUnused(_ tables: [RoutingTable]) {
        let uses = tables.flatMap { $0.rules.map(\.use) + [$0.otherwise].compactMap(\.self) }
        let used = Set(uses.flatMap(\.members).map(\.provider))
        for provider in providers where !used.contains(provider.id) && !provider.isRetired {
            issues.append(
                .init("", "provider \"\(provider.id)\" is not used by any rule", severity: .warning))
        }
    }
}
