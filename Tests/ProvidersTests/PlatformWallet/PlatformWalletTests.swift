import Router
import RouterTestKit
import Testing

@testable import Providers

/// The kind `wallet`: what it takes from `providers.json`, and that it keeps what a kind of its sort must keep.
@Suite struct PlatformWalletTests {
    private func make(_ settings: JSONValue, baseURL: String? = nil) throws -> any PaymentProvider {
        let kind = try #require(BuiltInKinds.all.first { $0.name == "wallet" })
        #expect(!kind.hasOperator && kind.secretNames.isEmpty)
        return try kind.make(
            settings: settings,
            setup: ProviderSetup(id: "wallet", environment: .production, baseURL: baseURL, secrets: [:]))
    }

    @Test func `it serves wallets in its currencies, and can do everything`() throws {
        let provider = try make(["currencies": ["XOF", "TND"], "hold_seconds": 7_200])
        let manifest = provider.manifest
        #expect(manifest.channels == ["wallet"] && manifest.currencies.map(\.currency) == [.xof, .tnd])
        #expect(manifest.authorization?.lifetimeSeconds == 7_200)
        for operation in MoneyOperation.allCases { #expect(provider.can(operation), "\(operation)") }
    }

    @Test(
        arguments: [
            (["currencies": []], "/settings/currencies"), (["currencies": ["XOF", "franc"]], "/settings/currencies/1"),
            (["currencies": ["XOF", "XOF"]], "/settings/currencies/1"),
            (["currencies": ["XOF"], "hold_seconds": 59], "/settings/hold_seconds"),
            (["currencies": ["XOF"], "hold_seconds": 2_678_401], "/settings/hold_seconds"),
        ] as [(JSONValue, String)])
    func `a wrong setting is named`(settings: JSONValue, pointer: String) throws {
        let error = #expect(throws: ProviderConfigurationError.self) { _ = try make(settings) }
        #expect(error?.pointer == pointer)
    }

    @Test func `an address is refused, because nobody is at the other end`() throws {
        let error = #expect(throws: ProviderConfigurationError.self) {
            _ = try make(["currencies": ["XOF"]], baseURL: "https://wallets.example")
        }
        #expect(error?.pointer == "/settings/base_url")
    }

    @Test func `it keeps what a kind that the ledger settles must keep`() async throws {
        let report = await conformance(try make(["currencies": ["XOF"]]))
        #expect(report.violations == [] && report.tried["ledger"] == 1)
    }

    @Test func `each mistake of such a kind is called by its name`() async throws {
        let right = try make(["currencies": ["XOF"]]).manifest
        var (anybody, prompting, asked, repeated) = (right, right, right, right)
        anybody.requires = []
        prompting.payerActions = [.approveOnPhone]
        asked.contract.check = .byOurReference
        repeated.payout?.contract.key = .replays
        for (manifest, caught) in [
            (anybody, "ledger: a payment needs no wallet"), (prompting, "ledger: the payer is asked"),
            (asked, "ledger: collect can be asked about"), (repeated, "ledger: a payout is sent to nobody"),
        ] {
            let found = await conformance(Wrong(manifest: manifest)).violations
            #expect(found.contains { $0.hasPrefix(caught) }, "\(caught): \(found)")
        }
        let found = await conformance(Sending(manifest: right)).violations
        #expect(found.contains("ledger: collect would go to a wire, and there is none"), "\(found)")
        #expect(found.contains("ledger: it signs requests that do not exist"), "\(found)")
    }

    private func conformance(_ provider: any PaymentProvider) async -> ProviderConformance.Report {
        await ProviderConformance(provider, ProviderDescription(secrets: [], operations: [])).report()
    }
}

private struct Wrong: LedgerExecuting {
    let manifest: ProviderManifest
    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { request }
    func preparation(of order: Instruction, confirmedBy confirmation: Router.Confirmation?) -> Preparation { .offline }
}

/// It has a wire of its own beside the ledger.
private struct Sending: LedgerExecuting, Collecting {
    let manifest: ProviderManifest

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        var request = request
        request.body.append(0)
        return request
    }

    func preparation(of order: Instruction, confirmedBy confirmation: Router.Confirmation?) -> Preparation { .offline }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        .request(MoneyRequest(WireRequest(.post, "https://operator.example/pay")))
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { .unknown(Doubt(.unlisted)) }
}
