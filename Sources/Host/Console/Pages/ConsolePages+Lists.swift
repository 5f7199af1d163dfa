import Router

/// Lists of the console: each is a page, and a table to be taken away with the same rows for the same conditions.
extension ConsolePages {
    typealias Listed = @Sendable (ConsoleVisit) async throws(Problem) -> ConsolePage

    /// Registers a list; one block of its page has ``ConsoleBlock/list``.
    ///
    /// - Parameters:
    ///   - path: Of the page.
    ///   - export: Of the table, if not the same with `.csv`.
    ///   - right: What it takes to see either.
    ///   - routes: Where they are registered.
    ///   - make: Makes a page of the list; the next one is asked for with the query of the list's `older`.
    func list(
        _ path: String, export: String? = nil, _ right: ConsoleRight, in routes: inout RouteTable,
        _ make: @escaping Listed
    ) {
        let export = export ?? path + ".csv"
        page(path, right, in: &routes) { visit throws(Problem) in
            var page = try await make(visit)
            guard let place = page.blocks.firstIndex(where: { $0.list != nil }) else { return shown(page, visit) }
            if let older = page.blocks[place].list?.older {
                page.blocks[place].links.append(.init(address: older, label: visit.texts["older"], isQuiet: true))
            }
            let address = visit.request.path + String(export.dropFirst(path.count)) + ListExport.conditions(visit)
            page.blocks[place].links.append(.init(address: address, label: visit.texts["export"], isQuiet: true))
            return shown(page, visit)
        }
        page(export, right, in: &routes) { visit throws(Problem) in
            let whole = ListExport(visit, make)
            // What cannot be listed is said by a page, before a table begins.
            let first = try await whole.next()
            let subject = AuditEntry.Subject(.platform, visit.request.path)
            let line = desk.line(
                .listExported, subject, visit,
                after: ["conditions": .string(ListExport.conditions(visit, masked: true))])
            _ = try await desk.apply(PlatformChange(line))
            var answer = APIResponse.table(named: export.split(separator: "/").last.map(String.init) ?? "list.csv")
            answer.stream = { whole.pieces(after: first) }
            return answer
        }
    }
}

extension ConsoleBlock {
    /// What is known of a list beside its table.
    struct List: Sendable {
        /// The address of the next page; `nil` on the last one.
        var older: String?
    }
}
