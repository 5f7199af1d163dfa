import Router
import RouterTestKit
import Testing

@testable import Host

/// When an app's keys work, and what its owner is told of those that do not.
@Suite("Keys of developers' apps") struct AppActivationTests {
    private let time = ManualClock(Moment(milliseconds: 1_790_000_000_000))
    private let store = MemoryStore()

    private func ring(requiresWallet: Bool) throws -> KeyRing {
        let master = try #require(MasterKey(bytes: Array(0..<32)))
        return KeyRing(.derived(from: master), store: store, time: time, requiresWallet: requiresWallet)
    }

    /// An app of a developer, and its keys by environment.
    private func app(
        _ ring: KeyRing, _ change: (inout App) -> Void = { _ in }
    ) async throws -> (app: App, keys: [PayEnvironment: String]) {
        var app = App(
            id: AppID(at: time.now, from: SeededRandom(1)), name: "Shop", isEnabled: true, createdAt: time.now)
        app.owner = AccountID(at: time.now, from: SeededRandom(2))
        change(&app)
        try await store.insert(app)
        var keys: [PayEnvironment: String] = [:]
        for (seed, environment) in zip([3, 4] as [UInt64], PayEnvironment.allCases) {
            let (text, record) = ring.make(
                .secret, app: app.id, environment: environment, at: time.now, random: SeededRandom(seed))
            try await store.insert(record)
            keys[environment] = text
        }
        return (app, keys)
    }

    @Test(arguments: [true, false], [true, false])
    func `a developer's app waits for its wallet in production, where that is wished`(
        _ requires: Bool, _ isLinked: Bool
    ) async throws {
        let ring = try ring(requiresWallet: requires)
        let (_, keys) = try await app(ring) {
            $0.wallet = isLinked ? WalletID(at: time.now, from: SeededRandom(9)) : nil
        }
        #expect(try await ring.caller(#require(keys[.sandbox])) != nil)
        let isActive = try await ring.caller(#require(keys[.production])) != nil
        #expect(isActive == (isLinked || !requires))
    }

    @Test func `an app of the installation waits for nothing`() async throws {
        let ring = try ring(requiresWallet: true)
        let (_, keys) = try await app(ring) { $0.owner = nil }
        #expect(try await ring.caller(#require(keys[.production])) != nil)
    }

    @Test func `an owner is told why a key is refused, and nobody else is`() async throws {
        let ring = try ring(requiresWallet: true)
        let (app, keys) = try await app(ring)
        let sandbox = try #require(keys[.sandbox])
        #expect(try await ring.caller(String(sandbox.dropLast()) + "z") == nil)
        #expect(try await ring.caller("sk_sandbox_nobodys00000000000000000000000000") == nil)
        #expect(try await ring.caller(#require(keys[.production])) == nil)
        #expect(ring.refused.refusals(of: app.id).map(\.reason) == [.disabled, .unknown])
        var record = try #require(try await store.keys(of: app.id).first { $0.environment == .sandbox })
        record.expiresAt = time.now
        try await store.update(record)
        ring.forget()
        #expect(try await ring.caller(sandbox) == nil)
        #expect(ring.refused.refusals(of: app.id).first?.reason == .revoked)
        for _ in 0..<50 { _ = try await ring.caller(sandbox) }
        let told = ring.refused.refusals(of: app.id)
        #expect(told.count == RefusedKeys.perApp && told.allSatisfy { !sandbox.hasSuffix($0.prefix) })
    }
}
