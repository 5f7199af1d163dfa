import Router

/// Reading payments, for callers (their own) and for the command line (all).
struct OrderReader: Sendable {
    let store: any Store
    let view: OrderView

    /// A payment with its route decision and its timeline.
    ///
    /// Goods are in it only for the app itself; what is remembered of an answer is for everybody, and has none.
    func whole(_ aggregate: OrderAggregate, withGoods: Bool = false) async throws(Problem) -> [UInt8] {
        let order = aggregate.order
        if order.kind == .transfer { return try await wholeTransfer(aggregate) }
        let hasGoods = withGoods && aggregate.goods != nil
        let known = hasGoods ? nil : store.answer(.whole, of: order.id)
        if let bytes = known?.bytes { return bytes }
        let timeline = try await timeline(aggregate)
        let bytes = JSONObjectWriter.object { writer in
            view.write(aggregate, to: &writer)
            if hasGoods { view.writeGoods(aggregate, to: &writer) }
            writer.field("route", order.explanation)
            writer.field("timeline", .array(timeline.map(\.value)))
        }
        if let known, known.version == order.version {
            store.keepAnswer(bytes, .whole, of: order.id, ticket: known.ticket)
        }
        return bytes
    }

    /// An order as in lists.
    func summary(_ order: Order) -> [UInt8] {
        let known = store.answer(.summary, of: order.id)
        guard let known, known.version == order.version else {
            return JSONObjectWriter.object { view.writeSummary(order, to: &$0) }
        }
        if let bytes = known.bytes { return bytes }
        let bytes = JSONObjectWriter.object { view.writeSummary(order, to: &$0) }
        store.keepAnswer(bytes, .summary, of: order.id, ticket: known.ticket)
        return bytes
    }

    func aggregate(_ text: String?, _ kind: OrderKind = .payment) async throws(Problem) -> OrderAggregate? {
        guard let id = text.flatMap({ OrderID($0, kind) }) else { return nil }
        do throws(StoreFailure) {
            return try await store.orderAggregate(id)
        } catch { throw Problem(.unavailable, "the payment cannot be read now") }
    }

    /// An order after a change, if the caller wishes to wait for one.
    func awaited(
        _ aggregate: OrderAggregate, _ request: APIRequest, _ engine: Engine
    ) async throws(Problem) -> OrderAggregate {
        let query = try QueryParameters(request.query, allowed: ["wait"])
        guard let text = query["wait"] else { return aggregate }
        guard let seconds = Int64(text), (0...30).contains(seconds) else {
            throw Problem(.invalidParameter, "wait must be 0 to 30 seconds, digits only")
        }
        return await engine.waitForChange(aggregate, milliseconds: seconds * 1_000)
    }

    /// The order of a path, if it is the caller's; otherwise it does not exist for them.
    func own(
        _ request: APIRequest, _ caller: Caller, _ kind: OrderKind = .payment
    ) async throws(Problem) -> OrderAggregate {
        guard let aggregate = try await aggregate(request.parameters["id"], kind), aggregate.order.app == caller.app,
            aggregate.order.environment == caller.environment
        else { throw Problem(.notFound, "there is no such \(kind.rawValue)") }
        return aggregate
    }
}
