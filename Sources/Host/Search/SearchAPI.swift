import Router

/// Orders of all apps, found, followed and handed out as tables; on the control socket only.
struct SearchAPI: Sendable {
    let store: any Store
    let view: OrderView
    let time: any TimeSource

    /// Lines of one answer that is a table; whoever wants more asks for the next ones.
    private static let linesAtOnce = 2_000

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/orders", work: .list) { request throws(Problem) in try await find(request.query) }
        routes.open("GET", "/orders.csv", work: .list) { request throws(Problem) in try await table(request.query) }
        routes.open("GET", "/orders/{id}/trail") { request throws(Problem) in
            let name = request.parameters["id"] ?? ""
            guard let id = OrderID(name), let trail = await TrailReader(store: store).trail(of: id) else {
                throw Problem(.notFound, "there is no order with this id; `payrouter trace TEXT` looks for others")
            }
            return .json(trail.json)
        }
    }

    private func find(_ text: String) async throws(Problem) -> APIResponse {
        let asked = try await SearchRequest(text, store: store)
        let search = OrderSearch(store: store)
        do throws(StoreFailure) {
            guard let typed = asked.text else {
                var query = asked.query
                query.limit += 1
                return answer(SearchPage(try await search.list(query, in: .all), of: query))
            }
            let terms = SearchTerm.all(in: typed, try await Self.context(store))
            return answer(try await search.find(terms, asked.query, in: .all, at: time.now))
        } catch { throw Problem(.unavailable, "orders cannot be searched now: \(error)") }
    }

    /// The countries and currencies of those who use this installation, as far as apps say.
    static func context(_ store: any Store) async throws(StoreFailure) -> SearchTerm.Context {
        let countries = Set(try await store.apps().compactMap(\.defaultCountry)).sorted()
        let balances = try await store.balances(AccountQuery(kind: .provider, limit: 100))
        let currencies = Set(balances.map(\.currency)).sorted { $0.code < $1.code }
        return SearchTerm.Context(countries: countries, currencies: currencies)
    }

    private func answer(_ page: SearchPage) -> APIResponse {
        .json(
            bytes: JSONObjectWriter.object { writer in
                writer.field("object", "list")
                writer.array("data", objects: page.hits.map(hit))
                writer.field("has_more", page.next != nil)
                writer.nullable("next_cursor", page.next.map { Cursor.text($0.text) })
                writer.nullable("looked_to", page.hasMore ? nil : page.lookedTo?.madeAt.description)
            })
    }

    private func hit(_ hit: SearchHit) -> [UInt8] {
        JSONObjectWriter.object { writer in
            view.writeSummary(hit.order, to: &writer)
            writer.field("app", hit.order.app.text)
            writer.list("found_by", hit.because.map(\.name))
        }
    }

    private func table(_ text: String) async throws(Problem) -> APIResponse {
        let asked = try await SearchRequest(text, store: store)
        guard asked.text == nil else {
            throw Problem(.invalidParameter, "a table is made of a list: give conditions instead of a text")
        }
        var query = asked.query
        query.limit = Self.linesAtOnce
        let page: OrderPage
        do throws(StoreFailure) { page = try await OrderSearch(store: store).list(query, in: .all) } catch {
            throw Problem(.unavailable, "the table cannot be made now: \(error)")
        }
        let columns = OrderColumns(showsNumbers: false)
        var table = CSVTable(OrderColumns.names)
        for order in page.orders { table.add(columns.cells(order)) }
        let end = page.orders.count == query.limit ? page.orders.last?.id : page.lookedTo
        let answer = APIResponse.bytes(Array(table.text.utf8), type: CSVTable.contentType)
            .with("cache-control", "no-store")
        return end.map { answer.with("next-cursor", Cursor.text($0.text)) } ?? answer
    }
}

extension SearchPage {
    /// A list by conditions alone, which was asked for one order more than is shown.
    init(_ page: OrderPage, of query: OrderQuery) {
        self.init(isReversed: query.isReversed)
        add(page.orders, lookedTo: page.orders.count < query.limit ? page.lookedTo : nil)
        cut(to: query.limit - 1)
    }
}
