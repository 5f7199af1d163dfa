import Router

/// An app's own page.
extension ConsolePages {
    /// - Parameters:
    ///   - app: Whose page it is.
    ///   - visit: Who looks.
    ///   - fresh: Keys that were made just now, whose texts are shown this once.
    /// - Returns: The page.
    /// - Throws: What looking up its keys throws.
    func appPage(
        _ app: App, _ visit: ConsoleVisit, fresh: [ConsoleDesk.FreshKey] = []
    ) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: app.name, section: "/console/apps")
        page.badge = app.isEnabled ? (texts["enabled"], .good) : (texts["disabled"], .bad)
        page.crumbs = [.init(address: "/console/apps", label: texts["apps"])]
        page.blocks = [facts(app, visit)]
        if !fresh.isEmpty { page.blocks.insert(keys(fresh, visit), at: 0) }
        page.blocks += [keys(try await desk.keys(of: app), app, visit), try await wallet(app, visit)]
        page.blocks += [refused(app, visit), settings(app, visit), switching(app, visit)]
        return page
    }

    private func facts(_ app: App, _ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        var block = ConsoleBlock()
        block.add(texts["id"], app.id.text, isCode: true)
        block.add(texts["about"], app.about)
        block.add(texts["phone"], app.phone?.masked)
        block.add(texts["owner"], app.owner == nil ? texts["installation"] : nil)
        block.add(texts["created"], visit.time(app.createdAt))
        for environment in desk.environments {
            let isActive = desk.keys.isActive(app, in: environment)
            block.add(
                texts.word("environment", environment.rawValue), texts[isActive ? "active" : "inactive"],
                mood: isActive ? .good : .warn)
        }
        return block
    }

    private func keys(_ fresh: [ConsoleDesk.FreshKey], _ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        let lines = fresh.map { key in
            "\(texts.word("role", key.record.role.rawValue)), "
                + "\(texts.word("environment", key.record.environment.rawValue)):\n\(key.text)"
        }
        return ConsoleBlock(
            heading: texts["keysNew"], paragraphs: [(texts["keysOnce"], .warn)],
            code: (texts["keysNew"], lines.joined(separator: "\n\n")))
    }

    private func keys(_ keys: [AppKey], _ app: App, _ visit: ConsoleVisit) -> ConsoleBlock {
        let (texts, now) = (visit.texts, desk.now)
        var block = ConsoleBlock(heading: texts["keys"], style: .wide)
        var table = ConsoleTable(
            caption: texts["keys"], empty: texts["keysNone"],
            columns: [
                .init(texts["keyBegins"]), .init(texts["kind"]), .init(texts["environment"]), .init(texts["created"]),
                .init(texts["state"]),
            ])
        let valid = keys.filter { $0.expiresAt.map { now < $0 } ?? true }
        table.rows = (valid + keys.filter { !valid.contains($0) }.suffix(4)).map { key in
            let end = key.expiresAt
            let state: ConsoleTable.Cell =
                if let end, end <= now { .init(texts["revoked"], mood: .bad) } else if let end {
                    .init(texts.filled("until", ["time": visit.time(end)]), mood: .warn)
                } else { .init(texts["valid"], mood: .good) }
            return [
                .init(key.prefix + "…"), .init(texts.word("role", key.role.rawValue)),
                .init(texts.word("environment", key.environment.rawValue)), .init(visit.time(key.createdAt)), state,
            ]
        }
        block.table = table
        block.forms = [rotation(app, visit)]
        if !valid.isEmpty {
            block.forms.append(
                PageForm(
                    action: "/console/apps/\(app.id)/keys/revoke", heading: texts["keyRevoke"],
                    hidden: [("form", visit.visitor.formToken)],
                    fields: [
                        .init(
                            name: "prefix", label: texts["keyRevokeText"],
                            options: valid.map { ($0.prefix, $0.prefix + "…") })
                    ], submit: texts["keyRevoke"], isQuiet: true))
        }
        return block
    }

    private func rotation(_ app: App, _ visit: ConsoleVisit) -> PageForm {
        let texts = visit.texts
        return PageForm(
            action: "/console/apps/\(app.id)/keys", heading: texts["keysRotate"],
            hidden: [("form", visit.visitor.formToken)],
            fields: [
                .init(
                    name: "environment", label: texts["environment"],
                    options: desk.environments.map { ($0.rawValue, texts.word("environment", $0.rawValue)) }),
                .init(
                    name: "overlap", label: texts["keysOverlap"], value: "86400",
                    options: KeyOverlap.seconds.map { (String($0), texts.word("overlap", String($0))) }),
            ], submit: texts["keysRotate"], isQuiet: true)
    }

    private func refused(_ app: App, _ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        var table = ConsoleTable(
            caption: texts["refused"], empty: texts["refusedNone"],
            columns: [.init(texts["time"]), .init(texts["keyBegins"]), .init(texts["reason"])])
        table.rows = desk.keys.refused.refusals(of: app.id).map {
            [.init(visit.time($0.at)), .init($0.prefix + "…"), .init(texts.word("refused", $0.reason.rawValue))]
        }
        return ConsoleBlock(heading: texts["refused"], paragraphs: [(texts["refusedText"], .plain)], table: table)
    }

    private func settings(_ app: App, _ visit: ConsoleVisit) -> ConsoleBlock {
        ConsoleBlock(
            heading: visit.texts["settings"],
            forms: [
                PageForm(
                    action: "/console/apps/\(app.id)/change", hidden: [("form", visit.visitor.formToken)],
                    fields: Self.fields(
                        visit, name: app.name, about: app.about ?? "", phone: app.phone?.e164 ?? ""),
                    submit: visit.texts["save"])
            ])
    }

    private func switching(_ app: App, _ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        return ConsoleBlock(
            heading: texts[app.isEnabled ? "appDisable" : "appEnable"],
            paragraphs: [(texts[app.isEnabled ? "appDisableText" : "appEnableText"], .plain)],
            forms: [
                PageForm(
                    action: "/console/apps/\(app.id)/\(app.isEnabled ? "disable" : "enable")",
                    hidden: [("form", visit.visitor.formToken)],
                    submit: texts[app.isEnabled ? "appDisable" : "appEnable"], isQuiet: app.isEnabled)
            ])
    }
}
