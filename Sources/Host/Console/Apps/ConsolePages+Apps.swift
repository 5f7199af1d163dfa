import Router

/// Apps: the list, making one, and what happens on an app's own page.
extension ConsolePages {
    func registerApps(in routes: inout RouteTable) {
        list(ListAddress("/console/apps"), .ownApps, in: &routes) { visit, _ throws(Problem) in
            appsPage(try await desk.apps(visit), visit)
        }
        page("/console/apps/new", .ownApps, in: &routes) { visit throws(Problem) in shown(newAppPage(visit, nil), visit)
        }
        form("/console/apps", .ownApps, in: &routes, ["name", "about", "phone"]) { visit, form throws(Problem) in
            do throws(Problem) {
                let (app, keys) = try await desk.makeApp(form, visit)
                var page = try await appPage(app, visit, fresh: keys)
                page.notice = visit.texts["appMade"]
                let secret = keys.first { $0.record.role == .secret && $0.record.environment == .sandbox }
                let steps = FirstSteps(publicURL: desk.publicURL, texts: visit.texts)
                page.blocks.insert(contentsOf: steps.blocks(key: secret?.text), at: 1)
                return shown(page, visit, status: 201)
            } catch { return failed(newAppPage(visit, form), error, visit) }
        }
        page("/console/apps/{id}", .ownApps, in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["lang", "saved"])
            var page = try await appPage(try await desk.app(visit), visit)
            if query["saved"] != nil { page.notice = visit.texts["saved"] }
            return shown(page, visit)
        }
        appForm("change", ["name", "about", "phone"], in: &routes) { visit, app, form throws(Problem) in
            _ = try await desk.change(app.id, .appChanged, visit) { app throws(Problem) in
                try ConsoleDesk.read(form, into: &app)
            }
            return saved(app)
        }
        appForm("enable", [], in: &routes) { visit, app, _ throws(Problem) in
            _ = try await desk.change(app.id, .appEnabled, visit) { $0.isEnabled = true }
            return saved(app)
        }
        appForm("disable", [], in: &routes) { visit, app, _ throws(Problem) in
            _ = try await desk.change(app.id, .appDisabled, visit) { $0.isEnabled = false }
            return saved(app)
        }
        appForm("keys", ["environment", "overlap"], in: &routes) { visit, app, form throws(Problem) in
            guard let environment = form["environment"].flatMap({ PayEnvironment(rawValue: $0) }),
                let overlap = form["overlap"].flatMap({ Int64($0) }), KeyOverlap.seconds.contains(overlap)
            else { throw Problem(.invalidParameter, "the form names no environment or no time that can be chosen") }
            let fresh = try await desk.rotate(app, environment, overlapSeconds: overlap, visit)
            return shown(try await appPage(app, visit, fresh: fresh), visit, status: 201)
        }
        appForm("keys/revoke", ["prefix"], in: &routes) { visit, app, form throws(Problem) in
            try await desk.revoke(form["prefix"] ?? "", of: app, visit)
            return saved(app)
        }
        registerWalletLink(in: &routes)
    }

    /// A form of an app's page; what goes wrong is said there.
    func appForm(
        _ action: String, _ fields: Set<String>, in routes: inout RouteTable,
        _ body: @escaping @Sendable (ConsoleVisit, App, QueryParameters) async throws(Problem) -> APIResponse
    ) {
        form("/console/apps/{id}/\(action)", .ownApps, in: &routes, fields) { visit, form throws(Problem) in
            let app = try await desk.app(visit)
            do throws(Problem) { return try await body(visit, app, form) } catch {
                return failed(try await appPage(app, visit), error, visit)
            }
        }
    }

    func saved(_ app: App) -> APIResponse { redirect("/console/apps/\(app.id)?saved=1") }

    private func appsPage(_ apps: [App], _ visit: ConsoleVisit) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["apps"], section: "/console/apps")
        var table = ConsoleTable(
            caption: texts["apps"], empty: texts["appsNone"],
            columns: [.init(texts["name"]), .init(texts["about"]), .init(texts["state"]), .init(texts["created"])])
        if visit.visitor.may(.administer) { table.columns.insert(.init(texts["owner"]), at: 1) }
        table.rows = apps.map { app in
            var cells: [ConsoleTable.Cell] = [
                .init(app.name, to: "/console/apps/\(app.id)"), .init(app.about), state(app, visit),
                .init(visit.time(app.createdAt)),
            ]
            if visit.visitor.may(.administer) {
                cells.insert(.init(app.owner == nil ? texts["installation"] : app.owner?.text), at: 1)
            }
            return cells
        }
        page.blocks = [
            ConsoleBlock(
                table: table, list: .init(), links: [.init(address: "/console/apps/new", label: texts["appNew"])],
                style: .wide)
        ]
        return page
    }

    private func state(_ app: App, _ visit: ConsoleVisit) -> ConsoleTable.Cell {
        guard app.isEnabled else { return .init(visit.texts["disabled"], mood: .bad) }
        let isWaiting = desk.environments.contains { !desk.keys.isActive(app, in: $0) }
        return isWaiting ? .init(visit.texts["unlinked"], mood: .warn) : .init(visit.texts["enabled"], mood: .good)
    }

    private func newAppPage(_ visit: ConsoleVisit, _ form: QueryParameters?) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["appNew"], section: "/console/apps")
        page.crumbs = [.init(address: "/console/apps", label: texts["apps"])]
        page.lead = texts["appNewText"]
        page.blocks = [
            ConsoleBlock(forms: [
                PageForm(
                    action: "/console/apps", hidden: [("form", visit.visitor.formToken)],
                    fields: Self.fields(
                        visit, name: form?["name"] ?? "", about: form?["about"] ?? "", phone: form?["phone"] ?? ""),
                    submit: texts["appMake"])
            ])
        ]
        return page
    }

    static func fields(_ visit: ConsoleVisit, name: String, about: String, phone: String) -> [PageForm.Field] {
        let texts = visit.texts
        return [
            .init(name: "name", label: texts["name"], hint: texts["appNameHint"], value: name, longest: 60),
            .init(
                name: "about", label: texts["about"], hint: texts["optional"], value: about, isRequired: false,
                longest: 500),
            .init(
                name: "phone", label: texts["phone"], hint: texts["appPhoneHint"], value: phone, kind: .phone,
                isRequired: false, longest: 30),
        ]
    }
}

/// How long old keys may go on working, in seconds.
enum KeyOverlap {
    static let seconds: [Int64] = [0, 3_600, 86_400, 7 * 86_400]
}
