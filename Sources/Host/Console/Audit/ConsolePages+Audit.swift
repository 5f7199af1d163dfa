import Router

/// The audit trail: who did what to what, before and after.
extension ConsolePages {
    func registerAudit(in routes: inout RouteTable) {
        var address = ListAddress("/console/audit")
        (address.filters, address.others) = (["actor", "subject", "app"], ["before"])
        list(address, .read, in: &routes) { visit, query throws(Problem) in try await auditPage(query, visit) }
        page("/console/audit/{number}", .read, in: &routes) { visit throws(Problem) in
            shown(linePage(try await line(visit), visit), visit)
        }
    }

    /// How many lines a page has.
    private static let pageLength = 50

    private func auditPage(_ query: QueryParameters, _ visit: ConsoleVisit) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        var wanted = AuditQuery(limit: Self.pageLength + 1)
        wanted.before = try query.value("before", "the number of a line") { Int64($0) }
        wanted.actor = query["actor"].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
        wanted.subject = query["subject"].flatMap { AuditEntry.Subject(typed: $0.trimmed) }
        let app = try query.told("app", "the identifier of an app") { AppID($0) }
        let lines = try await trail(wanted, app: app, visit)
        var page = ConsolePage(heading: texts["audit"], section: "/console/audit")
        page.lead = texts[visit.visitor.seesEverything ? "auditText" : "auditOwnText"]
        var table = ConsoleTable(
            caption: texts["audit"], empty: texts["auditNone"],
            columns: [
                .init(texts["number"], isNumber: true), .init(texts["time"]), .init(texts["who"]), .init(texts["what"]),
                .init(texts["subject"]),
            ])
        table.rows = lines.prefix(Self.pageLength).map { record in
            [
                .init("\(record.number)", to: "/console/audit/\(record.number)"), .init(visit.time(record.entry.at)),
                .init(record.entry.actor.name), .init(texts.word("action", record.entry.action.rawValue)),
                .init("\(texts.word("subject", record.entry.subject.kind.rawValue)) \(record.entry.subject.id)"),
            ]
        }
        var filters = PageForm(action: "/console/audit", submit: texts["show"])
        filters.isSearch = true
        filters.fields = [
            .init(
                name: "actor", label: texts["who"], value: query["actor"] ?? "", kind: .latin, isRequired: false,
                longest: 100),
            .init(
                name: "subject", label: texts["subjectID"], value: query["subject"] ?? "", kind: .latin,
                isRequired: false, longest: 100),
        ]
        var block = ConsoleBlock(table: table, style: .wide)
        block.list = .init()
        if lines.count > Self.pageLength, let last = lines.prefix(Self.pageLength).last {
            let rest = [("actor", query["actor"]), ("subject", query["subject"]), ("app", query["app"])]
                .compactMap { name, value in value.map { "&\(name)=\(Self.escaped($0))" } }.joined()
            block.list?.older = "/console/audit?before=\(last.number)\(rest)"
        }
        page.blocks = [ConsoleBlock(forms: [filters], style: .filters), block]
        return page
    }

    /// Lines that a visitor may read: staff all, developers those of their apps and of themselves.
    private func trail(
        _ query: AuditQuery, app: AppID?, _ visit: ConsoleVisit
    ) async throws(Problem) -> [AuditRecord] {
        guard !visit.visitor.seesEverything else {
            var query = query
            query.app = app
            return try await desk.stored { [query] () async throws(StoreFailure) in try await desk.store.audit(query) }
        }
        guard let account = visit.visitor.account else { return [] }
        let apps = try await desk.apps(visit).filter { app == nil || $0.id == app }
        return try await desk.stored { () async throws(StoreFailure) in
            var found: [Int64: AuditRecord] = [:]
            for own in apps {
                var part = query
                part.app = own.id
                for record in try await desk.store.audit(part) { found[record.number] = record }
            }
            if app == nil {
                var part = query
                part.subject = .init(.account, account.id.text)
                if query.subject == nil || query.subject == part.subject {
                    for record in try await desk.store.audit(part) { found[record.number] = record }
                }
            }
            return Array(found.values.sorted { $0.number > $1.number }.prefix(query.limit))
        }
    }

    private func line(_ visit: ConsoleVisit) async throws(Problem) -> AuditRecord {
        let missing = Problem(.notFound, "there is no such line")
        guard let number = visit.request.parameters["number"].flatMap({ Int64($0) }), number > 0, number < .max else {
            throw missing
        }
        let found = try await desk.stored { () async throws(StoreFailure) in
            try await desk.store.audit(AuditQuery(before: number + 1, limit: 1))
        }
        guard let record = found.first, record.number == number else { throw missing }
        if visit.visitor.seesEverything { return record }
        let apps = Set(try await desk.apps(visit).map(\.id))
        let isOwn = record.entry.subject == .init(.account, visit.visitor.account?.id.text ?? "")
        guard isOwn || record.entry.app.map({ apps.contains($0) }) ?? false else { throw missing }
        return record
    }

    private func linePage(_ record: AuditRecord, _ visit: ConsoleVisit) -> ConsolePage {
        let (texts, entry) = (visit.texts, record.entry)
        var page = ConsolePage(
            heading: texts.word("action", entry.action.rawValue), section: "/console/audit")
        page.crumbs = [.init(address: "/console/audit", label: texts["audit"])]
        var block = ConsoleBlock()
        block.add(texts["number"], "\(record.number)")
        block.add(texts["time"], visit.time(entry.at))
        block.add(texts["who"], entry.actor.name)
        block.add(texts["subject"], "\(texts.word("subject", entry.subject.kind.rawValue)) \(entry.subject.id)")
        block.add(texts["app"], entry.app?.text, isCode: true)
        block.add(texts["address"], entry.client)
        block.add(texts["request"], entry.request?.text, isCode: true)
        page.blocks = [block]
        for (name, value) in [("before", entry.before), ("after", entry.after)] {
            guard let value, value != .object(JSONObject()) else { continue }
            page.blocks.append(ConsoleBlock(heading: texts[name], code: (texts[name], value.indented)))
        }
        return page
    }
}

extension AuditEntry.Subject {
    /// What somebody types to find it: the identifier alone where it says what kind it is.
    init?(typed: String) {
        guard !typed.isEmpty else { return nil }
        let kinds: [(String, Kind)] = [("acc_", .account), ("app_", .app), ("whe_", .webhook)]
        if let known = kinds.first(where: { typed.hasPrefix($0.0) }) {
            self.init(known.1, typed)
        } else if OrderID(typed) != nil {
            self.init(.order, typed)
        } else {
            self.init(.provider, typed)
        }
    }
}
