import Router

/// One order: where its money is, what happened, and what can be done.
extension ConsolePages {
    func registerOrder(in routes: inout RouteTable) {
        page("/console/orders/{id}", .read, in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["lang", "done"])
            // Read before the page: what changes in between is told once more, and not missed.
            let aggregate = try await desk.order(visit)
            var page = try await orderPage(visit)
            let address = "/console/orders/\(aggregate.order.id)"
            page.live = .init(address: address + "/live", page: address, mark: LiveOrder.mark(aggregate))
            switch query["done"].flatMap({ OrderDone(rawValue: $0) }) {
            case .begun: page.notice = visit.texts["orderBegun"]
            case .asked: page.notice = visit.texts["orderAsked"]
            case .askedBefore: page.notice = visit.texts["orderAskedBefore"]
            case nil: break
            }
            return shown(page, visit)
        }
        page("/console/orders/{id}/live", .read, in: &routes) { visit throws(Problem) in
            let aggregate = try await desk.order(visit)
            let place = desk.livePlaces.enter(visit.visitor.formToken)
            // Given back as well where nobody reads the stream.
            let held = Permit { place.release() }
            let shared = try desk.limits?.streamOfSession(client: visit.request.client)
            return LiveOrder(desk: desk, visit: visit).response(
                aggregate, at: place, holding: [held, shared].compactMap(\.self))
        }
        orderForm("refund", .moveMoney, ["amount", "reason", "key"], in: &routes) {
            visit, aggregate, form throws(Problem) in
            try await follow(.refund, aggregate, form, visit)
        }
        orderForm("capture", .moveMoney, ["amount", "reason", "key"], in: &routes) {
            visit, aggregate, form throws(Problem) in
            try await follow(.capture, aggregate, form, visit)
        }
        orderForm("void", .moveMoney, ["reason", "key"], in: &routes) { visit, aggregate, form throws(Problem) in
            try await follow(.void, aggregate, form, visit)
        }
        orderForm("check", .moveMoney, [], in: &routes) { visit, aggregate, _ throws(Problem) in
            let next = try await desk.check(aggregate, visit)
            return done(next == nil ? .asked : .askedBefore, aggregate.order.id)
        }
        orderForm("phone", .revealPhones, [], in: &routes) { visit, aggregate, _ throws(Problem) in
            try await desk.tell(.phoneRevealed, aggregate.order, visit)
            let scope = try await desk.scope(visit)
            let numbers = try await desk.stored { () async throws(StoreFailure) in
                try await TrailReader(store: desk.store).phoneNumbers(of: aggregate.order.id, in: scope)
            }
            var page = try await orderPage(visit)
            page.notice = visit.texts.filled("phoneIs", ["phone": (numbers ?? []).joined(separator: ", ")])
            return shown(page, visit)
        }
    }

    /// What was done just now.
    enum OrderDone: String {
        case begun, asked
        case askedBefore = "asked_before"
    }

    private func done(_ done: OrderDone, _ id: OrderID) -> APIResponse {
        redirect("/console/orders/\(id)?done=\(done.rawValue)")
    }

    private func orderForm(
        _ action: String, _ right: ConsoleRight, _ fields: Set<String>, in routes: inout RouteTable,
        _ body: @escaping @Sendable (ConsoleVisit, OrderAggregate, QueryParameters) async throws(Problem) -> APIResponse
    ) {
        form("/console/orders/{id}/\(action)", right, in: &routes, fields) { visit, form throws(Problem) in
            let aggregate = try await desk.order(visit)
            guard try await desk.reaches(aggregate.order.app, right, visit) else { throw ConsoleDesk.onlySeen }
            do throws(Problem) { return try await body(visit, aggregate, form) } catch {
                return failed(try await orderPage(visit), error, visit)
            }
        }
    }

    private func follow(
        _ kind: OrderKind, _ payment: OrderAggregate, _ form: QueryParameters, _ visit: ConsoleVisit
    ) async throws(Problem) -> APIResponse {
        let currency = payment.order.amount.currency
        let typed = form["amount"]?.trimmed ?? ""
        var amount: Money?
        if !typed.isEmpty {
            guard let read = TypedMoney.all(in: typed, [currency]).first, read.currency == currency, read.minorUnits > 0
            else {
                throw Problem(
                    .invalidRequest, "the amount cannot be read",
                    errors: [
                        JSONIssue(
                            pointer: "/amount", code: "invalid_value",
                            detail:
                                "expected an amount in \(currency.code), such as \(visit.amount(payment.order.amount))")
                    ])
            }
            amount = read
        }
        let reason = form["reason"]?.trimmed ?? ""
        var checks = InputChecks()
        checks.words(reason, DescriptionFacts.longest, "/reason")
        try checks.done()
        let made = try await desk.follow(
            kind, payment, amount: amount, reason: reason, key: form["key"] ?? "", visit)
        return done(.begun, made.order.id)
    }
}
