import Router
import RouterTestKit
import Testing

@testable import Host

/// Orders found by what somebody typed.
@Suite struct OrderSearchTests {
    /// Payments and payouts of two apps, one a second; every third has the known phone number.
    private static func filled(_ count: Int = 30) async throws -> (store: MemoryStore, orders: [Order]) {
        let store = MemoryStore()
        var orders: [Order] = []
        for index in 0..<count {
            let at = TrailSamples.now.adding(seconds: Int64(index))
            var request = OrderRequest(
                amount: Money(index == 0 ? 4_711 : 5_000, .xof),
                customer: Customer(phone: index.isMultiple(of: 3) ? TrailSamples.phone : nil))
            request.reference = "CMD-\(index)"
            let kind: OrderKind = index.isMultiple(of: 5) ? .payout : .payment
            let order = Order(
                id: OrderID(kind, at: at, from: SeededRandom(UInt64(index))),
                app: index.isMultiple(of: 2) ? TrailSamples.app : TrailSamples.otherApp, environment: .sandbox,
                request: request, idempotencyKey: "key-\(index)",
                requestID: RequestID(at: at, from: SeededRandom(UInt64(index))), createdAt: at, plan: [],
                explanation: .null)
            orders.append(order)
            #expect(await store.commit([UnitOfWork(order: order, write: .insert)], epoch: 1) == .committed)
        }
        return (store, orders.reversed())
    }

    private static func query(limit: Int = 20) -> OrderQuery {
        var query = OrderQuery(app: nil, environment: nil, limit: limit)
        query.kind = nil
        return query
    }

    private static func find(
        _ text: String, _ store: MemoryStore, in scope: OrderScope = .all, _ query: OrderQuery = query(),
        mostRows: Int = OrderSearch.standardRows
    ) async throws -> SearchPage {
        let terms = SearchTerm.all(in: text, SearchTerm.Context(countries: ["TG"], currencies: [.xof]))
        return try await OrderSearch(store: store, mostRows: mostRows).find(
            terms, query, in: scope, at: TrailSamples.now.adding(seconds: 3_600))
    }

    @Test func `a phone number finds orders of every kind, newest first, in the scope`() async throws {
        let (store, orders) = try await Self.filled()
        let all = try await Self.find("90 11 22 33", store)
        #expect(all.hits.map(\.order.id) == orders.filter { $0.customer.phone != nil }.map(\.id))
        #expect(all.hits.allSatisfy { $0.because.map(\.name) == ["phone"] })
        let own = try await Self.find("90 11 22 33", store, in: .apps([TrailSamples.app]))
        #expect(own.hits.map(\.order.app).allSatisfy { $0 == TrailSamples.app })
        #expect(own.hits.count == 5)
        #expect(try await Self.find("90112233", store, in: .apps([])).hits.isEmpty)
    }

    @Test func `every name of an order finds it, and another app's does not`() async throws {
        let (store, orders) = try await Self.filled()
        let order = orders[3]
        let other: OrderScope = .apps([order.app == TrailSamples.app ? TrailSamples.otherApp : TrailSamples.app])
        let names = [
            order.id.text, order.id.text.uppercased(), order.request.reference?.lowercased() ?? "",
            order.idempotencyKey, order.requestID.text,
        ]
        for text in names {
            #expect(try await Self.find(text, store).hits.map(\.order.id) == [order.id], "\(text)")
            #expect(try await Self.find(text, store, in: other).hits.isEmpty, "\(text)")
        }
    }

    @Test func `pages follow each other both ways`() async throws {
        let (store, orders) = try await Self.filled()
        var query = Self.query(limit: 4)
        var seen: [OrderID] = []
        while seen.count < 100 {
            let page = try await Self.find("5000 XOF", store, query)
            seen += page.hits.map(\.order.id)
            guard let next = page.next else { break }
            query.after = next
        }
        let wanted = orders.filter { $0.amount.minorUnits == 5_000 }.map(\.id)
        #expect(seen == wanted)
        (query.after, query.before) = (nil, wanted[10])
        let newer = try await Self.find("5000 XOF", store, query)
        #expect(newer.hits.map(\.order.id) == Array(wanted[6..<10]))
        #expect(newer.next == wanted[6])
    }

    @Test func `a search says how far it looked, and goes on there`() async throws {
        let (store, orders) = try await Self.filled()
        var query = Self.query(limit: 5)
        let first = try await Self.find("4711 XOF", store, query, mostRows: 10)
        #expect(first.hits.isEmpty)
        #expect(first.lookedTo == orders[9].id)
        var looks = 1
        var page = first
        while let next = page.next {
            query.after = next
            page = try await Self.find("4711 XOF", store, query, mostRows: 10)
            looks += 1
            if !page.hits.isEmpty { break }
        }
        #expect(page.hits.map(\.order.id) == [try #require(orders.last).id])
        #expect(looks == 3)
    }

    @Test func `an amount is looked for in a month`() async throws {
        let (store, _) = try await Self.filled(3)
        var query = Self.query()
        query.createdBefore = TrailSamples.now.adding(seconds: OrderSearch.longestAmountSpan + 10)
        #expect(try await Self.find("4711 XOF", store, query).hits.isEmpty)
        query.createdBefore = TrailSamples.now.adding(seconds: 10)
        #expect(try await Self.find("4711 XOF", store, query).hits.count == 1)
    }

    @Test func `a table has every order of a list, whatever the size of its pages`() async throws {
        let (store, orders) = try await Self.filled(450)
        let export = OrderExport(Self.query(), in: .all, OrderSearch(store: store, mostRows: 50))
        var table = ""
        var longest = 0
        for try await piece in export.pieces {
            longest = max(longest, piece.split(separator: "\r\n").count)
            table += piece
        }
        let lines = table.split(separator: "\r\n")
        #expect(lines.count == 451)
        #expect(lines.dropFirst().map { String($0.prefix { $0 != "," }) } == orders.map(\.id.text))
        #expect(longest <= OrderExport.page)
        #expect(!table.contains("90112233"))
        #expect(table.contains("'+228******33"))
    }

    @Test func `numbers are whole only for those who may see them`() async throws {
        let (store, _) = try await Self.filled(3)
        let export = OrderExport(Self.query(), in: .all, OrderSearch(store: store), showsNumbers: true)
        var table = ""
        while let piece = try await export.next() { table += piece }
        #expect(table.contains("'+22890112233"))
    }

    @Test func `a table that cannot go on does not look whole`() async throws {
        let (store, _) = try await Self.filled(3)
        let export = OrderExport(Self.query(), in: .all, OrderSearch(store: store))
        #expect(try await export.next() != nil)
        await store.close()
        await #expect(throws: StoreFailure.self) { try await export.next() }
    }
}
