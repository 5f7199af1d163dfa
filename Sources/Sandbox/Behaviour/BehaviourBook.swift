/// The one place where an operator's behaviour is chosen for a request.
///
/// Today the magic values choose; whatever is to overrule them for a while belongs here.
struct BehaviourBook: Sendable {
    /// How to treat a TMoney debit of this phone.
    func debit(phone: String) -> TMoneyBehaviour { TMoneyBehaviour.of(phone: phone) }

    /// How to treat a Flouci session of this amount.
    func session(amount: Int64) -> FlouciBehaviour { FlouciBehaviour.of(amount: amount) }

    /// How to treat a Flouci accept call with this code.
    func acceptance(code: String) -> AcceptBehaviour { AcceptBehaviour.of(code: code) }

    /// How to treat a card.
    func card(_ instrument: CardInstrument) -> CardBehaviour { CardBehaviour.of(instrument) }
}
