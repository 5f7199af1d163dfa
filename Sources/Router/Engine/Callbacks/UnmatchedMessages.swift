/// What operators told and nothing here matches, as people deal with it.
final class UnmatchedMessages: EnginePart {
    let context: EngineContext
    private let matcher: CallbackMatcher
    private let unopened: UnopenedPayments

    init(_ context: EngineContext, _ matcher: CallbackMatcher, _ unopened: UnopenedPayments) {
        self.context = context
        self.matcher = matcher
        self.unopened = unopened
    }

    // MARK: Looking

    /// One page, oldest first.
    func list(after id: InboxID?, limit: Int) async throws(StoreFailure) -> [Engine.Unmatched] {
        var entries: [Engine.Unmatched] = []
        for message in try await store.unmatched(after: id, limit: limit) {
            entries.append(try await entry(message))
        }
        return entries
    }

    /// One of them; `nil` if there is no such message, or if it matched something.
    func find(_ id: InboxID) async throws(StoreFailure) -> Engine.Unmatched? {
        guard let message = try await store.inboxMessage(id), message.trust.isBelieved, message.state != .applied
        else { return nil }
        return try await entry(message)
    }

    private func entry(_ message: InboxMessage) async throws(StoreFailure) -> Engine.Unmatched {
        var entry = Engine.Unmatched(message: message)
        guard let runtime = providers[message.provider] else { return entry }
        (entry.payment, entry.subject) = read(message, runtime)
        guard let payment = entry.payment else { return entry }
        if case .failure(let mismatch) = try await unopened.target(of: payment, runtime) { entry.mismatch = mismatch }
        return entry
    }

    private func read(_ message: InboxMessage, _ runtime: ProviderRuntime) -> (UnopenedPayment?, CallbackSubject?) {
        guard let callback = message.callback else { return (nil, message.subject) }
        if let line = StatementLine(callback, at: runtime.id) { return (line.payment, line.payment.subject) }
        guard let provider = runtime.provider as? any ReceivingCallbacks else { return (nil, nil) }
        switch provider.receive(callback, now: message.receivedAt) {
        case .about(let fact): return (UnopenedPayment(fact, at: runtime.id, runtime.manifest), fact.about)
        case .notice(let notice): return (nil, notice.about)
        case .refused, .ignored: return (nil, nil)
        }
    }

    // MARK: Ending

    /// Makes it a payment of what two people say it is for.
    func match(
        _ id: InboxID, to choice: Engine.UnmatchedChoice, finding: String
    ) async throws(StoreFailure) -> Engine.UnmatchedResult {
        guard let entry = try await find(id) else { return .missing }
        guard let payment = entry.payment, let runtime = providers[entry.message.provider] else { return .noPayment }
        let target: UnopenedTarget
        switch choice {
        case .bill(let code):
            guard let bill = try await store.bill(code: code) else { return .mismatch(.nothingFound) }
            if let mismatch = bill.mismatch(payment.amount, in: runtime.environment) { return .mismatch(mismatch) }
            target = .bill(bill)
        case .payment(let order):
            guard let waiting = try await store.orderAggregate(order), waiting.takesUnopened(over: payment.channel)
            else {
                return .mismatch(.nothingFound)
            }
            guard waiting.order.environment == runtime.environment else { return .mismatch(.otherEnvironment) }
            guard waiting.order.amount == payment.amount else { return .mismatch(.otherAmount) }
            target = .payment(waiting)
        }
        switch try await unopened.adopt(payment, target, .people(finding), entry.message, runtime) {
        case .success(let order): return .done(order)
        case .failure(let mismatch): return .mismatch(mismatch)
        }
    }

    /// Ends it as something that pays nothing here.
    ///
    /// - Returns: `false` if there is no such message.
    func close(_ id: InboxID) async throws(StoreFailure) -> Bool {
        guard try await find(id) != nil else { return false }
        try await store.finish(id, .applied)
        return true
    }

