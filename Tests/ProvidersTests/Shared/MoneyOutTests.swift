import Router
import RouterTestKit
import Testing
import WebText

@testable import Providers

/// What must hold for every configuration that pays out or gives back.
@Suite("Every kind that pays")
struct MoneyOutTests {
    static let names = Sample.configurations.map(\.name)

    private func payingOut(_ name: String) throws -> (any PayingOut)? {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        return provider.manifest.payout == nil ? nil : try #require(provider as? any PayingOut)
    }

    private func refunding(_ name: String) throws -> (any Refunding)? {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        return provider.manifest.refund == nil ? nil : try #require(provider as? any Refunding)
    }

    /// What the operator answers to the questions that precede a refund.
    private static func wire(_ name: String) -> ScriptedWire {
        guard name == "ksher-rsa redirect" else { return ScriptedWire() }
        return ScriptedWire(
            KsherKeys.reply([
                "result": "SUCCESS", "mch_order_no": .string(Sample.reference), "total_fee": 15_050, "fee_type": "THB",
                "channel": "truemoney", "pay_mch_order_no": "2303031613445796",
            ]))
    }

    @Test(arguments: names)
    func `equal orders give equal bytes, and none holds a secret`(name: String) async throws {
        var texts: [String] = []
        if let provider = try payingOut(name) {
            let order = try Sample.payout(for: name)
            let first = try await provider.preparePayout(order, asking: ScriptedWire())
            #expect(try await provider.preparePayout(order, asking: ScriptedWire()) == first)
            texts.append(first.request.wireText)
        }
        if let provider = try refunding(name), name != "card intents", name != "card charges" {
            let order = try Sample.refund(for: name)
            let first = try await provider.prepareRefund(order, asking: Self.wire(name))
            #expect(try await provider.prepareRefund(order, asking: Self.wire(name)) == first)
            texts.append(first.request.wireText)
        }
        let kind = try #require(Sample.configurations.first { $0.name == name }).kind
        for secret in (Sample.secrets[kind] ?? [:]).values {
            for text in texts { #expect(!text.contains(secret)) }
        }
    }

    @Test(arguments: names)
    func `hostile replies prove nothing`(name: String) async throws {
        let (payingOut, refunding) = (try payingOut(name), try refunding(name))
        for status in [200, 201, 202, 204, 302, 400, 404, 409, 500, 502, 503, 999] {
            for (body, bytes) in Fixture.hostileBodies()
            where status != 202 || !["empty", "empty object"].contains(body) {
                let reply = WireReply(status: status, body: bytes)
                if let payingOut {
                    let answer = payingOut.readPayout(reply, to: try Sample.payout(for: name))
                    #expect(answer.isUnknown, "\(body) with \(status)")
                }
                if let refunding {
                    let answer = refunding.readRefund(reply, to: try Sample.refund(for: name))
                    #expect(answer.isUnknown, "\(body) with \(status)")
                }
            }
        }
    }

    @Test(arguments: names)
    func `hostile replies to a check are no answers, and never absence`(name: String) async throws {
        guard let provider = try Sample.configured(name, as: (any PaymentProvider).self) as? any Checking else {
            return
        }
        let orders: [Instruction] = [.payout(try Sample.payout(for: name)), .refund(try Sample.refund(for: name))]
        for status in [200, 204, 302, 404, 500] {
            for (body, bytes) in Fixture.hostileBodies() {
                for order in orders {
                    let reply = WireReply(status: status, body: bytes)
                    let wire = ScriptedWire([.success(reply), .success(reply)])
                    let finding = await provider.check(order, asking: wire)
                    #expect(finding.line.hasPrefix("could not answer"), "\(body) with \(status)")
                }
            }
        }
    }

    @Test(arguments: names)
    func `hostile answers about balances and numbers are no answers`(name: String) async throws {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        for status in [200, 404, 500] {
            for (body, bytes) in Fixture.hostileBodies() {
                let wire = { ScriptedWire(WireReply(status: status, body: bytes)) }
                if let provider = provider as? any BalanceReporting,
                    case .known = await provider.balances(asking: wire())
                {
                    Issue.record("a balance out of \(body) with \(status)")
                }
                if let provider = provider as? any PartyLookup {
                    let phone = try #require(try Sample.order(for: name).customer.phone)
                    let finding = await provider.party(phone, on: "any", asking: wire())
                    #expect(finding.couldNotAnswer != nil, "a party out of \(body) with \(status)")
                }
            }
        }
    }

    @Test(arguments: names)
    func `payouts and refunds that do not fit are refused before anything is sent`(name: String) async throws {
        if let provider = try payingOut(name) {
            var order = try Sample.payout(for: name)
            order.amount.minorUnits = 0
            let small = order
            var thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.preparePayout(small, asking: ScriptedWire())
            }
            #expect(thrown.refusal.reason == .invalidRequest)
            order = try Sample.payout(for: name)
            order.customer.phone = nil
            let nobody = order
            thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.preparePayout(nobody, asking: ScriptedWire())
            }
            #expect(thrown.refusal.reason == .invalidRequest)
        }
        if let provider = try refunding(name) {
            var order = try Sample.refund(for: name)
            order.amount.minorUnits += 1
            let large = order
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepareRefund(large, asking: ScriptedWire())
            }
            #expect(thrown.refusal.reason == .invalidRequest)
        }
    }
}
