import People
import Router
import Webhooks

/// What developers and staff can do, for the pages of the console.
///
/// Whatever changes something writes what the audit trail tells of it in the same transaction.
struct ConsoleDesk: Sendable {
    let engine: Engine
    let people: People
    let keys: KeyRing
    let settings: ConsoleSettings
    /// Told that a message waits to be sent.
    let outbox: any MessageBell
    let limits: RequestLimits?
    let sender: WebhookSender?
    /// How exchanges with operators went lately.
    let watch: ExchangeWatch
    /// Makes daily figures anew, one at a time, whoever asks for it.
    let rebuilds: SnapshotRun
    let probes: ProviderProbes
    let linkLimiter = LinkLimiter()
    let livePlaces = LivePlaces()

    var store: any Store { engine.store }
    /// Daily figures.
    var snapshots: Snapshots { Snapshots(store: store, time: engine.time, observer: engine.observer) }
    var now: Moment { engine.time.now }
    var publicURL: String { engine.settings.publicURL }

    /// Who decides about calls at a listener.
    func gate(_ listener: ConsoleGate.Listener) -> ConsoleGate {
        ConsoleGate(people: people, listener: listener, refusals: ConsolePages(desk: self))
    }

    /// Runs something of the store; what fails there is no fault of the visitor's.
    func stored<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            engine.observer.record(.storeFailed(error))
            throw Problem(.unavailable, "this cannot be looked up now; nothing was changed")
        }
    }

    /// The same where something is changed.
    func changed<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            engine.observer.record(.storeFailed(error))
            throw Problem(.unavailable, "whether this was stored is not known; look again", outcome: .unknown)
        }
    }

    /// A line of the audit trail about what a visitor does now.
    func line(
        _ action: AuditAction, _ subject: AuditEntry.Subject, _ visit: ConsoleVisit, by account: Account? = nil,
        app: AppID? = nil, before: JSONValue? = nil, after: JSONValue? = nil
    ) -> AuditEntry {
        let actor = (account ?? visit.visitor.account).map {
            AuditEntry.Actor.account($0.id, username: $0.username.text)
        }
        return AuditEntry(
            at: now, actor ?? .anonymous, action, subject, app: app, before: before, after: after,
            client: visit.request.client, request: visit.request.id)
    }

    /// What tells of a change of an account, without what it was and is.
    func telling(_ action: AuditAction, _ visit: ConsoleVisit) -> People.Audit {
        { _, after in
            line(action, .init(.account, after.id.text), visit, by: visit.visitor.account ?? after)
        }
    }
}