    /// The notification that waits for people and is about a line's transaction: that one is matched, not the line.
    private func listed(_ line: StatementLine, _ runtime: ProviderRuntime) async throws(StoreFailure) -> InboxID? {
        let wanted = line.payment.subject.text.uppercased()
        var last: InboxID?
        while true {
            let page = try await store.unmatched(after: last, limit: Self.page)
            for message in page where message.provider == runtime.id && message.trust != .stated {
                let names = read(message, runtime).0?.names ?? []
                if names.contains(where: { $0.text.uppercased() == wanted }) { return message.id }
            }
            guard page.count == Self.page else { return nil }
            last = page.last?.id
        }
    }

    /// Messages that are looked at in one go.
    private static let page = 100

    /// Takes a line of a statement that two people wrote down, and matches it at once.
    func state(_ line: StatementLine) async throws(StoreFailure) -> Engine.Stated {
        guard let runtime = providers[line.payment.provider] else { return .noProvider }
        if let order = try await matcher.order(named: line.names, at: runtime.id) { return .known(order) }
        if let id = try await listed(line, runtime) { return .listed(id) }
        let now = time.now
        let message = InboxMessage(
            id: InboxID(at: now, from: random), provider: runtime.id, dedupKey: line.dedupKey, trust: .stated,
            callback: line.callback, receivedAt: now, state: .open(retryAt: now.adding(seconds: 2)))
        switch try await store.receive(message, limit: settings.callbacks.openBelieved) {
        case .taken: break
        case .known: return .repeated
        case .full: return .full
        }
        return try await unopened.take(line, message, runtime).map { .paid($0) } ?? .waiting(message.id)
    }
}

extension Engine {
    /// A believed message that matches nothing.
    package struct Unmatched: Sendable {
        package var message: InboxMessage
        /// What it is about, by the operator's name or ours; `nil` if it cannot be read any more.
        package var subject: CallbackSubject?
        /// The money that it tells of; `nil` if it tells of none that came by itself.
        package var payment: UnopenedPayment?
        /// Why the money pays nothing by itself; `nil` if it would now.
        package var mismatch: UnopenedMismatch?

        init(message: InboxMessage) { self.message = message }
    }

    /// What people say that money is for.
    package enum UnmatchedChoice: Sendable, Hashable {
        case bill(BillCode)
        case payment(OrderID)
    }

    /// What became of it.
    package enum UnmatchedResult: Sendable, Hashable {
        case done(OrderID)
        case missing
        /// It tells of no money that came by itself.
        case noPayment
        case mismatch(UnopenedMismatch)
    }

    /// What became of a line of a statement.
    package enum Stated: Sendable, Hashable {
        case paid(OrderID)
        /// It matches nothing yet.
        case waiting(InboxID)
        /// An order here is about it already.
        case known(OrderID)
        /// A message that waits for people is about it already.
        case listed(InboxID)
        /// The line was taken before.
        case repeated
        case noProvider
        case full
    }

    /// What operators told and nothing here matches, oldest first.
    package func unmatched(after id: InboxID?, limit: Int) async throws(StoreFailure) -> [Unmatched] {
        try await parts.unmatched.list(after: id, limit: limit)
    }

    package func unmatched(_ id: InboxID) async throws(StoreFailure) -> Unmatched? {
        try await parts.unmatched.find(id)
    }

    /// Makes money that came by itself a payment of what two people say it is for; `finding` names them and their reason.
    package func match(
        _ id: InboxID, to choice: UnmatchedChoice, finding: String
    ) async throws(StoreFailure) -> UnmatchedResult {
        try await parts.unmatched.match(id, to: choice, finding: finding)
    }

    /// Ends a message that pays nothing here, as two people found; `false` if there is none.
    package func closeUnmatched(_ id: InboxID) async throws(StoreFailure) -> Bool {
        try await parts.unmatched.close(id)
    }

    /// Takes a line of a statement that two people wrote down.
    package func state(_ line: StatementLine) async throws(StoreFailure) -> Stated {
        try await parts.unmatched.state(line)
    }
}
