import Router
import Synchronization

/// A wire that gives every question the same answer and keeps what was asked.
final class OneAnswer: Transport {
    private let answer: Result<WireReply, TransportFailure>
    private let seen = Mutex<[(request: WireRequest, terms: AskTerms)]>([])

    init(_ answer: Result<WireReply, TransportFailure>) { self.answer = answer }

    convenience init(status: Int) { self.init(.success(WireReply(status: status))) }

    var asked: [(request: WireRequest, terms: AskTerms)] { seen.withLock { $0 } }

    func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
        TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.invalidRequest)))
    }

    func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
        seen.withLock { $0.append((request, terms)) }
        return answer
    }
}

/// A mail server that says the same to every mail and keeps it.
final class OneOutcome: MailTransport {
    private let outcome: MailOutcome
    private let seen = Mutex<[MailSubmission]>([])

    init(_ outcome: MailOutcome) { self.outcome = outcome }

    var mails: [MailSubmission] { seen.withLock { $0 } }

    func submit(_ mail: MailSubmission) async -> MailOutcome {
        seen.withLock { $0.append(mail) }
        return outcome
    }
}
