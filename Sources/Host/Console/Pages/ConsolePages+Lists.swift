import Router

/// Lists of the console: each is a page, and a table to be taken away with the same rows for the same conditions.
extension ConsolePages {
    typealias Listed = @Sendable (ConsoleVisit, QueryParameters) async throws(Problem) -> ConsolePage

    /// Where a list is, and what its address may say.
    struct ListAddress: Sendable {
        var page: String
        /// The path of its table.
        var table: String
        /// Parameters that narrow it down.
        var filters: [String] = []
        /// Those of them that name somebody: the audit trail leaves out what they say.
        var unsaid: Set<String> = []
        /// Other parameters of the page: the place in the list, and what it was opened for.
        var others: Set<String> = []

        init(_ page: String, table: String? = nil) {
            self.page = page
            self.table = table ?? page + ".csv"
        }
    }

    /// Registers a list; one block of its page has ``ConsoleBlock/list``.
    ///
    /// - Parameters:
    ///   - address: Where it is.
    ///   - right: What it takes to see the page or the table.
    ///   - routes: Where both are registered.
    ///   - make: Makes a page of the list; the next one is asked for with the query of the list's `older`.
    func list(
        _ address: ListAddress, _ right: ConsoleRight, in routes: inout RouteTable, _ make: @escaping Listed
    ) {
        page(address.page, right, in: &routes) { visit throws(Problem) in
            let query = try address.query(visit)
            var page = try await make(visit, query)
            guard let place = page.blocks.firstIndex(where: { $0.list != nil }) else { return shown(page, visit) }
            if let older = page.blocks[place].list?.older {
                page.blocks[place].links.append(.init(address: older, label: visit.texts["older"], isQuiet: true))
            }
            let table = visit.request.path + address.table.dropFirst(address.page.count) + address.conditions(query)
            page.blocks[place].links.append(.init(address: table, label: visit.texts["export"], isQuiet: true))
            return shown(page, visit)
        }
        page(address.table, right, in: &routes) { visit throws(Problem) in
            let whole = ListExport(visit) { visit throws(Problem) in try await make(visit, try address.query(visit)) }
            // What cannot be listed is said by a page, before a table begins.
            let first = try await whole.next()
            let conditions = address.conditions(try address.query(visit), masking: address.unsaid)
            let subject = AuditEntry.Subject(.platform, visit.request.path)
            let line = desk.line(.listExported, subject, visit, after: ["conditions": .string(conditions)])
            _ = try await desk.apply(PlatformChange(line))
            let name = address.table.split(separator: "/").last.map(String.init) ?? "list.csv"
            var answer = APIResponse.table(named: name)
            answer.stream = { whole.pieces(after: first) }
            return answer
        }
    }
}

extension ConsolePages.ListAddress {
    fileprivate func query(_ visit: ConsoleVisit) throws(Problem) -> QueryParameters {
        try QueryParameters(visit.request.query, allowed: others.union(filters).union(["lang"]))
    }

    /// What narrows the list down, as it follows its address: beginning with `?`, and empty if nothing does.
    fileprivate func conditions(_ query: QueryParameters, masking masked: Set<String> = []) -> String {
        let told = filters.compactMap { name in
            query.told(name).map { "\(name)=" + (masked.contains(name) ? Redaction.mask : ConsolePages.escaped($0)) }
        }
        return told.isEmpty ? "" : "?" + told.joined(separator: "&")
    }
}

extension ConsoleBlock {
    /// What is known of a list beside its table.
    struct List: Sendable {
        /// The address of the next page; `nil` on the last one.
        var older: String?
    }
}
