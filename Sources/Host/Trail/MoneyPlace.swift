import Router

/// Where an order's money is, as far as anybody knows.
enum MoneyPlace: Sendable, Hashable {
    /// Nothing was handed to an operator: the money is where it was.
    case untouched
    /// An operator has the request, and has not said that money moved.
    case asked(ProviderID)
    /// The request is leaving at this moment.
    case onItsWay(ProviderID)
    /// The operator has said no, and may still change it.
    case refusedSoFar(ProviderID)
    /// Nobody can say whether it moved; the operator, where one has the request.
    case unknown(ProviderID?)
    /// The operator holds it.
    case held(ProviderID?, until: Moment?)
    /// The operator holds it, or a capture or release of it went through: which of both is not known.
    case heldOrDecided(OrderKind)
    /// It moved; so much of it.
    case moved(ProviderID?, Money)
    /// It certainly did not move, and will not.
    case unmoved
    /// What was held is not held any more: the payer has it.
    case released
    /// What is recorded and what is told contradict each other; so much was executed, as told last.
    case contradicted(recorded: OrderOutcome, told: Money?)
    /// The order ended without success, and so much moved all the same.
    case movedAfterEnd(Money)
    /// It arrived for a wallet that was closed meanwhile, and lies there.
    case unclaimed(LedgerAccount)
    /// A transfer has the sender's money: this order of it is under way, and perhaps nobody can say whether it is done.
    case between(TransferRole, isKnown: Bool)
    /// A transfer has the sender's money, and nothing moves it by itself.
    case parked
    /// A transfer's sender has the money back.
    case givenBack
}

extension MoneyPlace {
    /// Whether it is certain that the money did not move and will not: only then may an order be called failed.
    var isCertainlyUnmoved: Bool { self == .unmoved || self == .released || self == .givenBack }
}

/// What happens next with an order, and when.
enum NextStep: Sendable, Hashable {
    /// The payer has to do something; nothing new is begun after that moment.
    case payer(CustomerAction.Kind?, until: Moment)
    /// The shop has to accept the amount.
    case shop(until: Moment)
    /// The shop collects what is held, or releases it.
    case captureOrVoid(until: Moment?)
    /// The operator is asked.
    case asks(ProviderID, at: Moment)
    /// The router looks again by itself.
    case looks(at: Moment)
    /// People have to look; so many have signed what they found.
    case people(Review.Reason, since: Moment, signatures: Int)
    /// What becomes of it depends on this order.
    case waitsFor(OrderID)
}
