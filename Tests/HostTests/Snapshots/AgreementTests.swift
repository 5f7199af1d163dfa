import Router
import RouterTestKit
import Testing

@testable import Host

/// Snapshots, metrics, the ledger and the orders themselves say the same of a month.
@Suite("A month in figures")
struct AgreementTests {
    private struct Told {
        var aggregates: [OrderAggregate]
        var digest: SnapshotDigest
        var balances: [AccountBalance]
        var metrics: String
        var apps: [AppID]
        var comparison: SnapshotComparison
    }

    private func month(_ seed: UInt64) throws -> Told {
        let stage = Stage(at: Month.first.start, seed: seed)
        return try stage.run {
            let month = try await Month(seed: seed, on: stage)
            try await month.live()
            let snapshot = month.store.snapshot()
            return Told(
                aggregates: snapshot.aggregates, digest: try await month.store.snapshotDigest(),
                balances: snapshot.balances, metrics: month.telemetry.metrics.text(gauges: []), apps: month.apps,
                comparison: try await SnapshotComparing(store: month.store).run { _ in })
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `all four agree`(_ seed: UInt64) throws {
        let told = try month(seed)
        let rows = told.digest.rows.map { Snapshot($0.key, $0.value) }
        let whole = rows.sums { _ in 0 }[0] ?? SnapshotFigures()
        // A month in which nothing happened proves nothing.
        for figure in SnapshotFigures.Figure.allCases
        where ![.transfers, .fees, .adjustments, .cancelled, .expired].contains(figure) {
            #expect(whole[figure] != 0, "\(figure)")
        }
        #expect(Set(rows.map(\.key.day)).count >= 30)
        #expect(Set(rows.map(\.key.currency)).count == 3)
        agree(rows, withOrders: told.aggregates)
        agree(rows, withMetrics: told.metrics)
        agree(rows, withLedger: told.balances, told.aggregates)
        agreeOnSales(told)
        #expect(told.comparison.findings == [])
        #expect(told.comparison.orders == Int64(told.aggregates.count))
    }

    private func agree(_ rows: [Snapshot], withOrders aggregates: [OrderAggregate]) {
        func key(_ order: Order) -> String { "\(order.app) \(order.amount.currency.code) \(order.kind.rawValue)" }
        let counted = rows.sums { "\($0.app) \($0.currency.code) \($0.kind.rawValue)" }
        for (place, orders) in Dictionary(grouping: aggregates.map(\.order), by: key) {
            func count(_ status: OrderStatus) -> Int128 { Int128(orders.count { $0.status == status }) }
            let found = counted[place] ?? SnapshotFigures()
            #expect(found[.accepted] == Int128(orders.count), "\(place)")
            #expect(found[.succeeded] == count(.succeeded), "\(place)")
            #expect(found[.failed] + found[.expired] == count(.failed), "\(place)")
            #expect(found[.cancelled] == count(.cancelled), "\(place)")
        }
        let accepted = rows.sums(by: \.day)
        for (day, orders) in Dictionary(grouping: aggregates.map(\.order), by: { SnapshotDay($0.createdAt) }) {
            #expect(accepted[day]?[.accepted] == Int128(orders.count), "\(day)")
        }
        let payments = rows.filter { $0.key.kind == .payment }.sums(by: \.day)
        let paid = aggregates.filter { $0.order.kind == .payment && $0.order.purpose == .collect }
            .compactMap { aggregate in
                aggregate.attempts.last { $0.state == .succeeded }.flatMap { attempt in
                    attempt.history.last { $0.state == .succeeded }.map { (SnapshotDay($0.at), attempt.amount) }
                }
            }
        for (day, amounts) in Dictionary(grouping: paid, by: \.0) {
            #expect(payments[day]?[.gross] == amounts.reduce(0) { $0 + Int128($1.1.minorUnits) }, "\(day)")
        }
    }

    private func agree(_ rows: [Snapshot], withMetrics text: String) {
        var counted: [String: Int128] = [:]
        for line in text.split(separator: "\n") {
            guard let kind = OrderKind.allCases.first(where: { line.hasPrefix($0.facts.metric + "{") }),
                let status = line.split(separator: "status=\"").last?.split(separator: "\"").first,
                let value = line.split(separator: " ").last.flatMap({ Int128($0) })
            else { continue }
            counted["\(kind.rawValue) \(status)", default: 0] += value
        }
        for (kind, found) in rows.sums(by: \.kind) {
            func metric(_ status: String) -> Int128 { counted["\(kind.rawValue) \(status)"] ?? 0 }
            #expect(found[.accepted] == metric("created"), "\(kind)")
            #expect(found[.succeeded] == metric("succeeded"), "\(kind)")
            #expect(found[.failed] + found[.expired] == metric("failed"), "\(kind)")
            #expect(found[.cancelled] == metric("cancelled"), "\(kind)")
        }
    }

    private func agree(_ rows: [Snapshot], withLedger balances: [AccountBalance], _ aggregates: [OrderAggregate]) {
        for (currency, found) in rows.sums(by: \.currency) {
            func balance(_ kind: LedgerAccount.Kind) -> Int128 {
                balances.filter { $0.account.kind == kind && $0.currency == currency }
                    .reduce(0) { $0 + Int128($1.posted) }
            }
            let moved = found[.gross] - found[.refunds] - found[.payouts]
            #expect(balance(.provider) == moved + found[.disputed], "what operators have of ours, \(currency)")
            var ofLate: Int128 = 0
            for order in aggregates.map(\.order) where order.request.followUp?.isOfLateExecution == true {
                guard order.amount.currency == currency, order.status == .succeeded else { continue }
                ofLate += Int128(order.amount.minorUnits)
            }
            #expect(balance(.app) == moved + ofLate, "what is owed to apps, \(currency)")
            #expect(balance(.discrepancy) == found[.disputed] - ofLate, "what is disputed, \(currency)")
        }
    }

    private func agreeOnSales(_ told: Told) {
        var sold: [SnapshotDigest.SaleGroup: SnapshotDigest.SaleSum] = [:]
        for aggregate in told.aggregates {
            let order = aggregate.order
            guard order.kind == .payment, order.status == .succeeded else { continue }
            func add(_ topic: SaleTopic, _ id: String, _ count: Int64, _ amount: Int64) {
                let group = SnapshotDigest.SaleGroup(
                    app: order.app, environment: .sandbox, topic: topic, currency: order.amount.currency, span: 0)
                sold[group, default: .init()].add(id, SaleFigures(count: Int128(count), amount: Int128(amount)))
            }
            if let customer = order.request.customerID { add(.customer, customer, 1, order.collected.minorUnits) }
            for line in order.request.lineItems { add(.item, line.item, line.quantity, line.amount ?? 0) }
        }
        var found: [SnapshotDigest.SaleGroup: SnapshotDigest.SaleSum] = [:]
        for (group, sum) in told.digest.sales where !SaleSpan.isMonth(group.span) {
            var group = group
            group.span = 0
            var whole = found[group] ?? .init()
            whole.figures.add(sum.figures)
            whole.mark &+= sum.mark
            found[group] = whole
        }
        #expect(found == sold)
        #expect(sold.count > 10)
    }
}
