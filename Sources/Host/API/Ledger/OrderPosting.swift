import Router

/// A posting with the order that wrote it.
struct OrderPosting {
    var order: OrderID
    /// Who began that.
    var initiator: Initiator
    var posting: Posting

    /// Everything that was booked for an order; for a transfer, that of its legs too.
    static func all(of order: Order, in store: any Store) async throws(StoreFailure) -> [OrderPosting] {
        var lines: [OrderPosting] = []
        for posting in try await store.postings(order.movement) {
            lines.append(OrderPosting(order: order.id, initiator: order.begunBy, posting: posting))
        }
        guard order.kind == .transfer else { return lines }
        for leg in order.followUps {
            for posting in try await store.postings(MovementID(of: leg.id)) {
                lines.append(OrderPosting(order: leg.id, initiator: order.begun(leg), posting: posting))
            }
        }
        return lines.enumerated().sorted { ($0.element.posting.at, $0.offset) < ($1.element.posting.at, $1.offset) }
            .map(\.element)
    }
}

extension OrderPosting {
    /// As callers see it, to whom the order belongs.
    func json(_ app: AppID) -> JSONValue { PostingView.json(posting, order, initiator.json(app)) }
}

/// A posting as callers see it.
enum PostingView {
    /// The members of its object.
    ///
    /// - Parameters:
    ///   - posting: What was booked.
    ///   - order: What it was booked for; `nil` for orders of older releases.
    ///   - initiator: Who began that, as callers read it.
    ///   - change: What the balance of the account that was asked for changed by.
    ///   - balance: What that balance was then.
    /// - Returns: The object.
    static func json(
        _ posting: Posting, _ order: OrderID?, _ initiator: JSONValue, change: Int64? = nil, balance: Int64? = nil
    ) -> JSONValue {
        [
            "object": "posting", "order": JSONValue(order?.text), "kind": .string(posting.kind),
            "sequence": JSONValue(Int64(posting.sequence)), "debit": .string(posting.debit.name),
            "credit": .string(posting.credit.name), "amount": JSONValue(posting.amount.minorUnits),
            "currency": .string(posting.amount.currency.code), "at": .string(posting.at.description),
            "initiated_by": initiator,
            "change": change.map { JSONValue($0) } ?? .null, "balance": balance.map { JSONValue($0) } ?? .null,
        ]
    }
}
