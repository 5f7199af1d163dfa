import Router

/// Providers: how they are, what money is open there, and having one take no new orders.
extension ConsolePages {
    func registerProviders(in routes: inout RouteTable) {
        list(ListAddress("/console/providers"), .readPlatform, in: &routes) { visit, _ throws(Problem) in
            try await providersPage(visit)
        }
        page("/console/providers/{id}", .readPlatform, in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["lang", "saved"])
            var page = try await providerPage(try await desk.provider(visit), visit)
            if query["saved"] != nil { page.notice = visit.texts["saved"] }
            return shown(page, visit)
        }
        providerForm("drain", ["reason"], in: &routes) { visit, health, form throws(Problem) in
            try await desk.drain(health.id, form["reason"]?.trimmed ?? "", visit)
        }
        providerForm("resume", [], in: &routes) { visit, health, _ throws(Problem) in
            try await desk.resume(health.id, visit)
        }
        form("/console/providers/{id}/test", .operate, in: &routes, []) { visit, _ throws(Problem) in
            let health = try await desk.provider(visit)
            do throws(Problem) {
                let report = try await desk.test(health.id, visit)
                var page = try await providerPage(health, visit)
                page.blocks.insert(ProbeBlocks.block(report, visit), at: 0)
                return shown(page, visit)
            } catch { return failed(try await providerPage(health, visit), error, visit) }
        }
    }

    private func providerForm(
        _ action: String, _ fields: Set<String>, in routes: inout RouteTable,
        _ body: @escaping @Sendable (ConsoleVisit, ProviderHealth, QueryParameters) async throws(Problem) -> Void
    ) {
        form("/console/providers/{id}/\(action)", .operate, in: &routes, fields) { visit, form throws(Problem) in
            let health = try await desk.provider(visit)
            do throws(Problem) { try await body(visit, health, form) } catch {
                return failed(try await providerPage(health, visit), error, visit)
            }
            return redirect("/console/providers/\(health.id)?saved=1")
        }
    }

    private func providersPage(_ visit: ConsoleVisit) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        let all = try await desk.providers()
        var page = ConsolePage(heading: texts["providers"], section: "/console/providers")
        var table = ConsoleTable(
            caption: texts["providers"], empty: texts["providersNone"],
            columns: [
                .init(texts["provider"]), .init(texts["kind"]), .init(texts["environment"]), .init(texts["state"]),
                .init(texts["openOrders"], isNumber: true), .init(texts["exposure"]),
            ])
        table.rows = all.map { health in
            [
                .init(health.id.text, to: "/console/providers/\(health.id)"), .init(health.kind),
                .init(texts.word("environment", health.environment.rawValue)), Self.state(health.state, visit),
                .init("\(health.operations.reduce(0) { $0 + $1.openOrders })"),
                .init(
                    health.exposure.filter { $0.amount.minorUnits > 0 }.map { visit.amount($0.amount) }
                        .joined(separator: ", ")),
            ]
        }
        page.blocks = [ConsoleBlock(table: table, list: .init(), style: .wide)]
        return page
    }

    private static func state(_ state: HealthState, _ visit: ConsoleVisit) -> ConsoleTable.Cell {
        let mood: ConsolePage.Mood =
            switch state {
            case .operational: .good
            case .delayed: .warn
            case .closed: .bad
            }
        return .init(visit.texts.word("health", state.rawValue), mood: mood)
    }

    private func providerPage(_ health: ProviderHealth, _ visit: ConsoleVisit) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: health.id.text, section: "/console/providers")
        page.crumbs = [.init(address: "/console/providers", label: texts["providers"])]
        let cell = Self.state(health.state, visit)
        page.badge = (cell.text, cell.mood)
        var facts = ConsoleBlock()
        facts.add(texts["kind"], health.kind)
        facts.add(texts["environment"], texts.word("environment", health.environment.rawValue))
        for part in health.exposure {
            let limit = part.limit.map { " / " + visit.amount($0) } ?? ""
            facts.add(texts["exposure"], visit.amount(part.amount) + limit, mood: part.isFull ? .bad : .plain)
        }
        for known in health.balances {
            facts.add(texts["balance"], "\(visit.amount(known.balance.available)), \(visit.time(known.at))")
        }
        if let drain = health.drain {
            facts.add(texts["drainedBy"], drain.by)
            facts.add(texts["since"], visit.time(drain.since))
            facts.add(texts["reason"], drain.reason)
        }
        facts.links = [.init(address: "/console/orders?provider=\(health.id)", label: texts["orders"], isQuiet: true)]
        page.blocks = [facts, operations(health, visit)]
        if !health.unverified.isEmpty {
            page.blocks.append(
                ConsoleBlock(
                    heading: texts["unverified"],
                    paragraphs: [(texts["unverifiedText"], .plain)] + health.unverified.map { ($0, .warn) }))
        }
        if visit.visitor.may(.operate) { page.blocks += [testing(health, visit), draining(health, visit)] }
        return page
    }

    private func operations(_ health: ProviderHealth, _ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        var table = ConsoleTable(
            caption: texts["operations"], empty: "",
            columns: [
                .init(texts["operation"]), .init(texts["channels"]), .init(texts["state"]), .init(texts["reason"]),
                .init(texts["since"]), .init(texts["latency"], isNumber: true),
                .init(texts["openOrders"], isNumber: true),
            ])
        table.rows = health.operations.map { operation in
            let recent = operation.recent
            return [
                .init(operation.operation.rawValue.replacing("_", with: " ")),
                .init(operation.channels.map(\.text).joined(separator: ", ")),
                Self.state(operation.verdict.state, visit), .init(operation.verdict.reason?.text),
                .init(operation.verdict.since.map { visit.time($0) }),
                .init(recent.count > 0 ? "\(recent.median) / \(recent.slowest) ms" : nil),
                .init("\(operation.openOrders)"),
            ]
        }
        return ConsoleBlock(heading: texts["operations"], table: table, style: .wide)
    }

    private func testing(_ health: ProviderHealth, _ visit: ConsoleVisit) -> ConsoleBlock {
        ConsoleBlock(
            heading: visit.texts["test"], paragraphs: [(visit.texts["testText"], .plain)],
            forms: [
                PageForm(
                    action: "/console/providers/\(health.id)/test", hidden: [("form", visit.visitor.formToken)],
                    submit: visit.texts["test"], isQuiet: true)
            ])
    }

    private func draining(_ health: ProviderHealth, _ visit: ConsoleVisit) -> ConsoleBlock {
        let (texts, path) = (visit.texts, "/console/providers/\(health.id)")
        let hidden = [(name: "form", value: visit.visitor.formToken)]
        guard health.drain == nil else {
            return ConsoleBlock(
                heading: texts["resume"], paragraphs: [(texts["resumeText"], .plain)],
                forms: [PageForm(action: path + "/resume", hidden: hidden, submit: texts["resume"])])
        }
        return ConsoleBlock(
            heading: texts["drain"], paragraphs: [(texts["drainText"], .plain)],
            forms: [
                PageForm(
                    action: path + "/drain", hidden: hidden,
                    fields: [.init(name: "reason", label: texts["reason"], longest: 200)], submit: texts["drain"],
                    isQuiet: true)
            ])
    }
}
