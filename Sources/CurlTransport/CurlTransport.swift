public import Router

/// The wire to operators on libcurl: one thread drives every exchange, callers wait as tasks.
///
/// Cancellation differs by what is at stake. Cancelling the task of ``ask(_:terms:)`` ends the exchange. Cancelling the
/// task of ``send(_:terms:)`` shuts its gate if it has not opened, which proves the request unsent; if it has opened, the
/// call goes on to its real end, because what the operator answers is worth more than an early return.
///
/// Call ``shutdown(grace:)`` when done with it. A transport that is merely dropped stops by itself, without grace.
public final class CurlTransport: Transport {
    private let inbox: Inbox
    private let thread: DriverThread
    private let room: SocketRoom

    /// Starts the driver thread.
    ///
    /// Also makes the process ignore SIGPIPE if nobody has chosen a handler for it.
    ///
    /// - Parameters:
    ///   - configuration: What holds for every exchange.
    ///   - onExhaustion: Called each time this machine had no room for an exchange. Must be quick and must not block.
    /// - Throws: ``CurlStartError`` if libcurl is unfit or the system refuses a descriptor or a thread.
    public init(
        _ configuration: CurlConfiguration = CurlConfiguration(), onExhaustion: @escaping @Sendable () -> Void = {}
    ) throws(CurlStartError) {
        let trust = try CurlLibrary.ready(for: configuration.authorities)
        let room = SocketRoom(
            limit: configuration.maximumConnections, ceiling: configuration.descriptorCeiling,
            onExhaustion: onExhaustion)
        let rules = CurlPolicy(configuration: configuration, trust: trust, room: room)
        self.room = room
        let inbox = try Inbox()
        let epoll = try Poller.open()
        self.inbox = inbox
        thread = try DriverThread { Driver(inbox: inbox, epoll: epoll, rules: rules).run() }
    }

    deinit {
        inbox.close(stopAt: 0, whenDone: nil)
        thread.leave()
    }

    /// Whether an exchange has found no room on this machine in the last five seconds, and none has found some since.
    public var isExhausted: Bool { room.isExhausted }

    /// Sends once, through the gate of `terms`.
    ///
    /// The gate's `mayOpen` runs on the driver thread.
    public func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
        let purpose = Job.Purpose.money(gate: terms.gate, mayReuse: terms.mayReuseConnection)
        return await run(request, purpose, terms.limits, ScopeKey(scope: terms.scope, addresses: .any))
    }

    /// Asks once, or again on a new connection if a warm one turned out to be dead.
    public func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
        await run(request, .question, terms.limits, ScopeKey(scope: terms.scope, addresses: terms.addresses)).result
    }

    /// Refuses new work, lets running exchanges end until the grace is over, fails the rest, and ends the thread.
    ///
    /// Every call returns only after the thread has freed libcurl's objects. What is failed reports the truth of its
    /// gate. A second call may shorten the grace, never extend it.
    public func shutdown(grace: Duration) async {
        let stopAt = Monotonic.now() &+ Monotonic.nanoseconds(in: grace)
        await withCheckedContinuation { inbox.close(stopAt: stopAt, whenDone: $0) }
        thread.join()
    }

    private func run(
        _ request: WireRequest, _ purpose: Job.Purpose, _ limits: WireLimits, _ scope: ScopeKey
    ) async -> TransmissionReport {
        if let fault = RequestCheck.fault(in: request) { return purpose.unsent(fault) }
        let withdrawal = Withdrawal()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                let job = Job(
                    request: request, purpose: purpose, limits: limits, scope: scope, withdrawal: withdrawal,
                    answer: answer)
                if !inbox.submit(job) { answer.resume(returning: purpose.unsent(.shuttingDown)) }
            }
        } onCancel: {
            withdrawal.request()
            if purpose.mayBeWithdrawn() { inbox.withdraw(withdrawal) }
        }
    }
}
