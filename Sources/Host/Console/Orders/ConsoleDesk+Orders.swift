import Router

/// Orders as visitors of the console see them: developers those of their apps, staff all.
extension ConsoleDesk {
    /// Whose orders a visitor may see.
    func scope(_ visit: ConsoleVisit) async throws(Problem) -> OrderScope {
        guard !visit.visitor.seesEverything else { return .all }
        return .apps(Set(try await ownApps(visit).map(\.id)))
    }

    /// Whether a visitor has a right for what belongs to an app.
    func reaches(_ app: AppID, _ right: ConsoleRight, _ visit: ConsoleVisit) async throws(Problem) -> Bool {
        guard visit.visitor.may(right) else { return false }
        guard !visit.visitor.reachesAll(right) else { return true }
        return try await ownApps(visit).contains { $0.id == app }
    }

    /// What is said to whoever sees something and may not change it.
    static let onlySeen = Problem(.forbidden, "this is of an app of somebody else; you may look at it, and no more")

    /// The apps of whoever looks, also of an admin.
    func ownApps(_ visit: ConsoleVisit) async throws(Problem) -> [App] {
        guard let account = visit.visitor.account else { return [] }
        return try await stored { () async throws(StoreFailure) in try await store.apps(of: account.id) }
    }

    /// What a list's form asks for.
    func query(_ parameters: QueryParameters, _ visit: ConsoleVisit) throws(Problem) -> OrderQuery {
        var query = OrderQuery(
            app: nil, environment: try parameters.told("environment", among: PayEnvironment.allCases))
        query.kind = try parameters.told("kind", among: OrderKind.allCases)
        query.status = try parameters.told("status", among: OrderStatus.allCases)
        query.app = try parameters.told("app", "the identifier of an app") { AppID($0) }
        query.channel = parameters.told("channel").map { PaymentChannel($0) }
        query.provider = parameters.told("provider").map { ProviderID($0) }
        let days = try parameters.days(today: SnapshotDay(now))
        (query.createdFrom, query.createdBefore) = (days.from?.start, days.to?.end)
        query.after = try parameters.told("after", Cursor.expected) { Cursor.order($0) }
        query.before = try parameters.told("before", Cursor.expected) { Cursor.order($0) }
        return query
    }

    /// The order of a path, if the visitor sees it; otherwise it does not exist for them.
    func order(_ visit: ConsoleVisit) async throws(Problem) -> OrderAggregate {
        let scope = try await scope(visit)
        let id = visit.request.parameters["id"].flatMap { OrderID($0) }
        let found = try await stored { () async throws(StoreFailure) -> OrderAggregate? in
            guard let id else { return nil }
            return try await store.orderAggregate(id)
        }
        guard let found, scope.includes(found.order.app) else { throw Problem(.notFound, "there is no such order") }
        return found
    }

    /// Begins a refund, capture or release of a payment, for whoever is signed in.
    ///
    /// - Parameters:
    ///   - kind: Which of the three.
    ///   - payment: What it is about.
    ///   - amount: `nil` for all there is.
    ///   - reason: In words, for the app and the trail; payers read an order's description, and not this.
    ///   - key: Made with the form, so that a form sent twice does its work once.
    ///   - visit: Who wishes it.
    /// - Returns: The new order.
    /// - Throws: Why there is none; that it is not known.
    func follow(
        _ kind: OrderKind, _ payment: OrderAggregate, amount: Money?, reason: String?, key: String,
        _ visit: ConsoleVisit
    ) async throws(Problem) -> OrderAggregate {
        guard let account = visit.visitor.account else { throw Problem(.unauthorized, "nobody is signed in") }
        let key = "console \(account.id) \(key)"
        let fingerprint = ConsentSubject.of([
            "kind": .string(kind.rawValue), "payment": .string(payment.order.id.text),
            "amount": amount.map { JSONValue($0.minorUnits) } ?? .null, "reason": JSONValue(reason),
        ])
        var command = Engine.FollowUpCommand(
            kind, of: payment.order.id, amount: amount, metadata: reason.map { ["reason": $0] } ?? [:],
            idempotencyKey: key,
            fingerprint: fingerprint, requestID: visit.request.id)
        command.console = account.id
        // What is asked for is written before it is done: whoever does it is known, whatever becomes of it.
        let asked: JSONValue = [
            "amount": amount.map { JSONValue($0.minorUnits) } ?? .null,
            "currency": .string(payment.order.amount.currency.code), "reason": JSONValue(reason),
        ]
        try await tell(Self.action(kind), payment.order, visit, asked)
        let result = await engine.follow(command)
        return try CommandAnswers(view: engine.view).outcome(result).0
    }

    private static func action(_ kind: OrderKind) -> AuditAction {
        switch kind {
        case .capture: .orderCaptured
        case .void: .orderVoided
        case .payment, .payout, .refund, .transfer: .orderRefunded
        }
    }

    /// Writes what a visitor does with an order.
    func tell(
        _ action: AuditAction, _ order: Order, _ visit: ConsoleVisit, _ after: JSONValue? = nil
    ) async throws(Problem) {
        _ = try await apply(
            PlatformChange(line(action, .init(.order, order.id.text), visit, app: order.app, after: after)))
    }

    /// Asks the operator now.
    ///
    /// - Returns: When it may be asked again, if it was asked already.
    func check(_ aggregate: OrderAggregate, _ visit: ConsoleVisit) async throws(Problem) -> Moment? {
        try await tell(.orderChecked, aggregate.order, visit)
        switch await engine.checkNow(aggregate) {
        case .checked: return nil
        case .known(_, let next), .tooOften(let next): return next
        case .unavailable: throw Problem(.unavailable, "the operator cannot be asked now")
        }
    }
}
