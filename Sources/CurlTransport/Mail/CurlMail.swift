public import Router

/// The way to the mail server on libcurl, beside the wire to operators and apart from it: threads, handles, connections and
/// rules of its own, which no provider can reach.
///
/// At most ``mostAtOnce`` mails are under way; others wait, and beyond ``mostWaiting`` there is no room. A thread exists only
/// while there is a mail for it. Cancelling the task of ``submit(_:)`` takes a mail back that still waits; one under way goes on
/// to its end, because what the server says is worth more than an early return.
///
/// Call ``shutdown(grace:)`` when done with it. One that is merely dropped ends what is under way as soon as it can.
public final class CurlMail: MailTransport {
    /// Mails under way at once.
    public static let mostAtOnce = 2
    /// Mails that may wait for their turn.
    public static let mostWaiting = 256

    private let queue: MailQueue

    /// Connects to nobody yet.
    ///
    /// Also makes the process ignore SIGPIPE if nobody has chosen a handler for it.
    ///
    /// - Parameters:
    ///   - server: Where mails go.
    ///   - descriptorCeiling: The first descriptor number that is not for connections.
    /// - Throws: ``CurlStartError`` if libcurl is unfit.
    public init(_ server: MailServer, descriptorCeiling: Int = .max) throws(CurlStartError) {
        let trust = try CurlLibrary.ready(for: server.authorities)
        let room = SocketRoom(limit: 2 * Self.mostAtOnce, ceiling: descriptorCeiling, onExhaustion: {})
        queue = MailQueue(MailPolicy(server: server, trust: trust), room)
    }

    deinit { queue.close(stopAt: 0, whenDone: nil) }

    /// Hands over one mail, once.
    public func submit(_ mail: MailSubmission) async -> MailOutcome {
        if let fault = MailCheck.fault(in: mail.message) { return .failed(fault) }
        let withdrawal = Withdrawal()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                queue.submit(MailJob(mail: mail, withdrawal: withdrawal, answer: answer))
            }
        } onCancel: {
            withdrawal.request()
            queue.withdraw(withdrawal)
        }
    }

    /// Refuses new mails and those that wait, lets those under way end until the grace is over, and fails the rest about a second
    /// later.
    ///
    /// Returns when no thread is left. A second call may shorten the grace, never extend it.
    public func shutdown(grace: Duration) async {
        let stopAt = Monotonic.now() &+ Monotonic.nanoseconds(in: grace)
        await withCheckedContinuation { queue.close(stopAt: stopAt, whenDone: $0) }
    }
}

/// One mail as it is handed from a caller's task to a thread.
struct MailJob: Sendable {
    let mail: MailSubmission
    let withdrawal: Withdrawal
    /// Must be given exactly one outcome.
    let answer: CheckedContinuation<MailOutcome, Never>
}
