import People
package import Router
import Synchronization

/// Sends the messages that commits have left: codes, links, and what tells of movements.
///
/// At least once: a message is marked as sent after a gateway has taken it, so a crash between the two sends it again. A gateway
/// that is down is tried again, more rarely the longer it lasts; nothing is lost meanwhile, and whoever waits for a code is told
/// that it is delayed.
package final class Outbox: MessageBell {
    /// Messages that are handed to gateways at once.
    private static let width = 4
    /// How long a message is tried, in seconds.
    static let patience: Int64 = 3 * 86_400
    /// How long ``delivered(_:)`` waits, in milliseconds.
    private static let waitMilliseconds: Int64 = 3_000

    private let store: any Store
    private let gateways: MessageGateways
    private let time: any TimeSource
    private let observer: any EngineObserver
    private let bell = Signal(false)
    /// Challenges whose messages are waited for.
    private let waiting = Mutex<[ChallengeID: Promise<Bool>]>([:])
    /// Gateways that took nothing the last time.
    private let failing = Mutex<Set<Challenge.ContactKind>>([])

    package init(
        store: any Store, gateways: MessageGateways, time: any TimeSource, observer: any EngineObserver
    ) {
        self.store = store
        self.gateways = gateways
        self.time = time
        self.observer = observer
    }

    package func ring() { bell.ring { $0 = true } }

    package func delivered(_ challenge: ChallengeID) async -> Bool {
        let promise = waiting.withLock { waiting in
            let promise = waiting[challenge] ?? Promise<Bool>()
            waiting[challenge] = promise
            return promise
        }
        ring()
        let end = time.now.adding(milliseconds: Self.waitMilliseconds)
        let timeout = Task { [time] in
            await time.sleep(until: end)
            promise.keep(false)
        }
        let known = (try? await store.message(about: challenge))?.state
        if known == .sent { promise.keep(true) }
        let isSent = await promise.value
        timeout.cancel()
        waiting.withLock { $0[challenge] = nil }
        return isSent
    }

    /// Sends until the task is cancelled; run it once at a time.
    func run(_ composer: MessageComposer) async {
        var cleaned = Moment(milliseconds: .min)
        while !Task.isCancelled {
            var next = time.now.adding(seconds: 5)
            do throws(StoreFailure) {
                let due = try await store.messages(before: time.now, limit: 100)
                for start in stride(from: 0, to: due.count, by: Self.width) {
                    await withDiscardingTaskGroup { group in
                        for entry in due[start..<min(due.count, start + Self.width)] {
                            group.addTask { await self.send(entry, composer) }
                        }
                    }
                }
                if cleaned.adding(seconds: 3_600) <= time.now {
                    try await store.forgetChallenges(before: time.now.adding(seconds: -35 * 86_400))
                    try await store.forgetSessions(before: time.now)
                    if try await !composer.people.forgetAbandoned() { cleaned = time.now }
                }
                if let moment = try await store.nextMessage() { next = min(next, max(moment, time.now)) }
                if due.count >= 100 { ring() }
            } catch { observer.record(.storeFailed(error)) }
            _ = await bell.wait(until: next, time)
        }
    }

    private func send(_ entry: MessageEntry, _ composer: MessageComposer) async {
        var entry = entry
        entry.tries += 1
        do throws(StoreFailure) {
            switch try await composer.compose(entry) {
            case .nothing(let why): (entry.state, entry.fault) = (.dropped, why)
            case .message(let message): await deliver(message, &entry)
            }
            try await store.update(entry)
        } catch { observer.record(.storeFailed(error)) }
        if case .challenge(let id) = entry.content {
            let promise = waiting.withLock { $0[id] }
            promise?.keep(entry.state == .sent)
        }
    }

    private func deliver(_ message: OutboundMessage, _ entry: inout MessageEntry) async {
        let (gateway, kind): ((any MessageGateway)?, Challenge.ContactKind) =
            switch message.recipient {
            case .phone: (gateways.phone, .phone)
            case .mail: (gateways.mail, .email)
            }
        guard let gateway else { return (entry.state, entry.fault) = (.dropped, "no gateway") }
        switch await gateway.deliver(message) {
        case .accepted:
            (entry.state, entry.fault) = (.sent, nil)
            failing.withLock { _ = $0.remove(kind) }
        case .refused(let why):
            (entry.state, entry.fault) = (.dropped, why)
            observer.record(.alarm(.messageRefused, order: nil, detail: why))
        case .failed(let why):
            entry.fault = why
            guard entry.createdAt.adding(seconds: Self.patience) > time.now else {
                entry.state = .dropped
                return observer.record(.alarm(.messageRefused, order: nil, detail: "given up after days: \(why)"))
            }
            entry.dueAt = time.now.adding(seconds: Self.pause(after: entry.tries))
            // Once for each outage of a gateway: every message meets it.
            if failing.withLock({ $0.insert(kind).inserted }) {
                observer.record(.alarm(.messagesDelayed, order: nil, detail: why))
            }
        }
    }

    /// How long a message waits after so many tries, in seconds.
    static func pause(after tries: Int) -> Int64 {
        let steps: [Int64] = [2, 5, 10, 30, 60, 120, 300, 600]
        return tries <= steps.count ? steps[max(0, tries - 1)] : 900
    }
}
