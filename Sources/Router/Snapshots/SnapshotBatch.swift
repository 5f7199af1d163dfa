/// What some units one behind the other add to snapshots.
package struct SnapshotBatch: Sendable {
    /// Figures to be added to rows.
    package private(set) var rows: [SnapshotKey: SnapshotFigures] = [:]
    /// Figures to be added to sales; of an item with its newest name.
    package private(set) var sales: [SaleKey: (name: String?, figures: SaleFigures)] = [:]
    /// The last unit that is in it; zero if none is.
    package private(set) var unit: Int64 = 0
    /// When the last one was written.
    package private(set) var at = Moment(milliseconds: 0)
    /// How many units could not be read.
    package private(set) var unreadable: Int64 = 0
    /// What was wrong with the first of them.
    package private(set) var fault: String?

    package init() {}

    /// The sales by their days, so that whoever writes them one behind the other ends with the newest names.
    package var salesByDay: [(key: SaleKey, name: String?, figures: SaleFigures)] {
        sales.map { (key: $0.key, name: $0.value.name, figures: $0.value.figures) }.sorted { $0.key.day < $1.key.day }
    }

    /// How many rows have to be written.
    package var size: Int { rows.count + sales.count }

    /// Adds the next unit.
    package mutating func add(_ step: SnapshotStep) {
        (unit, at) = (step.number, step.at)
        switch step.content {
        case .nothing: break
        case .unreadable(let detail):
            unreadable += 1
            fault = fault ?? "unit \(step.number): \(detail)"
        case .change(let before, let after): add(before, after, at: step.at)
        }
    }

    private mutating func add(_ before: SnapshotStep.State?, _ after: SnapshotStep.State, at moment: Moment) {
        let order = after.order
        let (then, now) = (before.map { SnapshotStanding($0) }, SnapshotStanding(after))
        if then == nil, order.version > 1 {
            addWhole(now, of: order, at: moment)
        } else {
            var changes = now.figures
            for (currency, figures) in then?.figures ?? [:] { changes[currency, default: .init()].subtract(figures) }
            for (currency, figures) in changes { add(figures, currency, of: order, now, at: moment) }
        }
        if now.isUnderReview, then?.isUnderReview != true {
            var review = SnapshotFigures()
            review[.reviewed] = 1
            add(review, order.amount.currency, of: order, now, at: moment)
        }
        addSales(of: order, then, now, on: SnapshotDay(moment))
    }

    /// An order that was brought over from an older form, or whose first units cannot be read, in one unit: what is known of
    /// its moments says when each part of it happened.
    private mutating func addWhole(_ standing: SnapshotStanding, of order: Order, at moment: Moment) {
        var (accepted, ended) = (SnapshotFigures(), standing.orders)
        accepted[.accepted] = 1
        ended[.accepted] = 0
        add(accepted, order.amount.currency, of: order, standing, at: order.createdAt)
        add(ended, order.amount.currency, of: order, standing, at: moment)
        for posting in standing.postings {
            var figures = SnapshotFigures()
            figures.count(posting, of: order.id, parent: order.parent)
            add(figures, posting.amount.currency, of: order, standing, at: posting.at)
        }
    }

    private mutating func add(
        _ figures: SnapshotFigures, _ currency: Currency, of order: Order, _ standing: SnapshotStanding,
        at moment: Moment
    ) {
        guard !figures.isZero else { return }
        let key = SnapshotKey(
            app: order.app, environment: order.environment, day: SnapshotDay(moment), currency: currency,
            channel: standing.channel, kind: standing.kind)
        rows[key, default: SnapshotFigures()].add(figures)
    }

    /// What was sold counts when its payment succeeds; what a customer paid follows what is collected.
    private mutating func addSales(
        of order: Order, _ then: SnapshotStanding?, _ now: SnapshotStanding, on day: SnapshotDay
    ) {
        let sold = Int128((now.isSale ? 1 : 0) - (then?.isSale == true ? 1 : 0))
        let paid = Int128(now.paid) - Int128(then?.paid ?? 0)
        guard sold != 0 || paid != 0 else { return }
        func key(_ topic: SaleTopic, _ id: String) -> SaleKey {
            SaleKey(
                app: order.app, environment: order.environment, topic: topic, currency: order.amount.currency, id: id,
                day: day)
        }
        if let customer = order.request.customerID {
            add(SaleFigures(count: sold, amount: paid), to: key(.customer, customer), named: nil)
        }
        guard sold != 0 else { return }
        for line in order.request.lineItems {
            let amount = Int128(line.quantity) * Int128(line.unitAmount)
            add(
                SaleFigures(count: sold * Int128(line.quantity), amount: sold * amount), to: key(.item, line.item),
                named: line.name)
        }
    }

    private mutating func add(_ figures: SaleFigures, to key: SaleKey, named name: String?) {
        var sale = sales[key] ?? (name, SaleFigures())
        sale.figures.add(figures)
        sale.name = name
        sales[key] = sale
    }
}
