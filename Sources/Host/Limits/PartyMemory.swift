import Router
import Synchronization

/// Remembers for a while which numbers are nobody's customers, so that asking again costs the operator nothing.
///
/// Bounded: the oldest answer goes first. What an operator could not answer, and customers, are asked about anew.
final class PartyMemory: Sendable {
    typealias Answers = [(provider: ProviderID, channel: PaymentChannel, finding: PartyFinding)]

    struct Question: Sendable, Hashable {
        var environment: PayEnvironment
        var phone: MSISDN
        var channel: PaymentChannel?
    }

    private struct State: Sendable {
        var answers: [Question: (answers: Answers, at: Moment)] = [:]
        /// Questions in the order of their answers; the next to go stands at `oldest`.
        var order: [Question] = []
        var oldest = 0
    }

    private static let seconds: Int64 = 600
    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int = 4_096) { self.limit = max(1, limit) }

    /// What was answered; `nil` if that is not known or too old.
    func answers(to question: Question, at now: Moment) -> Answers? {
        state.withLock { state in
            guard let known = state.answers[question], now < known.at.adding(seconds: Self.seconds) else { return nil }
            return known.answers
        }
    }

    /// Keeps answers of which each says that the number is no customer.
    func keep(_ answers: Answers, to question: Question, at now: Moment) {
        let isNobody = answers.allSatisfy { if case .notCustomer = $0.finding { true } else { false } }
        guard !answers.isEmpty, isNobody else { return }
        state.withLock { state in
            if state.answers.updateValue((answers, now), forKey: question) != nil { return }
            guard state.order.count >= limit else { return state.order.append(question) }
            state.answers[state.order[state.oldest]] = nil
            state.order[state.oldest] = question
            state.oldest = (state.oldest + 1) % limit
        }
    }
}
