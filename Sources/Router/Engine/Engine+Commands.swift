/// What callers may do with a payment that exists.
extension Engine {
    /// Cancels, or records the wish.
    ///
    /// What is under way at an operator is never called cancelled.
    package func cancel(_ id: OrderID) async throws(StoreFailure) -> OrderFile? {
        let now = time.now
        var isNew = false
        let wished = try await mutate(id) { file in
            isNew = file.order.movement.state == .open && file.order.cancelRequestedAt == nil
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
        /// The operator's rate is used up; look again at this moment.
        case tooOften(Moment)
        case unavailable
    }

    /// Asks the operator now, within its rate: about the order or, where a payment itself has nothing open, about its refunds,
    /// capture and release.
    package func checkNow(_ file: OrderFile) async -> CheckResult {
        let isOpen = file.liveAttempt.map { [.pending, .unknown].contains($0.state) } ?? false
        let open = isOpen ? [] : file.order.followUps.filter { !$0.status.isFinal }
        guard !open.isEmpty else { return await checkItself(file) }
        for followUp in open {
            guard let child = await reread(followUp.id) else { return .unavailable }
            let result = await checkItself(child)
            guard case .checked = result else { return result }
        }
        return await reread(file.order.id).map(CheckResult.checked) ?? .unavailable
    }

    private func checkItself(_ file: OrderFile) async -> CheckResult {
        guard let live = file.liveAttempt, [.pending, .unknown].contains(live.state),
            let runtime = self.runtime(of: live, file.operation), runtime.contract(for: file.operation).check != .none
        else { return .checked(file) }
        guard runtime.checksAvailable(at: time.now) > 0 else { return .tooOften(runtime.nextCheck(after: time.now)) }
        let id = file.order.id
        guard claims.claim(id) else { return .checked(file) }
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
