import CCurl
import Router

/// The loop of the driver thread: commands in, events to libcurl, answers out.
///
/// Everything in here, and everything reached from here, belongs to the one thread that calls ``run()``.
final class Driver {
    private static let inboxMark = UInt64.max

    private let inbox: Inbox
    private let poller: Poller
    private var scopes: Scopes
    private var running: [ObjectIdentifier: Slot] = [:]
    /// How many of them each owner of scopes has.
    private var runningOf: [String: Int] = [:]
    private let rules: CurlPolicy
    private var commands: [Inbox.Command] = []
    /// When to end at the latest; `nil` while nobody has asked for an end.
    private var stopAt: UInt64?
    private var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    private var now = Monotonic.now()

    init(inbox: Inbox, epoll: Int32, rules: CurlPolicy) {
        self.inbox = inbox
        self.rules = rules
        poller = Poller(owning: epoll)
        scopes = Scopes(poller: poller, rules: rules)
    }

    /// Runs until the inbox is closed and the work has ended, or its grace has.
    func run() {
        poller.watch(inbox.descriptor, for: EPOLLIN.rawValue, mark: Self.inboxMark)
        while !isOver {
            poller.wait(milliseconds: patience()) { mark, events in
                if mark == Self.inboxMark {
                    obey()
                } else {
                    scopes[mark >> 32]?.socketReady(Int32(truncatingIfNeeded: mark), events: events)
                }
            }
            now = Monotonic.now()
            for scope in scopes.all {
                scope.serveTimer(now: now)
                while let (slot, code) = scope.nextDone() { finish(slot, code) }
            }
        }
        end()
    }

    private var isOver: Bool {
        guard let stopAt else { return false }
        return running.isEmpty || now >= stopAt
    }

    /// Milliseconds until something is due, rounded up; -1 if nothing is.
    private func patience() -> Int32 {
        var due = stopAt ?? .max
        for scope in scopes.all { due = min(due, scope.deadline) }
        if due == .max { return -1 }
        let now = Monotonic.now()
        return due <= now ? 0 : Int32(min((due - now + 999_999) / 1_000_000, 60_000))
    }

    private func obey() {
        inbox.drain(into: &commands)
        for command in commands {
            switch command {
            case .add(let job): start(job)
            case .withdraw(let withdrawal): withdraw(withdrawal)
            case .stop(let moment, let continuation):
                stopAt = min(stopAt ?? .max, moment)
                if let continuation { waitingForEnd.append(continuation) }
            }
        }
        commands.removeAll(keepingCapacity: true)
    }

    private func start(_ job: Job) {
        if job.withdrawal.isWished, job.purpose.mayBeWithdrawn() {
            return job.finish(.failure(.withdrawn), curlCode: 0)
        }
        guard hasRoom(for: job) else { return job.finish(.failure(Shortage.failure), curlCode: 0) }
        guard let scope = scopes.scope(for: job.scope), let slot = scope.slot() else {
            rules.room.noteExhaustion()
            return job.finish(.failure(Shortage.failure), curlCode: 0)
        }
        if let fault = scope.start(slot, job, now: now) {
            scope.recycle(slot)
            if fault.kind == .exhausted { rules.room.noteExhaustion() }
            return job.finish(.failure(fault), curlCode: 0)
        }
        running[ObjectIdentifier(job.withdrawal)] = slot
        runningOf[job.scope.scope.owner, default: 0] += 1
    }

    /// Whether one more exchange may be under way, for its owner and in all.
    ///
    /// An owner who has used up its own share is no reason to refuse anybody else.
    private func hasRoom(for job: Job) -> Bool {
        let limits = rules.configuration
        guard running.count < limits.maximumConnections else {
            rules.room.noteExhaustion()
            return false
        }
        guard runningOf[job.scope.scope.owner, default: 0] < limits.maximumConnectionsPerOwner else { return false }
        if rules.room.isTight { scopes.closeIdle() }
        return true
    }

    /// Ends an exchange early.
    ///
    /// The caller has made sure that it may be.
    private func withdraw(_ withdrawal: Withdrawal) {
        guard let slot = running[ObjectIdentifier(withdrawal)] else { return }
        conclude(slot, curlCode: 0) { _ in .failure(.withdrawn) }
    }

    private func finish(_ slot: Slot, _ code: CURLcode) {
        conclude(slot, curlCode: Int32(code.rawValue)) { $0.result(code) }
    }

    private func conclude(
        _ slot: Slot, curlCode: Int32, _ result: (Slot) -> Result<WireReply, TransportFailure>
    ) {
        guard let job = slot.job else { return }
        let result = result(slot)
        running[ObjectIdentifier(job.withdrawal)] = nil
        let owner = job.scope.scope.owner
        let left = runningOf[owner, default: 1] - 1
        runningOf[owner] = left == 0 ? nil : left
        slot.scope.remove(slot, now: now)
        slot.scope.recycle(slot)
        job.finish(result, curlCode: curlCode)
    }

    /// Fails what is left, frees libcurl's objects on this thread, and tells those who wait.
    private func end() {
        for slot in running.values { conclude(slot, curlCode: 0) { _ in .failure(.shuttingDown) } }
        scopes.closeAll()
        for command in inbox.over() {
            if case .stop(_, let continuation?) = command { waitingForEnd.append(continuation) }
        }
        for continuation in waitingForEnd { continuation.resume() }
    }
}
