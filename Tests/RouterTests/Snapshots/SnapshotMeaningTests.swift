import Testing

@testable import Router
@testable import RouterTestKit

/// What a unit of work means for the figures of its day.
@Suite struct SnapshotMeaningTests {
    private let maker = HistoryMaker(RecordFactory(seed: 20_261_130))

    @Test(arguments: MeaningCase.allCases)
    func `an order's life counts for exactly this`(_ life: MeaningCase) {
        let found = FoldedUnits(life.units(maker)).figures.filter { !$0.value.isZero }
        #expect(found == life.expected.mapValues { SnapshotFigures($0) })
    }

    @Test(arguments: MeaningCase.allCases)
    func `money is counted as the ledger books it`(_ life: MeaningCase) {
        let units = life.units(maker)
        var booked = SnapshotFigures()
        for unit in units.flatMap({ $0.joined + [$0] }) {
            for posting in unit.postings { booked.count(posting, of: unit.order.id, parent: unit.order.parent) }
        }
        var counted = SnapshotFigures()
        for figures in FoldedUnits(units).figures.values { counted.add(figures) }
        for figure in SnapshotFigures.Figure.allCases where figure.isMoney {
            #expect(counted[figure] == booked[figure], "\(figure)")
        }
    }

    @Test(arguments: MeaningCase.allCases)
    func `all units of an order together are what it is in the end`(_ life: MeaningCase) {
        let folded = FoldedUnits(life.units(maker))
        var whole: [SnapshotKind: SnapshotFigures] = [:]
        for state in folded.orders {
            let standing = SnapshotStanding(state)
            for figures in standing.figures.values { whole[standing.kind, default: .init()].add(figures) }
        }
        let found = folded.figures.mapValues { figures in
            var figures = figures
            figures[.reviewed] = 0
            return figures
        }
        #expect(found == whole)
    }

    @Test func `everything counts on the day of its own unit`() {
        let day = SnapshotDay(maker.records.base)
        var shop = SnapshotMaker(seed: 3, from: day)
        let app: AppID = maker.records.id()
        shop.pay(Money(100, .xof), to: app)
        let (accepted, paid) = (shop.steps[0], shop.steps[1])
        var batch = SnapshotBatch()
        batch.add(SnapshotStep(number: 1, at: day.end.adding(milliseconds: -1), content: accepted.content))
        batch.add(SnapshotStep(number: 2, at: day.end, content: paid.content))
        let days = batch.rows.map { Snapshot($0.key, $0.value) }.sums(by: \.day)
        #expect(days[day] == SnapshotFigures([.accepted: 1]))
        #expect(days[day.advanced(by: 1)] == SnapshotFigures([.succeeded: 1, .gross: 100]))
    }

    @Test func `an order that was brought over counts where its own moments lie`() throws {
        let history = maker.succeeded(.payment, 500)
        let last = try #require(history.units.last)
        let later = SnapshotDay(history.order.createdAt).advanced(by: 40)
        var batch = SnapshotBatch()
        batch.add(
            SnapshotStep(
                number: 1, at: later.start,
                content: .change(before: nil, after: SnapshotStep.State(last.order, last.attempts))))
        let days = batch.rows.map { Snapshot($0.key, $0.value) }.sums(by: \.day)
        #expect(days[SnapshotDay(history.order.createdAt)] == SnapshotFigures([.accepted: 1, .gross: 500]))
        #expect(days[later] == SnapshotFigures([.succeeded: 1]))
    }

    @Test func `what cannot be read is counted, and said`() {
        var batch = SnapshotBatch()
        batch.add(SnapshotStep(number: 7, at: .start, content: .unreadable("damaged")))
        batch.add(SnapshotStep(number: 8, at: .start, content: .unreadable("worse")))
        batch.add(SnapshotStep(number: 9, at: .start, content: .nothing))
        #expect(batch.unreadable == 2)
        #expect(batch.fault == "unit 7: damaged")
        #expect(batch.unit == 9)
        #expect(batch.size == 0)
    }

    @Test func `what was sold counts when its payment has succeeded`() throws {
        var payment = maker.begin(.payment, 500) {
            $0.customerID = "ama"
            $0.lineItems = [
                LineItem(item: "salt", name: "Salt", quantity: 2, unitAmount: 100),
                LineItem(item: "rice", name: "Rice", quantity: 1, unitAmount: 200),
                LineItem(item: "salt", name: "Sea salt", quantity: 1, unitAmount: 100),
            ]
        }
        payment.send()
        payment.commit()
        #expect(FoldedUnits(payment.units).batch.sales.isEmpty)
        payment.hear(.executed(payment.order.amount))
        payment.commit()
        let sales = FoldedUnits(payment.units).batch.sales
        func sale(_ topic: SaleTopic, _ id: String) -> (name: String?, figures: SaleFigures)? {
            sales.first { $0.key.topic == topic && $0.key.id == id }?.value
        }
        #expect(sales.count == 3)
        #expect(sale(.item, "salt")?.figures == SaleFigures(count: 3, amount: 300))
        #expect(sale(.item, "salt")?.name == "Sea salt")
        #expect(sale(.item, "rice")?.figures == SaleFigures(count: 1, amount: 200))
        #expect(sale(.customer, "ama")?.figures == SaleFigures(count: 1, amount: 500))
        let refused = maker.refused(.payment, 500)
        #expect(FoldedUnits(refused.units).batch.sales.isEmpty)
    }

    @Test func `a capture of a part is what the customer paid`() throws {
        let wallet: WalletID = maker.records.id()
        var payment = maker.begin(.payment, 500) {
            $0.capturesLater = true
            $0.customerID = "ama"
        }
        payment.book(wallet, heldFor: 3_600)
        payment.commit()
        #expect(FoldedUnits(payment.units).batch.sales.isEmpty)
        let capture = maker.following(.capture, &payment)
        let sales = FoldedUnits(Array(payment.units.dropLast()) + capture.units).batch.sales
        #expect(sales.values.map(\.figures) == [SaleFigures(count: 1, amount: 500)])
    }
}
