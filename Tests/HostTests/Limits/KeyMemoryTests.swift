import Router
import RouterTestKit
import Synchronization
import Testing

@testable import Host

/// A key that nobody has costs no look-up.
@Suite("Keys that nobody has") struct KeyMemoryTests {
    /// Counts look-ups of keys.
    private final class Counting: AppStore {
        let keys = Mutex<[AppKey]>([])
        let asked = Mutex(0)
        /// Happens once something was read, and before whoever reads has it.
        let onRead = Mutex<(@Sendable () -> Void)?>(nil)
        private let stored: Mutex<App>
        var owner: App { stored.withLock { $0 } }

        init(_ owner: App) { stored = Mutex(owner) }
        func change(_ body: (inout App) -> Void) { stored.withLock { body(&$0) } }
        private func read<Value>(_ value: Value) -> Value {
            let body = onRead.withLock { body in
                defer { body = nil }
                return body
            }
            body?()
            return value
        }
        func insert(_ app: App) async throws(StoreFailure) {}
        func update(_ app: App) async throws(StoreFailure) {}
        func app(_ id: AppID) async throws(StoreFailure) -> App? { read(owner) }
        func apps() async throws(StoreFailure) -> [App] { [owner] }
        func insert(_ key: AppKey) async throws(StoreFailure) { keys.withLock { $0.append(key) } }
        func update(_ key: AppKey) async throws(StoreFailure) {}
        func keys(of app: AppID) async throws(StoreFailure) -> [AppKey] { keys.withLock { $0 } }
        func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)? {
            asked.withLock { $0 += 1 }
            return read(keys.withLock { $0.first { $0.hash == hash } }.map { ($0, owner) })
        }

        var count: Int { asked.withLock { $0 } }
    }

    private let time = TestTime()
    private let keys = DataKeys.fresh(MasterKey.random().key)

    private func ring() throws -> (KeyRing, Counting) {
        let app = App(id: try RequestLimitsTests.app(1), name: "shop", isEnabled: true, createdAt: time.now)
        let store = Counting(app)
        return (KeyRing(keys, store: store, time: time), store)
    }

    private func make(_ ring: KeyRing, _ store: Counting) async throws -> String {
        let (text, record) = ring.make(
            .secret, app: store.owner.id, environment: .sandbox, at: time.now, random: SystemRandom())
        try await store.insert(record)
        return text
    }

    @Test
    func `once all are learnt, none that is not there is looked up; new ones are known at once`() async throws {
        let (ring, store) = try ring()
        let early = try await make(ring, store)
        try await ring.learn()
        for number in 0..<1_000 {
            #expect(try await ring.caller("sk_sandbox_stranger\(number)") == nil)
            #expect(!ring.isFamiliar("sk_sandbox_stranger\(number)"))
        }
        #expect(store.count == 0)
        let late = try await make(ring, store)
        for key in [early, late] {
            #expect(ring.isFamiliar(key))
            #expect(try await ring.caller(key)?.app == store.owner.id)
        }
    }

    @Test
    func `without that, the same wrong key is looked up once a second`() async throws {
        let (ring, store) = try ring()
        for _ in 0..<1_000 { #expect(try await ring.caller("sk_sandbox_stranger") == nil) }
        #expect(store.count == 1)
        time.pass(seconds: 1)
        #expect(try await ring.caller("sk_sandbox_stranger") == nil)
        ring.forget()
        #expect(try await ring.caller("sk_sandbox_stranger") == nil)
        #expect(store.count == 3)
    }

    /// The change falls between the store's answer and its being remembered.
    @Test func `what is read while it changes is not remembered: a key, an app's link, and that there is no such key`()
        async throws
    {
        let (ring, store) = try ring()
        let key = try await make(ring, store)
        store.onRead.withLock { body in
            body = { [time] in
                store.keys.withLock { keys in for index in keys.indices { keys[index].expiresAt = time.now } }
                ring.forget()
            }
        }
        _ = try await ring.caller(key)
        #expect(try await ring.caller(key) == nil, "a key that was ended works no more")

        let wallet = WalletID(at: time.now, from: SeededRandom(5))
        store.change { $0.wallet = wallet }
        ring.forget()
        store.onRead.withLock { body in
            body = {
                store.change { $0.wallet = nil }
                ring.forget()
            }
        }
        #expect(try await ring.linkedWallet(of: store.owner.id) == wallet)
        #expect(try await ring.linkedWallet(of: store.owner.id) == nil, "a link that ended collects no more")

        // Made elsewhere, so that this ring has not heard of it.
        let other = KeyRing(keys, store: store, time: time)
        let (late, record) = other.make(
            .secret, app: store.owner.id, environment: .sandbox, at: time.now, random: SystemRandom())
        store.onRead.withLock { body in
            body = {
                store.keys.withLock { $0.append(record) }
                ring.forget()
            }
        }
        #expect(try await ring.caller(late) == nil)
        #expect(try await ring.caller(late)?.app == store.owner.id, "a key that was made works at once")
    }

    @Test
    func `that a number is nobody's customer is remembered for ten minutes, and nothing else`() throws {
        let memory = PartyMemory(limit: 3)
        func question(_ last: Int) throws -> PartyMemory.Question {
            .init(environment: .sandbox, phone: try MSISDN(parsing: "+2289011223\(last)"), channel: nil)
        }
        func keep(_ finding: PartyFinding, _ last: Int) throws {
            memory.keep([("a", "mtn-momo", finding)], to: try question(last), at: time.now)
        }
        try keep(.couldNotAnswer("down"), 0)
        try keep(.customer(Party(isActive: true)), 1)
        memory.keep([], to: try question(2), at: time.now)
        for last in 0...2 { #expect(try memory.answers(to: question(last), at: time.now) == nil) }
        for last in 3...6 { try keep(.notCustomer, last) }
        #expect(try memory.answers(to: question(3), at: time.now) == nil, "the oldest goes")
        for last in 4...6 { #expect(try memory.answers(to: question(last), at: time.now)?.count == 1) }
        time.pass(seconds: 600)
        #expect(try memory.answers(to: question(6), at: time.now) == nil)
    }
}
