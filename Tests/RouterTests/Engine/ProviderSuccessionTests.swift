import RouterTestKit
import Testing

@testable import Router

/// What a provider of the next version takes over from the one before it.
@Suite struct ProviderSuccessionTests {
    private static let now = Moment.start

    private static func runtime(
        _ id: ProviderID = "alpha", whole: UInt8 = 1, secrets: UInt8 = 1, isRetired: Bool = false, atMost: Int = 2,
        _ change: (inout ProviderManifest) -> Void = { _ in }
    ) -> ProviderRuntime {
        var manifest = Sample.manifest()
        change(&manifest)
        return ProviderRuntime(
            id: id, environment: .sandbox,
            provider: TestProvider(name: id.text, manifest: manifest, style: .request), maximumInFlight: atMost,
            isRetired: isRetired, definition: ProviderDefinition(whole: [whole], secrets: [secrets]))
    }

    private static func succession(
        _ next: [ProviderRuntime], after past: [ProviderRuntime]
    ) throws -> ProviderSuccession {
        let nothing = ChangedProviders([], past, older: OlderScopes())
        return ProviderSuccession(
            next, after: ProviderDirectory(past, missing: [:], changed: nothing, older: OlderScopes()))
    }

    @Test func `one that did not change stays the same object`() throws {
        let past = Self.runtime()
        let next = try Self.succession([Self.runtime()], after: [past])
        #expect(next.all.count == 1 && next.all.first === past)
        #expect(next.removed.isEmpty && next.superseded.isEmpty)
    }

    @Test func `one that changed counts what the one before it has under way`() throws {
        let past = Self.runtime()
        #expect(past.begin(.collect, at: Self.now) && past.begin(.collect, at: Self.now))
        let next = try #require(try Self.succession([Self.runtime(whole: 2)], after: [past]).all.first)
        #expect(next !== past)
        #expect(next.standing(.collect).inFlight == 2 && !next.begin(.collect, at: Self.now))
        past.finish(.collect, success: true, at: Self.now)
        #expect(next.standing(.collect).inFlight == 1 && next.begin(.collect, at: Self.now))
        next.abandon(.collect)
        past.abandon(.collect)
        #expect(next.standing(.collect).inFlight == 0 && past.standing(.collect).inFlight == 0)
    }

    @Test func `numbers of requests go on rising`() throws {
        let past = Self.runtime()
        let request = WireRequest(.post, "https://operator.example/pay", headers: [], body: [])
        for _ in 0..<3 { _ = past.sign(request, token: nil, at: Self.now, SeededRandom(1)) }
        for change in [Self.runtime(whole: 2), Self.runtime(whole: 2) { $0.account = "another" }] {
            let next = try #require(try Self.succession([change], after: [past]).all.first)
            #expect(next.lastSequence >= past.lastSequence && past.lastSequence > Self.now.milliseconds)
        }
    }

    @Test func `other secrets begin with clean credentials, and the same ones do not`() throws {
        let past = Self.runtime()
        _ = past.credential(.main) { $0.refused(sentAt: Self.now, at: Self.now) }
        #expect(!past.facts(at: Self.now).isHealthy)
        let token = past.tokens(.main)
        let same = try #require(try Self.succession([Self.runtime(whole: 2)], after: [past]).all.first)
        #expect(!same.facts(at: Self.now).isHealthy && same.tokens(.main) === token)
        let other = try #require(
            try Self.succession([Self.runtime(whole: 2, secrets: 2)], after: [past]).all.first)
        #expect(other.facts(at: Self.now).isHealthy && other.tokens(.main) !== token)
        #expect(other.stoppedCredentials.isEmpty && !past.stoppedCredentials.isEmpty)
    }

    @Test func `another account begins anew, and the one before it stays for its attempts`() throws {
        let past = Self.runtime()
        #expect(past.begin(.collect, at: Self.now))
        let next = try Self.succession([Self.runtime(whole: 2) { $0.account = "another" }], after: [past])
        #expect(next.all.first?.standing(.collect).inFlight == 0)
        #expect(next.superseded.count == 1 && next.superseded.first === past)
    }

    @Test func `one that is not named stays and takes nothing new, until it is named again`() throws {
        let past = Self.runtime()
        let gone = try Self.succession([], after: [past])
        let removed = try #require(gone.all.first)
        #expect(removed.isRemoved && removed.isRetired && gone.removed == ["alpha"] && gone.named.isEmpty)
        let again = try Self.succession([], after: [removed])
        #expect(again.all.first === removed && again.removed.isEmpty, "it is told once")
        #expect(removed.begin(.collect, at: Self.now))
        let back = try #require(try Self.succession([Self.runtime()], after: [removed]).all.first)
        #expect(!back.isRemoved && !back.isRetired && back.standing(.collect).inFlight == 1)
    }
}
