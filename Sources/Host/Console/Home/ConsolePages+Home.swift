import Router

/// What somebody sees first: today and the last thirty days, of the apps they see.
extension ConsolePages {
    func registerHome(in routes: inout RouteTable) {
        page("/console", .signedIn, in: &routes) { visit throws(Problem) in
            _ = try QueryParameters(visit.request.query, allowed: ["lang"])
            return shown(try await homePage(visit), visit)
        }
        page("/console/figures", .read, in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(
                visit.request.query, allowed: ["lang", "from", "to", "app", "environment"])
            let apps =
                visit.visitor.seesEverything
                ? try await desk.stored { () async throws(StoreFailure) in try await desk.store.apps() }
                : try await desk.ownApps(visit)
            do throws(Problem) { return shown(try await figuresPage(query, apps, visit), visit) } catch {
                var page = ConsolePage(heading: visit.texts["figures"], section: "/console/figures")
                let names = ["app", "environment", "from", "to"]
                let typed = Dictionary(uniqueKeysWithValues: names.map { ($0, query[$0] ?? "") })
                page.blocks = [ConsoleBlock(forms: [figuresForm(typed, apps, visit)], style: .filters)]
                return failed(page, error, visit)
            }
        }
    }

    private func homePage(_ visit: ConsoleVisit) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["home"], section: "/console")
        guard visit.visitor.may(.read) else {
            page.lead = texts["homeNothing"]
            page.blocks = [ConsoleBlock(links: [.init(address: "/console/account", label: texts["account"])])]
            if visit.visitor.account?.isStaff == true { page.blocks[0].paragraphs = [(texts["rolesWithheld"], .plain)] }
            return page
        }
        let own = visit.visitor.may(.ownApps) ? try await desk.ownApps(visit) : []
        if visit.visitor.may(.ownApps), own.isEmpty, !visit.visitor.seesEverything {
            page.blocks = [
                ConsoleBlock(
                    heading: texts["firstApp"], paragraphs: [(texts["appNewText"], .plain)],
                    links: [.init(address: "/console/apps/new", label: texts["appNew"])])
            ]
            return page
        }
        let today = SnapshotDay(desk.now)
        for environment in desk.environments {
            page.blocks += try await figures(
                nil, environment, from: today.advanced(by: -29), to: today, visit)
        }
        page.blocks.append(
            ConsoleBlock(links: [.init(address: "/console/figures", label: texts["figuresMore"], isQuiet: true)]))
        return page
    }

    private func figuresPage(
        _ query: QueryParameters, _ apps: [App], _ visit: ConsoleVisit
    ) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        let today = SnapshotDay(desk.now)
        let days = try query.days(today: today)
        let to = days.to ?? today
        let from = days.from ?? to.advanced(by: -29)
        try QueryParameters.checkSpan(from, to)
        let environment = try query.told("environment", among: desk.environments) ?? standardEnvironment
        let app = try query.told("app", "an app of the list") { text in apps.first { $0.id.text == text } }
        var page = ConsolePage(heading: texts["figures"], section: "/console/figures")
        let values = ["app": app?.id.text ?? "", "environment": environment.rawValue, "from": "\(from)", "to": "\(to)"]
        page.blocks = [ConsoleBlock(forms: [figuresForm(values, apps, visit)], style: .filters)]
        page.blocks += try await figures(app, environment, from: from, to: to, visit, wholeTable: true)
        if let app { page.blocks += try await sales(app, environment, from: from, to: to, visit) }
        return page
    }

    private var standardEnvironment: PayEnvironment { desk.environments.first ?? .sandbox }

    /// What is asked of figures, with what was asked for before.
    private func figuresForm(_ values: [String: String], _ apps: [App], _ visit: ConsoleVisit) -> PageForm {
        let texts = visit.texts
        func value(_ name: String) -> String { values[name] ?? "" }
        var form = PageForm(action: "/console/figures", submit: texts["show"])
        form.isSearch = true
        form.fields = [
            .init(
                name: "app", label: texts["app"], value: value("app"), isRequired: false,
                options: [("", texts["all"])] + apps.prefix(200).map { (value: $0.id.text, label: $0.name) }),
            .init(
                name: "environment", label: texts["environment"], value: value("environment"), isRequired: false,
                options: desk.environments.map { ($0.rawValue, texts.word("environment", $0.rawValue)) }),
            .init(
                name: "from", label: texts["from"], value: value("from"), kind: .latin, isRequired: false,
                longest: 10),
            .init(name: "to", label: texts["to"], value: value("to"), kind: .latin, isRequired: false, longest: 10),
        ]
        return form
    }

    /// The figures of a span: sums, a chart and a table by channel, for each currency.
    private func figures(
        _ app: App?, _ environment: PayEnvironment, from: SnapshotDay, to: SnapshotDay, _ visit: ConsoleVisit,
        wholeTable: Bool = false
    ) async throws(Problem) -> [ConsoleBlock] {
        var apps: [AppID]?
        if let app {
            apps = [app.id]
        } else if !visit.visitor.seesEverything {
            apps = try await desk.ownApps(visit).map(\.id)
        }
        let summary = try await desk.stored { [apps] () async throws(StoreFailure) in
            try await desk.snapshots.summary(apps: apps, environment: environment, from: from, to: to)
        }
        let figures = FigureBlocks(visit: visit, environment: environment, from: from, to: to)
        return figures.blocks(summary, today: SnapshotDay(desk.now), days: wholeTable)
    }

    private func sales(
        _ app: App, _ environment: PayEnvironment, from: SnapshotDay, to: SnapshotDay, _ visit: ConsoleVisit
    ) async throws(Problem) -> [ConsoleBlock] {
        let (sold, active) = try await desk.stored { () async throws(StoreFailure) in
            (
                try await desk.snapshots.mostSold(app: app.id, environment: environment, from: from, to: to),
                try await desk.snapshots.mostActive(app: app.id, environment: environment, from: from, to: to)
            )
        }
        let figures = FigureBlocks(visit: visit, environment: environment, from: from, to: to)
        return [
            figures.ranking(visit.texts["mostSold"], visit.texts["soldNone"], sold, counted: visit.texts["pieces"]),
            figures.ranking(
                visit.texts["mostActive"], visit.texts["activeNone"], active, counted: visit.texts["payments"]),
        ]
    }
}
