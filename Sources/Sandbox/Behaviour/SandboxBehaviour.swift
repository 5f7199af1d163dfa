/// What one request does at an operator, and what the partner gets to see of it.
protocol SandboxBehaviour: Sendable {
    /// How the result is notified.
    var callbacks: CallbackStyle { get set }
    /// Whether the answer is lost, late or wrong.
    var breaksTheAnswer: Bool { get }
    /// What `succeeds` does.
    static var plain: Self { get }
}

extension OperatorTools {
    /// The behaviour that a magic value chose, with the say of the ``Fault`` that the present request meets.
    func behaviour<Behaviour: SandboxBehaviour>(_ chosen: Behaviour) -> Behaviour {
        guard let fault = Fault.inHand else { return chosen }
        var behaviour = chosen.breaksTheAnswer ? Behaviour.plain : chosen
        switch fault.kind {
        case .duplicateCallback: behaviour.callbacks = .threeTimes
        case .withholdCallback: behaviour.callbacks = .never
        default: break
        }
        return behaviour
    }
}

/// How the answer to a money request leaves the operator.
///
/// What was executed is decided apart from it.
enum AnswerStyle: Sendable, Hashable {
    /// The true answer.
    case truthful
    /// The true answer, after so many milliseconds.
    case delayed(Int64)
    /// No answer: the connection closes.
    case dropped
    /// No answer, and the connection stays open for so many milliseconds.
    case hung(Int64)
    /// HTTP 500.
    case serverError
    /// HTTP 200 with an HTML page that has nothing to do with the question.
    case page
    /// The true answer, cut off before its announced end.
    case truncated
}

/// How often an operator notifies the partner of one result.
enum CallbackStyle: String, Codable, Sendable, Hashable {
    /// Not at all: only a question finds the result.
    case never
    /// Once (and again only if it is not acknowledged).
    case once
    /// Three times, two of them at the same time.
    case threeTimes
}
