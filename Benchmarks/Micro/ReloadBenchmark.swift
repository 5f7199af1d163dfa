import BenchKit
import Foundation
import Glibc
import Host
import Router
import RouterTestKit
import Synchronization

/// What it costs payments that the configuration is exchanged beside them; `./bench --reload` runs it.
enum ReloadBenchmark {
    private static let payments = 20_000
    private static let changes = 50

    static func run() async throws {
        guard let master = MasterKey(bytes: (1...32).map { UInt8($0 &* 7) }), let app = AppID(text) else {
            throw StartFailure("the bench's own names cannot be read")
        }
        let first = try BenchProviders.configuration(.tmoney)
        let store = MemoryStore()
        var parts = Engine.Parts(
            store: store, transport: ScriptedOperators(), time: HostClock(), random: SystemRandom(),
            spawner: TaskSpawner(), observer: Deaf(), providers: first.providers, routing: first.routing,
            payoutRouting: first.payoutRouting, settings: EngineSettings(publicURL: "https://pay.example"),
            dataKeys: .derived(from: master))
        parts.version = ConfigurationStamp(number: 1, hash: [])
        let engine = try await Engine.start(parts)
        let request = OrderRequest(
            amount: Money(5_000, .xof), channels: [PaymentChannel("tmoney")],
            customer: Customer(phone: try MSISDN(parsing: "+22890112233")))
        let flags = Flags()
        // Somebody who does nothing but decide, on a thread that payments do not share: whatever an exchange holds up shows here.
        let decisions = Decisions()
        let thread = Thread {
            while !flags.isOver {
                let before = flags.isExchanging
                let begun = now()
                _ = engine.explain(request, app: app, environment: .sandbox, at: engine.time.now)
                decisions.add(now() - begun, beside: before || flags.isExchanging)
            }
            decisions.end()
        }
        thread.start()
        let changing = Task.detached {
            var (taken, refused): ([Int64], Int) = ([], 0)
            for number in Int64(2)...Int64(changes + 1) {
                try await Task.sleep(for: .milliseconds(20))
                if number % 5 == 0 {
                    // A file that cannot be used.
                    if (try? StrictJSON.parse(Array("{\"providers\": [".utf8))) == nil { refused += 1 }
                    continue
                }
                let next = try BenchProviders.configuration(.tmoney)
                let content = EngineConfiguration(
                    ConfigurationStamp(number: number, hash: []), providers: next.providers, routing: next.routing,
                    payoutRouting: next.payoutRouting, dailyLimits: next.dailyLimits)
                flags.isExchanging = true
                let begun = now()
                _ = try await engine.activate(content)
                taken.append(now() - begun)
                flags.isExchanging = false
            }
            return (taken, refused)
        }
        let begun = now()
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<16 {
                group.addTask {
                    for place in stride(from: lane, to: payments, by: 16) {
                        _ = await engine.create(
                            Engine.CreateCommand(
                                app: app, environment: .sandbox, request: request, idempotencyKey: "bench-\(place)",
                                fingerprint: [1], requestID: RequestID(at: engine.time.now, from: SystemRandom()),
                                respondsAsync: false))
                    }
                }
            }
        }
        let (taken, refused) = try await changing.value
        let seconds = Double(now() - begun) / 1e9
        flags.isOver = true
        let (quiet, during) = await decisions.ended.value
        var versions: Set<Int64> = []
        var (without, wrong, count) = (0, 0, 0)
        for aggregate in store.snapshot().aggregates {
            count += 1
            if let number = aggregate.order.configuration { versions.insert(number) } else { without += 1 }
            if aggregate.attempts.contains(where: { $0.provider != "bench" }) { wrong += 1 }
        }
        print(
            "\(count) payments in \(Int(seconds)) s, decided on \(versions.count) versions; \(without) without one, \(wrong) elsewhere"
        )
        print(
            "\(taken.count) exchanges, \(refused) refused; an exchange with its looks at the store: \(figures(taken))")
        print("a decision beside no exchange: \(figures(quiet))")
        print("a decision beside an exchange: \(figures(during))")
    }

    private static let text = "app_01M7Y8G2S83KY03KAYDH4HV201"

    private static func figures(_ nanoseconds: [Int64]) -> String {
        let sorted = nanoseconds.sorted()
        func at(_ share: Double) -> String {
            guard !sorted.isEmpty else { return "-" }
            return "\(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] / 1_000)"
        }
        return "median \(at(0.5)) us, 99 % \(at(0.99)) us, longest \(at(1)) us of \(sorted.count)"
    }

    private static func now() -> Int64 {
        var value = timespec()
        clock_gettime(CLOCK_MONOTONIC, &value)
        return Int64(value.tv_sec) * 1_000_000_000 + Int64(value.tv_nsec)
    }

    /// How long decisions took, beside an exchange and otherwise.
    private final class Decisions: Sendable {
        let ended = Promise<([Int64], [Int64])>()
        private let taken = Mutex<([Int64], [Int64])>(([], []))

        func add(_ nanoseconds: Int64, beside isBeside: Bool) {
            taken.withLock { if isBeside { $0.1.append(nanoseconds) } else { $0.0.append(nanoseconds) } }
        }

        func end() { ended.keep(taken.withLock { $0 }) }
    }

    /// What the tasks tell each other.
    private final class Flags: Sendable {
        private let state = Mutex((isExchanging: false, isOver: false))

        var isExchanging: Bool {
            get { state.withLock(\.isExchanging) }
            set { state.withLock { $0.isExchanging = newValue } }
        }

        var isOver: Bool {
            get { state.withLock(\.isOver) }
            set { state.withLock { $0.isOver = newValue } }
        }
    }

    private struct Deaf: EngineObserver {
        func record(_ event: EngineEvent) {}
    }
}
