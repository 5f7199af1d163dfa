/// What callers may do with a payment that exists.
extension Engine {
    /// Cancels, or records the wish.
    ///
    /// What is under way at an operator is never called cancelled.
    package func cancel(_ id: OrderID) async throws(StoreFailure) -> OrderFile? {
        let now = time.now
        var isNew = false
        let wished = try await mutate(id) { file in
            isNew = file.order.outcome == .open && file.order.cancelRequestedAt == nil
            guard isNew else { return false }
            file.requestCancel(at: now)
            _ = conclude(&file, at: now)
            return true
        }
        guard isNew, let wished else { return wished }
        return await withdrawNow(wished)
    }

    /// What asking an operator at a caller's wish led to.
    package enum CheckResult: Sendable {
        case checked(OrderFile)
        /// The operator was asked in this step of its ladder already: what is known, and when a wish counts again.
        case known(OrderFile, next: Moment)
        /// The operator's rate is used up; look again at this moment.
        case tooOften(Moment)
        case unavailable
    }

    /// Who wishes that an operator is asked.
    package enum Wisher: Sendable, Hashable {
        /// Whoever has the link of a payer's page: one question in each step of the ladder.
        case link
        /// The shop, with its key: the same, but no step counts for longer than a minute.
        case app

        /// The longest that a step of the ladder counts, in milliseconds.
        var longestStep: Int64? {
            switch self {
            case .link: nil
            case .app: 60_000
            }
        }
    }

    /// Asks the operator now, within its rate and once in each step of its ladder, however many wish it: about the order or,
    /// where a payment itself has nothing open, about its refunds, capture and release.
    package func checkNow(_ file: OrderFile, for wisher: Wisher = .app) async -> CheckResult {
        let isOpen = file.liveAttempt.map { [.pending, .unknown].contains($0.state) } ?? false
        let open = isOpen ? [] : file.order.followUps.filter { !$0.status.isFinal }
        guard !open.isEmpty else { return await checkItself(file, for: wisher) }
        var next: [Moment?] = []
        for followUp in open {
            guard let child = await reread(followUp.id) else { return .unavailable }
            switch await checkItself(child, for: wisher) {
            case .checked: next.append(nil)
            case .known(_, let moment): next.append(moment)
            case let other: return other
            }
        }
        guard let known = await reread(file.order.id) else { return .unavailable }
        // As soon as one of them was asked about, the answer is news.
        let soonest = next.contains(nil) ? nil : next.compactMap(\.self).min()
        return soonest.map { .known(known, next: $0) } ?? .checked(known)
    }

    private func checkItself(_ file: OrderFile, for wisher: Wisher) async -> CheckResult {
        guard let live = file.liveAttempt, [.pending, .unknown].contains(live.state),
            let runtime = self.runtime(of: live, file.operation), runtime.contract(for: file.operation).check != .none
        else { return .checked(file) }
        let ladder = runtime.contract(for: file.operation).checkLadder
        guard runtime.checksAvailable(at: time.now) > 0 else { return .tooOften(runtime.nextCheck(after: time.now)) }
        let id = file.order.id
        // Somebody asks or sends just now; what comes of it is told to whoever waits.
        guard claims.claim(id) else { return .checked(file) }
        let next = wishes.take(
            live.id, began: live.createdAt, ladder: ladder, longest: wisher.longestStep, at: time.now)
        if let next {
            claims.release(id)
            return .known(file, next: next)
        }
        runtime.takeChecks(1)
        let until = time.now.adding(milliseconds: settings.firstAnswerMilliseconds)
        let count = live.checks
        let isAsked: @Sendable (OrderFile) -> Bool = { ($0.attempt(live.id)?.checks ?? 0) > count }
        let asked = await hub.wait(id, until: until, isEnough: isAsked) {
            self.work(claimed: id) { if let file = await self.reread(id) { await self.check(file, live) } }
        }
        if let asked { return .checked(asked) }
        return await reread(id).map(CheckResult.checked) ?? .unavailable
    }
}

extension Engine {
    /// Waits until a payment changes, but not longer than asked.
    package func waitForChange(_ file: OrderFile, milliseconds: Int64) async -> OrderFile {
        guard !file.order.status.isFinal, milliseconds > 0 else { return file }
        let (status, count) = (file.order.status, file.attempts.flatMap(\.history).count + file.order.codeRefusals)
        let until = time.now.adding(milliseconds: milliseconds)
        let changed = await hub.wait(file.order.id, until: until) { present in
            present.order.status != status
                || present.attempts.flatMap(\.history).count + present.order.codeRefusals != count
        } begin: {
        }
        if let changed { return changed }
        return await reread(file.order.id) ?? file
    }
}
