/// The one place where an operator's behaviour is chosen for a request.
///
/// Magic values choose, unless the request meets a ``Fault``.
struct BehaviourBook: Sendable {
    /// How to treat a Flouci session of this amount.
    func session(amount: Int64) -> FlouciBehaviour { settled(FlouciBehaviour.of(amount: amount)) }

    /// How to treat a Flouci accept call with this code.
    func acceptance(code: String) -> AcceptBehaviour { settled(AcceptBehaviour.of(code: code)) }

    /// How to treat a card.
    func card(_ instrument: CardInstrument) -> CardBehaviour { settled(CardBehaviour.of(instrument)) }

    /// The behaviour that a magic value chose, with the present fault's say in it.
    func settled<Behaviour: SandboxBehaviour>(_ chosen: Behaviour) -> Behaviour {
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

/// What one request does at an operator, and what the partner gets to see of it.
protocol SandboxBehaviour: Sendable {
    /// How the result is notified.
    var callbacks: CallbackStyle { get set }
    /// Whether the answer is lost, late or wrong.
    var breaksTheAnswer: Bool { get }
    /// What `succeeds` does.
    static var plain: Self { get }
}

extension FlouciBehaviour: SandboxBehaviour {
    var breaksTheAnswer: Bool { answer != .truthful || losesFirstAnswer }
    static var plain: FlouciBehaviour { FlouciBehaviour(result: .paid) }
}

extension AcceptBehaviour: SandboxBehaviour {
    /// An accept call is never notified.
    var callbacks: CallbackStyle {
        get { .never }
        set {}
    }
    var breaksTheAnswer: Bool { answer != .truthful }
    static var plain: AcceptBehaviour { AcceptBehaviour(executes: true) }
}

extension CardBehaviour: SandboxBehaviour {
    var breaksTheAnswer: Bool { answer != .truthful || dropsFirst }
    static var plain: CardBehaviour { CardBehaviour(course: .succeeds) }
}
