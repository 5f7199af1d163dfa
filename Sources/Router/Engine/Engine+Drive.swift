/// From an accepted payment to an operator's answer.
extension Engine {
    /// Goes on with a payment until nothing can be done at once.
    ///
    /// The caller holds the claim.
    func drive(_ start: OrderFile) async {
        var file = start
        while true {
            switch nextMove(file, at: time.now) {
            case .start(let candidate):
                guard let next = await attempt(file, candidate) else { return }
                file = next
            case .close, .chooseAgain, .lookAgain:
                await settle(file) { _ in }
                return
            case .wait, .nothing: return
            }
        }
    }

    /// Changes a payment, decides what follows, commits.
    ///
    /// A store that fails leaves it to the timer.
    @discardableResult
    func settle(
        _ file: OrderFile, inboxDone: InboxID? = nil, _ body: (inout OrderFile) -> Void
    ) async -> OrderFile? {
        let now = time.now
        do {
            return try await mutate(file.order.id, first: file, inboxDone: inboxDone) { file in
                body(&file)
                _ = conclude(&file, at: now)
                return file.isDirty || inboxDone != nil
            }
        } catch {
            observer.note(.alarm("not_stored", order: file.order.id, detail: "\(error)"))
            return nil
        }
    }

    /// Opens the next transmission of an attempt, in memory.
    func openTransmission(_ file: inout OrderFile, _ id: AttemptID, _ runtime: ProviderRuntime) -> Bool {
        let now = time.now
        guard let attempt = file.attempt(id) else { return false }
        let transmission = Transmission(
            ordinal: attempt.transmissions.count + 1,
            sendNotAfter: now.adding(milliseconds: settings.sendNotAfterMilliseconds),
            timeoutMilliseconds: Int64(runtime.manifest.wireLimits.totalMilliseconds), startedAt: now)
        guard file.open(id, transmission, epoch: epoch, at: now), exposure.reserve(attempt, at: runtime) else {
            return false
        }
        file.schedule(at: now, facts: scheduleFacts(file.operation))
        return true
    }

    func reread(_ id: OrderID) async -> OrderFile? {
        (try? await store.orderFile(id)) ?? nil
    }

    /// The harmless side of the wire.
    ///
    /// What is asked before a send `waits` while this machine has no room for it, as the send would.
    func wire(
        _ runtime: ProviderRuntime, _ order: OrderID?, _ operation: String, waits: Bool = false
    ) -> AskingWire {
        AskingWire(
            runtime: runtime, transport: transport, time: time, random: random, observer: observer, order: order,
            operation: operation, sendNotAfterMilliseconds: settings.sendNotAfterMilliseconds,
            waitMilliseconds: waits ? settings.sendNotAfterMilliseconds : 0)
    }
}

extension RefusalReason {
    /// Reasons that count against an operator's health.
    var isOutage: Bool { self == .notSent || self == .operatorUnavailable || self == .throttled }
}
