/// Hears of what happens, for logs and metrics.
///
/// Called from hot paths: must be quick and must not block.
package protocol EngineObserver: Sendable {
    func record(_ event: EngineEvent)
}

/// What observers hear of.
///
/// Never holds secrets or payer data.
package enum EngineEvent: Sendable {
    case committed(Order, created: Bool, previous: OrderStatus?)
    case exchanged(
        provider: ProviderID, operation: String, order: OrderID?, milliseconds: Int64, outcome: String)
    case stateChanged(order: OrderID, attempt: AttemptID, provider: ProviderID, state: AttemptState, cause: String)
    /// A notification came in; the verdict is one of a fixed set.
    case callback(provider: ProviderID, trust: InboxMessage.Trust, verdict: String)
    /// A notification was not believed because of the address it came from.
    case callbackFromUnlisted(provider: ProviderID, network: String, isFirst: Bool)
    /// A notification that nobody vouches for, and that matched nothing in its time, was deleted.
    case callbackDropped(provider: ProviderID, trust: InboxMessage.Trust)
    case alarm(Alarm, order: OrderID?, detail: String)
    /// Evidence contradicts something final.
    case discrepancy(Discrepancy)
    /// A person signed what was found about an order; with the second signature it is evidence.
    case signed(order: OrderID, person: String, finding: String, isResolved: Bool)
    /// Somebody has a provider take no new orders, or take them again.
    case drained(provider: ProviderID, by: String, isOver: Bool)
    /// Somebody made a version of the configuration, or has it worked with.
    case configured(version: Int64, by: String, isActive: Bool)
    /// How far a step is that brings old data to their present form.
    case upgrading(step: String, done: Int)
    case storeFailed(StoreFailure)
}
