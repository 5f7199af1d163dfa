import Synchronization

/// Starts work that outlives the request it came with.
///
/// Production starts tasks; the simulator puts them on its own executor so that a seed decides the order.
package protocol Spawner: Sendable {
    func spawn(_ body: @escaping @Sendable () async -> Void)
}

/// Starts ordinary tasks.
package struct TaskSpawner: Spawner {
    package init() {}

    package func spawn(_ body: @escaping @Sendable () async -> Void) {
        Task { await body() }
    }
}

/// What the engine needs to know about the installation.
package struct EngineSettings: Sendable {
    /// A transmission may leave within this time after W3.
    package var sendNotAfterMilliseconds = Self.standardSendNotAfterMilliseconds
    /// See ``sendNotAfterMilliseconds``.
    package static let standardSendNotAfterMilliseconds: Int64 = 10_000
    /// How long a create waits for the operator's first answer.
    package var firstAnswerMilliseconds: Int64 = 8_000
    /// How many orders may be on their way to being accepted; whoever comes beyond that is refused and asked to come back.
    package var acceptance = AcceptanceLimits(places: .max)
    /// How long an orphaned callback is matched again.
    package var orphanSeconds: Int64 = 86_400
    /// What notifications may use up.
    package var callbacks = CallbackBounds()
    /// Where callbacks and pages are reached from outside, without a trailing slash.
    package var publicURL: String

    package init(publicURL: String) { self.publicURL = publicURL }
}

/// Hears of what happens, for logs and metrics.
///
/// Called from hot paths: must be quick and must not block.
package protocol EngineObserver: Sendable {
    func note(_ event: EngineEvent)
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
    case alarm(String, order: OrderID?, detail: String)
    /// Evidence contradicts something final.
    case discrepancy(Discrepancy)
    /// A person signed what was found about an order; with the second signature it is evidence.
    case signed(order: OrderID, person: String, finding: String, isResolved: Bool)
    /// How far a step is that brings old data to their present form.
    case upgrading(step: String, done: Int)
    case storeFailed(StoreFailure)
}

/// Payments some task of this process is working on, so that a timer does not start the same work twice.
final class Claims: Sendable {
    private let claimed = Mutex<Set<OrderID>>([])

    func claim(_ id: OrderID) -> Bool { claimed.withLock { $0.insert(id).inserted } }
    func release(_ id: OrderID) { claimed.withLock { _ = $0.remove(id) } }
    func isClaimed(_ id: OrderID) -> Bool { claimed.withLock { $0.contains(id) } }
    var count: Int { claimed.withLock { $0.count } }
}

/// Attempts whose SENDING may have become durable although its commit was reported as failed, and which were therefore
/// never handed to the wire.
///
/// Only this process knows it; after a restart such an attempt is UNKNOWN like any other.
final class Unsent: Sendable {
    private let attempts = Mutex<Set<AttemptID>>([])

    func add(_ id: AttemptID) { attempts.withLock { _ = $0.insert(id) } }

    /// Whether an attempt is one of these; it is forgotten with the question.
    func take(_ id: AttemptID) -> Bool { attempts.withLock { $0.remove(id) != nil } }
}

/// Lets timers pause after a failed write, so that a store in trouble is not asked without end.
final class StorePause: Sendable {
    private let end = Mutex(Moment(milliseconds: .min))

    /// Until when timers pause.
    var until: Moment { end.withLock { $0 } }

    func begin(at now: Moment) { end.withLock { $0 = max($0, now.adding(seconds: 1)) } }

    /// Whether nothing could be written a moment ago.
    ///
    /// Longer than timers pause: whoever asks whether to send payments here asks every few seconds.
    func isTroubled(at now: Moment) -> Bool { now < until.adding(seconds: 9) }
}
