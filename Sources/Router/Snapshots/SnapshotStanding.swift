/// What an order counts for as it is at one moment.
///
/// What a unit adds to snapshots is the difference of two of them. So the sum over all units of an order is what the order
/// is in the end, however often it changed its mind, and nothing counts twice.
struct SnapshotStanding {
    let kind: SnapshotKind
    let channel: String
    let isUnderReview: Bool
    /// Whether it is a payment of somebody, and has succeeded.
    let isSale: Bool
    /// What the payer has paid, if it is a sale.
    let paid: Int64
    /// The orders it counts for: itself, and the end that it has come to.
    let orders: SnapshotFigures
    /// What its books must have by now.
    let postings: [Posting]
    private let order: Order

    init(_ state: SnapshotStep.State) {
        let order = state.order
        kind = SnapshotKind(order.id, parent: order.parent)
        channel = Self.channel(of: order)
        isUnderReview = order.review != nil
        isSale = kind == .payment && order.status == .succeeded
        paid = isSale ? order.collected.minorUnits : 0
        var orders = SnapshotFigures()
        orders[.accepted] = 1
        if let end = Self.end(of: order) { orders[end] = 1 }
        self.orders = orders
        postings = Self.postings(state)
        self.order = order
    }

    /// Everything it counts for, by currency: what an operator claims against a final record may be in another one than the
    /// order.
    var figures: [Currency: SnapshotFigures] {
        var figures = [order.amount.currency: orders]
        for posting in postings {
            figures[posting.amount.currency, default: .init()].count(posting, of: order.id, parent: order.parent)
        }
        return figures
    }

    private static func end(of order: Order) -> SnapshotFigures.Figure? {
        switch order.status {
        case .succeeded: .succeeded
        case .failed: order.failure.map { expiries.contains($0.code) } == true ? .expired : .failed
        case .cancelled: .cancelled
        case .processing, .awaitingCustomer, .awaitingAcceptance, .authorized, .underReview: nil
        }
    }

    /// Failures that say that nobody acted in time.
    private static let expiries: Set<String> = ["expired_before_sending", RefusalReason.expired.rawValue]

    /// The channel by which it went; before anything was tried, the one that is tried first.
    private static func channel(of order: Order) -> String {
        let planned = order.request.followUp?.original.channel ?? (order.awaitsChoice ? nil : order.plan.first?.channel)
        let own = order.chosen?.channel ?? planned ?? order.request.transfer?.from.channel
        return own?.text ?? (order.request.transfer?.from.wallet == nil ? "" : "wallet")
    }

    /// What its books must have by now: what it moved itself, and what stands against its final record.
    private static func postings(_ state: SnapshotStep.State) -> [Posting] {
        let order = state.order
        let hasMoved = order.outcome.isFinal && (order.outcome == .succeeded || order.kind == .transfer)
        let moved: [Posting]
        if hasMoved {
            let aggregate = OrderAggregate(stored: order, attempts: state.attempts)
            let books = OrderBooks(aggregate, evidence: [], entries: [], holds: [], discrepancies: [])
            moved = books.executedLines.map(\.posting)
        } else {
            moved = []
        }
        let disputed = order.disputes.flatMap { dispute -> [Posting] in
            guard let attempt = state.attempts.first(where: { $0.id == dispute.attempt }) else { return [] }
            let name = "\(dispute.kind.rawValue):\(attempt.id)"
            return DisputeLines(order, attempt, name).opening(dispute, at: dispute.at)
        }
        return moved + disputed
    }
}

extension SnapshotFigures {
    /// Counts a line of the books of an order.
    package mutating func count(_ posting: Posting, of order: OrderID, parent: OrderID?) {
        let amount = Int128(posting.amount.minorUnits)
        func add(_ figure: Figure) { self[figure] = self[figure].clampedSum(amount) }
        switch PostingTemplate(rawValue: posting.kind) {
        case .collect, .topUp, .walletPayment, .capture: add(.gross)
        case .payout, .cashOut: add(.payouts)
        case .refund: add(.refunds)
        case .transfer: add(.transfers)
        case .adjustment: add(.adjustments)
        case .fee:
            add(.fees)
            // What is kept of what comes in is a line of its own, beside the rest of it.
            guard order.kind == .payment || order.kind == .capture else { break }
            add(parent?.kind == .transfer ? .transfers : .gross)
        case nil:
            let isIn = posting.debit.kind == .provider
            self[.disputed] = self[.disputed].clampedSum(isIn ? amount : -amount)
        }
    }
}
