import Router

/// An order that was found, and as what.
struct SearchHit: Sendable, Hashable {
    let order: Order
    fileprivate(set) var because: [SearchTerm]

    /// Whether the text names it: then it is shown wherever it lies.
    fileprivate var isNamed: Bool { because.contains { if case .order = $0 { true } else { false } } }
}

/// What a text finds, page by page.
struct SearchPage: Sendable, Hashable {
    /// Newest first.
    private(set) var hits: [SearchHit] = []
    /// Whether there are more on the side to which it was looked.
    private(set) var hasMore = false
    /// How far it was looked, where that was not to the end: nothing on the near side of it is missing.
    private(set) var lookedTo: OrderID?
    private let isReversed: Bool

    init(isReversed: Bool) { self.isReversed = isReversed }

    /// The cursor of the page behind this one; `nil` if all were seen.
    var next: OrderID? {
        if hasMore { return (isReversed ? hits.first : hits.last)?.order.id }
        return lookedTo
    }

    /// Adds what one term finds; `nil` if the query alone did.
    mutating func add(_ orders: [Order], _ term: SearchTerm? = nil, lookedTo end: OrderID?) {
        let because = term.map { [$0] } ?? []
        for order in orders {
            if let index = hits.firstIndex(where: { $0.order.id == order.id }) {
                hits[index].because += because
            } else {
                hits.append(SearchHit(order: order, because: because))
            }
        }
        guard let end else { return }
        // What one term has not looked at yet, nobody has.
        guard let known = lookedTo else {
            lookedTo = end
            return
        }
        if isReversed ? known.isNewer(than: end) : end.isNewer(than: known) { lookedTo = end }
    }

    mutating func cut(to limit: Int) {
        hits.sort { $0.order.id.isNewer(than: $1.order.id) }
        if let edge = lookedTo {
            hits.removeAll { hit in
                !hit.isNamed && hit.order.id != edge
                    && (isReversed ? hit.order.id.isNewer(than: edge) : edge.isNewer(than: hit.order.id))
            }
        }
        guard hits.count > limit else { return }
        hasMore = true
        hits = isReversed ? Array(hits.suffix(limit)) : Array(hits.prefix(limit))
    }
}
