import Router
import Synchronization

/// Mails that wait, and the threads that send them: one begins when there is work for it and ends when there is none.
final class MailQueue: Sendable {
    private struct State: Sendable {
        var waiting: [MailJob] = []
        /// Threads that are there, or about to be.
        var threads = 0
        var isClosed = false
        /// The moment of ``Monotonic`` from which on nothing may go on.
        var stopAt = UInt64.max
        var ends: [CheckedContinuation<Void, Never>] = []
    }

    /// What is to be done about a mail that has just come.
    private enum Turn {
        case begin
        case wait
        case answer(TransportFailure)
    }

    private let policy: MailPolicy
    private let room: SocketRoom
    private let state = Mutex(State())

    init(_ policy: MailPolicy, _ room: SocketRoom) {
        self.policy = policy
        self.room = room
    }

    /// Takes a mail, or answers at once.
    func submit(_ job: MailJob) {
        let turn = state.withLock { state -> Turn in
            if state.isClosed { return .answer(.shuttingDown) }
            if job.withdrawal.isWished { return .answer(.withdrawn) }
            guard state.waiting.count < CurlMail.mostWaiting else { return .answer(Self.crowd) }
            state.waiting.append(job)
            guard state.threads < CurlMail.mostAtOnce else { return .wait }
            state.threads += 1
            return .begin
        }
        switch turn {
        case .wait: break
        case .answer(let failure): job.answer.resume(returning: .failed(failure))
        case .begin: begin()
        }
    }

    /// Takes a mail back if it still waits.
    func withdraw(_ withdrawal: Withdrawal) {
        let job = state.withLock { state -> MailJob? in
            guard let index = state.waiting.firstIndex(where: { $0.withdrawal === withdrawal }) else { return nil }
            return state.waiting.remove(at: index)
        }
        job?.answer.resume(returning: .failed(.withdrawn))
    }

    /// Refuses everything from now on and tells when the last thread is gone.
    func close(stopAt moment: UInt64, whenDone: CheckedContinuation<Void, Never>?) {
        let (left, isOver) = state.withLock { state -> ([MailJob], Bool) in
            state.isClosed = true
            state.stopAt = min(state.stopAt, moment)
            defer { state.waiting = [] }
            if state.threads > 0, let whenDone { state.ends.append(whenDone) }
            return (state.waiting, state.threads == 0)
        }
        for job in left { job.answer.resume(returning: .failed(.shuttingDown)) }
        if isOver { whenDone?.resume() }
    }

    private func begin() {
        do throws(CurlStartError) {
            try DriverThread { [self] in
                while let job = next() { job.answer.resume(returning: send(job.mail)) }
            }.leave()
        } catch {
            // Without a thread nobody comes for what waits, unless another one is there.
            while let job = next() { job.answer.resume(returning: .failed(Shortage.failure)) }
        }
    }

    /// The next mail; `nil` ends the thread.
    private func next() -> MailJob? {
        let (job, ends) = state.withLock { state -> (MailJob?, [CheckedContinuation<Void, Never>]) in
            guard state.waiting.isEmpty else { return (state.waiting.removeFirst(), []) }
            state.threads -= 1
            guard state.threads == 0 else { return (nil, []) }
            defer { state.ends = [] }
            return (nil, state.ends)
        }
        for end in ends { end.resume() }
        return job
    }

    private func send(_ mail: MailSubmission) -> MailOutcome {
        MailExchange(policy: policy, room: room) { [self] in
            Monotonic.now() >= state.withLock { $0.stopAt }
        }.run(mail)
    }

    private static let crowd = TransportFailure(.exhausted, "too many mails wait for their turn")
}
