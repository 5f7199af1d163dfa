import Router

/// One order as it goes on, with the units that its commits so far consisted of.
struct Life {
    let installation: Installation
    let runtime: ProviderRuntime
    let dice: Dice
    var now: Moment
    var aggregate: OrderAggregate
    private(set) var units: [UnitOfWork] = []
    /// The payment that a refund belongs to.
    var payment: OrderAggregate?
    private let key: String

    /// A payment that is to be accepted.
    init(
        _ installation: Installation, _ runtime: ProviderRuntime, _ dice: Dice, at now: Moment, request: OrderRequest
    ) {
        let channel = request.channels.first ?? "none"
        let candidate = Candidate(provider: runtime.id, channel: channel)
        let order = Order(
            id: OrderID(.payment, at: now, from: dice), app: installation.app.id, environment: runtime.environment,
            request: request, idempotencyKey: "order-\(Life.hexadecimal(dice))",
            requestID: RequestID(at: now, from: dice),
            createdAt: now, plan: [candidate], explanation: Life.explanation(candidate),
            pageEnd: HostedPages.end(now.adding(seconds: request.expiresInSeconds)))
        self.init(installation, runtime, dice, order, key: order.idempotencyKey)
    }

    /// An order that is to be accepted, under a key as its caller gave it.
    init(_ installation: Installation, _ runtime: ProviderRuntime, _ dice: Dice, _ order: Order, key: String) {
        self.installation = installation
        self.runtime = runtime
        self.dice = dice
        self.key = key
        now = order.createdAt
        aggregate = OrderAggregate(accepting: order)
    }

    static func hexadecimal(_ dice: Dice) -> String { String(dice.next(), radix: 16) + String(dice.next(), radix: 16) }

    /// A route as a table with one line decides it.
    static func explanation(_ candidate: Candidate) -> JSONValue {
        let (provider, channel) = (JSONValue.string(candidate.provider.text), JSONValue.string(candidate.channel.text))
        return [
            "plan": [["provider": provider, "channel": channel]],
            "rules": [["name": "otherwise", "matched": true, "decided": true, "why_not": []]],
            "candidates": [
                ["provider": provider, "channel": channel, "rule": "otherwise", "kept": true, "why_not": []]
            ],
        ]
    }

    /// Adds the others of a life that follows this one's.
    mutating func append(_ more: [UnitOfWork]) { units += more }

    /// Commits what the steps wrote, with the order's next timer; a refund takes its payment along.
    mutating func commit(due: TimerEntry?) {
        if aggregate.order.due != due { aggregate.change { $0.due = due } }
        let isNew = aggregate.order.version == 0
        var unit = aggregate.takeUnitOfWork(at: now)
        if isNew {
            let order = aggregate.order
            let operation = order.parent.map { KeyedOperation.follow(order.kind, of: $0) } ?? .create(order.kind)
            unit.idempotencyRecord = IdempotencyRecord(
                key: .init(operation, app: order.app, environment: order.environment, key: key),
                fingerprint: dice.bytes(32), order: order.id, requestID: order.requestID, status: 201, createdAt: now)
            unit.claim = OrderLock(order).map { OrderClaim(lock: $0, orders: [order.id]) }
        }
        if var parent = payment, parent.attach(FollowUp(aggregate)) {
            unit.joined = [parent.takeUnitOfWork(at: now)]
            payment = parent
        }
        units.append(unit)
    }

    /// The timer for a check some time later.
    func check(after milliseconds: Int64) -> TimerEntry {
        TimerEntry(at: now.adding(milliseconds: milliseconds), queue: .provider(runtime.id))
    }
}
