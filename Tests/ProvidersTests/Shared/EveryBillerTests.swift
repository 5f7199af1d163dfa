import Router
import RouterTestKit
import Testing

@testable import Providers

/// What must hold for every configuration of every biller: the same as for every kind that collects.
@Suite("Every biller")
struct EveryBillerTests {
    static let names = Sample.billers.map(\.name)

    /// What the biller answers to what is asked before a payment.
    private static func wire(_ name: String) -> ScriptedAsking {
        ScriptedAsking { request in
            request.url.contains("/bills?") ? ReplyTable.plain(200, .array([Described.unpaid])) : nil
        }
    }

    @Test(arguments: names)
    func `the manifest is complete`(name: String) throws {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        let (manifest, payout) = (provider.manifest, try #require(provider.manifest.payout))
        #expect(manifest.kind == "gsma-biller" && manifest.channels.isEmpty && !manifest.unverified.isEmpty)
        #expect(payout.channels == ["electricity"] && payout.requires == [.billAccount])
        #expect(payout.biller?.account.pattern == "^[0-9]{11}$" && payout.biller?.handsOverGoods == true)
        #expect(payout.contract.goodsWithinSeconds == 86_400 && !manifest.mayReuseConnections)
        #expect(provider.can(.payout) && !provider.can(.collect) && !provider.can(.refund))
        for secret in (Sample.secrets["gsma-biller"] ?? [:]).values { #expect(!manifest.account.contains(secret)) }
    }

    @Test(arguments: names)
    func `the contract claims nothing that no document proves`(name: String) throws {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        let contract = provider.manifest.contract(for: .payout)
        let day = ProviderContract.undeclaredSeconds
        #expect(contract.key == .none && contract.keyWindowSeconds == 0 && !contract.absenceIsAuthoritative)
        #expect(!contract.authenticationPrecedesExecution && !contract.throttlingPrecedesExecution)
        #expect(contract.failureQuarantineSeconds == day && contract.visibilityLagSeconds == day)
        #expect(contract.maximumServerLifeSeconds == day && contract.callback == .none)
    }

    @Test(arguments: names)
    func `equal orders give equal bytes, without a secret in them`(name: String) async throws {
        let provider = try Sample.configured(name, as: (any PayingOut).self)
        let order = try Sample.bill(for: name)
        let first = try await provider.preparePayout(order, asking: Self.wire(name))
        #expect(try await provider.preparePayout(order, asking: Self.wire(name)) == first)
        #expect(first.operatorReference == nil)
        var dumped = ""
        dump(provider, to: &dumped)
        for secret in (Sample.secrets["gsma-biller"] ?? [:]).values {
            #expect(!first.request.wireText.contains(secret) && !dumped.contains(secret))
        }
        #expect(provider.sign(first.request, .sample(token: "t")) != first.request)
    }

    @Test(arguments: names)
    func `hostile replies prove nothing`(name: String) async throws {
        let provider = try Sample.configured(name, as: (any PayingOut & Checking & BillLookingUp).self)
        let order = try Sample.bill(for: name)
        for status in [200, 201, 202, 204, 302, 400, 404, 409, 500, 502, 503, 999] {
            for (body, bytes) in Fixture.hostileBodies() {
                let reply = WireReply(status: status, body: bytes)
                #expect(provider.readPayout(reply, to: order).isUnknown, "\(body) with \(status)")
                let wire = ScriptedAsking { _ in reply }
                let finding = await provider.check(.payout(order), asking: wire)
                #expect(finding.line.hasPrefix("could not answer"), "\(body) with \(status)")
                let found = await provider.lookUp("37000000001", on: "electricity", asking: wire)
                #expect(found.couldNotAnswer != nil, "\(body) with \(status): \(found)")
            }
        }
    }
}
