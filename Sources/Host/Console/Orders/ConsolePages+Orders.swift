import Router

/// The list of orders: searched, filtered, handed out as a table.
extension ConsolePages {
    private static let filters: Set<String> = [
        "text", "kind", "app", "environment", "status", "channel", "provider", "from", "to", "after", "before",
    ]

    func registerOrders(in routes: inout RouteTable) {
        page("/console/orders", .read, in: &routes) { visit throws(Problem) in
            let parameters = try QueryParameters(visit.request.query, allowed: Self.filters.union(["lang"]))
            var blank = ConsolePage(heading: visit.texts["orders"], section: "/console/orders")
            blank.blocks = [ConsoleBlock(forms: [searchForm(parameters, visit)], style: .filters)]
            do throws(Problem) { return shown(try await ordersPage(parameters, visit), visit) } catch {
                return failed(blank, error, visit)
            }
        }
        page("/console/orders.csv", .read, in: &routes) { visit throws(Problem) in
            try await export(visit, showsNumbers: false)
        }
        page("/console/orders-with-numbers.csv", .revealPhones, in: &routes) { visit throws(Problem) in
            try await export(visit, showsNumbers: true)
        }
        registerOrder(in: &routes)
    }

    private static let perPage = 25

    private func ordersPage(_ parameters: QueryParameters, _ visit: ConsoleVisit) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        var query = try desk.query(parameters, visit)
        query.limit = Self.perPage
        let scope = try await desk.scope(visit)
        let search = OrderSearch(store: desk.store)
        let typed = parameters["text"]?.trimmed ?? ""
        let now = desk.now
        let found = try await desk.stored { [query] () async throws(StoreFailure) -> SearchPage in
            guard !typed.isEmpty else {
                var more = query
                more.limit += 1
                return SearchPage(try await search.list(more, in: scope), of: more)
            }
            let context = try await SearchAPI.context(desk.store)
            return try await search.find(SearchTerm.all(in: typed, context), query, in: scope, at: now)
        }
        var page = ConsolePage(heading: texts["orders"], section: "/console/orders")
        let names = try await appNames(found.hits.map(\.order.app), visit)
        var table = ConsoleTable(
            caption: texts["orders"], empty: texts["ordersNone"],
            columns: [
                .init(texts["time"]), .init(texts["id"]), .init(texts["amount"], isNumber: true),
                .init(texts["status"]),
                .init(texts["channel"]), .init(texts["reference"]), .init(texts["phone"]), .init(texts["app"]),
            ])
        table.rows = found.hits.map { row($0.order, names, visit) }
        var block = ConsoleBlock(table: table, style: .wide)
        let rest = link(parameters, without: ["after", "before", "lang"])
        if let next = found.next {
            block.links.append(
                .init(
                    address: "/console/orders?after=\(Cursor.text(next.text))" + rest,
                    label: texts[found.hasMore ? "older" : "lookFurther"], isQuiet: true))
        }
        // A table is made of conditions, not of what a text finds.
        if typed.isEmpty {
            block.links.append(
                .init(address: "/console/orders.csv?" + String(rest.dropFirst()), label: texts["export"], isQuiet: true)
            )
        }
        if typed.isEmpty, visit.visitor.may(.revealPhones) {
            block.links.append(
                .init(
                    address: "/console/orders-with-numbers.csv?" + String(rest.dropFirst()),
                    label: texts["exportNumbers"], isQuiet: true))
        }
        if let edge = found.lookedTo, !found.hasMore {
            block.paragraphs = [(texts.filled("lookedTo", ["time": visit.time(edge.madeAt)]), .plain)]
        }
        page.blocks = [ConsoleBlock(forms: [searchForm(parameters, visit)], style: .filters), block]
        return page
    }

    private func row(_ order: Order, _ names: [AppID: String], _ visit: ConsoleVisit) -> [ConsoleTable.Cell] {
        let by = [order.chosen?.channel.text, order.chosen?.provider.text].compactMap(\.self)
        return [
            .init(visit.time(order.createdAt)), .init(order.id.text, to: "/console/orders/\(order.id)"),
            .init(visit.amount(order.amount)), Self.status(order.status, visit),
            .init(by.isEmpty ? nil : by.joined(separator: ", ")), .init(order.request.reference),
            .init(order.customer.phone?.masked), .init(names[order.app] ?? order.app.text),
        ]
    }

    static func status(_ status: OrderStatus, _ visit: ConsoleVisit) -> ConsoleTable.Cell {
        .init(visit.texts.word("status", status.rawValue), mood: mood(status))
    }

    static func mood(_ status: OrderStatus) -> ConsolePage.Mood {
        switch status {
        case .succeeded, .authorized: .good
        case .failed, .cancelled: .bad
        case .underReview: .warn
        case .processing, .awaitingCustomer, .awaitingAcceptance: .plain
        }
    }

    func appNames(_ ids: [AppID], _ visit: ConsoleVisit) async throws(Problem) -> [AppID: String] {
        try await desk.stored { () async throws(StoreFailure) in
            var names: [AppID: String] = [:]
            for id in Set(ids) { names[id] = try await desk.store.app(id)?.name }
            return names
        }
    }

    private func searchForm(_ parameters: QueryParameters, _ visit: ConsoleVisit) -> PageForm {
        let texts = visit.texts
        func value(_ name: String) -> String { parameters[name] ?? "" }
        func choice(_ name: String, _ label: String, _ values: [(String, String)]) -> PageForm.Field {
            .init(
                name: name, label: texts[label], value: value(name), isRequired: false,
                options: [("", texts["all"])] + values.map { (value: $0.0, label: $0.1) })
        }
        var form = PageForm(action: "/console/orders", submit: texts["show"])
        form.isSearch = true
        form.fields = [
            .init(
                name: "text", label: texts["search"], hint: texts["searchHint"], value: value("text"), kind: .latin,
                isRequired: false, longest: 200),
            choice("kind", "kind", OrderKind.allCases.map { ($0.rawValue, texts.word("orderKind", $0.rawValue)) }),
            choice("status", "status", OrderStatus.allCases.map { ($0.rawValue, texts.word("status", $0.rawValue)) }),
            .init(
                name: "from", label: texts["from"], hint: texts["dayHint"], value: value("from"), kind: .latin,
                isRequired: false, longest: 10),
            .init(
                name: "to", label: texts["to"], hint: texts["dayHint"], value: value("to"), kind: .latin,
                isRequired: false, longest: 10),
        ]
        return form
    }

    /// What was asked for, as it goes on in an address; each member begins with `&`.
    func link(_ parameters: QueryParameters, without names: Set<String>) -> String {
        Self.filters.subtracting(names).sorted().compactMap { name in
            parameters[name].flatMap { $0.isEmpty ? nil : "&\(name)=\(Self.escaped($0))" }
        }.joined()
    }

    private func export(_ visit: ConsoleVisit, showsNumbers: Bool) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(visit.request.query, allowed: Self.filters.union(["lang"]))
        guard parameters.told("text") == nil else {
            throw Problem(.invalidParameter, "a table is made of a list: give conditions instead of a text")
        }
        let query = try desk.query(parameters, visit)
        let scope = try await desk.scope(visit)
        let line = desk.line(
            .ordersExported, .init(.platform, "orders"), visit,
            after: ["filters": .string(link(parameters, without: ["lang"])), "whole_numbers": .bool(showsNumbers)])
        _ = try await desk.apply(PlatformChange(line))
        let export = OrderExport(query, in: scope, OrderSearch(store: desk.store), showsNumbers: showsNumbers)
        var answer = APIResponse.table(named: "orders.csv")
        answer.stream = { export.pieces }
        return answer
    }
}
