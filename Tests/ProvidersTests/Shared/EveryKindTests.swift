import Router
import RouterTestKit
import Testing
import WebText

@testable import Providers

/// What must hold for every configuration of every kind.
@Suite("Every kind")
struct EveryKindTests {
    static let names = Sample.configurations.map(\.name)

    /// What the operator answers to the question that opens a session or an intent; `nil` if nothing is asked.
    private static func opened(_ name: String) throws -> WireReply? {
        let json: (JSONValue) -> WireReply = { WireReply(status: 200, body: $0.serialized()) }
        switch name {
        case "flouci page", "flouci page 1":
            return json(["result": ["payment_id": "abcdef", "link": "https://flouci.com/pay/abcdef"]])
        case "card intents":
            return json([
                "id": "pi_123", "object": "payment_intent", "amount": 5_000, "currency": "usd",
                "metadata": ["reference": .string(Sample.reference)],
            ])
        case "ksher redirect":
            return KsherSample.reply(
                "/api/v1/redirect/orders",
                KsherSample.order("Available", ["reference": "https://gateway.ksher.com/ua?o=1"]))
        case "ksher qr":
            return KsherSample.reply(
                "/api/v1/cscanb/orders",
                KsherSample.order("Available", ["reserved1": "data:image/png;base64,iVBORw0KGgo="]))
        case "ksher-rsa redirect":
            return KsherKeys.reply(["pay_content": "https://gateway.ksher.com/ua?order_uuid=1&lang=en"])
        case "ksher-rsa qr":
            return KsherKeys.reply([
                "result": "SUCCESS", "mch_order_no": .string(Sample.reference), "code_url": "000201010212",
                "total_fee": 15_050,
            ])
        case "tmoney-online": return WireReply(status: 200, body: Array("OK:01234567890123456789012345678901".utf8))
        default: return nil
        }
    }

    private func prepared(_ name: String) async throws -> (Prepared, [WireRequest]) {
        let provider = try Sample.configured(name, as: (any Collecting).self)
        let wire = try Self.opened(name).map { ScriptedWire($0) } ?? ScriptedWire()
        let prepared = try await provider.prepare(try Sample.order(for: name), asking: wire)
        return (prepared, wire.questions)
    }

    @Test
    func `the registry names each kind once, with its secrets`() {
        #expect(
            BuiltInKinds.all.map(\.name) == [
                "tmoney", "flouci", "card", "mtn-momo", "paygate", "flooz", "ksher", "ksher-rsa", "tmoney-online",
                "wallet", "gsma-biller",
            ])
        for kind in BuiltInKinds.all {
            let known = kind.secretNames + kind.optionalSecretNames
            #expect(
                Set(known) == Set(Sample.secrets[kind.name]?.keys.map { $0 } ?? []) && known.count == Set(known).count)
        }
    }

    @Test(arguments: names)
    func `the manifest is complete`(name: String) throws {
        let manifest = try Sample.configured(name, as: (any PaymentProvider).self).manifest
        #expect(manifest.kind == Sample.configurations.first { $0.name == name }?.kind)
        #expect(!manifest.channels.isEmpty && manifest.channels.allSatisfy { PaymentChannel.isValid($0.text) })
        #expect(!manifest.currencies.isEmpty && !manifest.unverified.isEmpty)
        #expect(manifest.currencies.allSatisfy { $0.minimum >= 1 && $0.maximum > $0.minimum && $0.step >= 1 })
        #expect(manifest.mayReuseConnections == manifest.contract.keyIsStrong)
        #expect(manifest.contract.maximumServerLifeSeconds == 86_400 && manifest.contract.absenceSpanSeconds == 600)
    }

    @Test(arguments: names)
    func `the account is named by what the operator knows us by, and never by a secret in clear`(name: String) throws {
        let manifest = try Sample.configured(name, as: (any PaymentProvider).self).manifest
        let row = try #require(Sample.configurations.first { $0.name == name })
        for account in [manifest.account, manifest.payoutAccount ?? manifest.account] {
            #expect(!account.isEmpty && account.utf8.count <= 200)
            for secret in (Sample.secrets[row.kind] ?? [:]).values { #expect(!account.contains(secret)) }
        }
        #expect(manifest.operatorReferencesAreUnique == (row.kind == "card"))
        let expected: [String: String] = [
            "tmoney": "demo", "mtn-momo": "mtncameroon/7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f1", "flooz": "22899999999",
            "tmoney-online": "1234567890123456", "ksher-rsa": "mch30000",
        ]
        if let expected = expected[row.kind] {
            #expect(manifest.account == expected)
        } else {
            #expect(manifest.account.hasPrefix("sha256:"))
        }
        let same = try Sample.configured(name, as: (any PaymentProvider).self).manifest
        #expect(same.account == manifest.account)
    }

    @Test
    func `another secret, or another name, is another account; what is not part of it changes nothing`() throws {
        func account(_ kind: String, _ settings: JSONValue, _ secrets: [String: String]) throws -> String {
            let provider: any PaymentProvider = try Sample.provider(
                kind, settings,
                setup: Sample.setup(kind, secrets: (Sample.secrets[kind] ?? [:]).merging(secrets) { $1 }))
            return provider.manifest.account
        }
        let keys = try ["sk_test_one", "sk_test_two"].map { try account("card", [:], ["secret_key": $0]) }
        #expect(Set(keys).count == 2)
        let named = try ["sk_test_one", "rk_test_two"].map {
            try account("card", ["account": "acct_1A2b3C"], ["secret_key": $0])
        }
        #expect(named == ["acct_1A2b3C", "acct_1A2b3C"])
        #expect(Sample.complaint("card", ["account": "1A2b3C"]).hasPrefix("/settings/account: "))
        #expect(
            try account("card", [:], ["webhook_secret": "whsec_a"])
                == account("card", ["api": "charges"], ["webhook_secret": "whsec_b"]))
        #expect(
            try account("flouci", [:], ["private_key": "one"])
                == account("flouci", ["flow": "accept", "checkout_url": "https://a.example"], ["private_key": "two"]))
        #expect(try account("flouci", [:], ["public_key": "one"]) != account("flouci", [:], ["public_key": "two"]))
        #expect(try account("ksher", ["mid": "one"], [:]) != account("ksher", ["mid": "two"], [:]))
        #expect(try account("paygate", ["flow": "page"], [:]) == account("paygate", [:], [:]))
        #expect(try account("paygate", [:], ["auth_token": "another"]) != account("paygate", [:], [:]))
        let momo: (any PaymentProvider) = try Sample.configured("mtn-momo")
        #expect(momo.manifest.account(for: .payout) == "mtncameroon/7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f2")
    }

    @Test(arguments: names)
    func `what is prepared names the operator's reference or none, never ours`(name: String) async throws {
        let (prepared, _) = try await prepared(name)
        let theirs =
            switch prepared {
            case .request(let money): money.operatorReference
            case .session(let session): session.operatorReference
            case .input: String?.none
            }
        #expect(theirs != Sample.reference)
        let known = ["flouci page": "abcdef", "flouci page 1": "abcdef", "card intents": "pi_123"]
        #expect(theirs == known[name])
    }

    @Test(arguments: names)
    func `equal orders give equal bytes`(name: String) async throws {
        let (first, firstQuestions) = try await prepared(name)
        let (second, secondQuestions) = try await prepared(name)
        #expect(first == second && firstQuestions == secondQuestions)
    }

    @Test(arguments: names)
    func `no secret in a sealed request, a question or a description`(name: String) async throws {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        let row = try #require(Sample.configurations.first { $0.name == name })
        let (prepared, questions) = try await prepared(name)
        var texts =
            questions.map(\.wireText) + [
                String(describing: provider), String(reflecting: provider), String(describing: prepared),
            ]
        if case .request(let money) = prepared { texts.append(money.request.wireText) }
        if let confirming = provider as? any Confirming {
            let confirmation = Router.Confirmation(code: Secret("123456"), operatorPaymentID: "P-1")
            let money = try await confirming.prepare(
                try Sample.order(for: name), confirmedBy: confirmation, asking: ScriptedWire())
            texts.append(money.request.wireText)
        }
        // The accept flow's public key is part of its QR code, and a page's key of its address, by the operators' design.
        let secrets = (Sample.secrets[row.kind] ?? [:]).filter {
            !($0.key == "public_key" && name.contains("accept")) && name != "paygate page"
        }
        for secret in secrets.values {
            for text in texts { #expect(!text.contains(secret)) }
        }
    }

    @Test(arguments: names)
    func `a description of a provider shows no secret in any dump`(name: String) throws {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        var text = ""
        dump(provider, to: &text)
        let row = try #require(Sample.configurations.first { $0.name == name })
        for (key, secret) in Sample.secrets[row.kind] ?? [:] where key != "public_key" {
            #expect(!text.contains(secret))
        }
    }

    @Test(arguments: names)
    func `hostile replies prove nothing`(name: String) async throws {
        let provider = try Sample.configured(name, as: (any Collecting).self)
        let order = try Sample.order(for: name)
        for status in [200, 201, 204, 302, 400, 404, 409, 500, 502, 503, 999] {
            for (body, bytes) in Fixture.hostileBodies() {
                let reply = WireReply(status: status, body: bytes)
                #expect(provider.read(reply, to: order).isUnknown, "\(body) with \(status)")
                if let confirming = provider as? any Confirming {
                    #expect(confirming.readConfirmation(reply, to: order).isUnknown, "\(body) with \(status)")
                }
            }
        }
    }

    @Test(arguments: names)
    func `hostile replies to a refund, capture or release prove nothing`(name: String) async throws {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        let order = try Sample.followUp(for: name)
        for status in [200, 201, 204, 302, 400, 404, 409, 500, 502, 503, 999] {
            for (body, bytes) in Fixture.hostileBodies() {
                let reply = WireReply(status: status, body: bytes)
                if let refunding = provider as? any Refunding {
                    #expect(refunding.readRefund(reply, to: order).isUnknown, "\(body) with \(status)")
                }
                if let capturing = provider as? any Capturing {
                    #expect(capturing.readCapture(reply, to: order).isUnknown, "\(body) with \(status)")
                }
                if let voiding = provider as? any Voiding {
                    #expect(voiding.readVoid(reply, to: order).isUnknown, "\(body) with \(status)")
                }
                guard let checking = provider as? any Checking else { continue }
                for order in [Instruction.refund(order), .capture(order), .void(order)] {
                    let finding = await checking.check(
                        order, asking: ScriptedWire([.success(reply), .success(reply)]))
                    #expect(finding.line.hasPrefix("could not answer"), "\(body) with \(status)")
                }
            }
        }
    }

    @Test(arguments: names)
    func `what a provider can do, its manifest declares`(name: String) throws {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        let manifest = provider.manifest
        #expect((provider is any Refunding) == (manifest.refund != nil))
        #expect((provider is any PayingOut) == (manifest.payout != nil))
        #expect((provider is any Capturing) == (manifest.authorization != nil))
        #expect((provider is any Voiding) == (manifest.authorization != nil))
        #expect(manifest.refund.map { $0.exceptChannels.isSubset(of: manifest.channels) } ?? true)
    }

    @Test(arguments: names)
    func `hostile replies to a check are no answers, and never absence`(name: String) async throws {
        guard let provider = try Sample.configured(name, as: (any PaymentProvider).self) as? any Checking else {
            return
        }
        let order = try Sample.order(for: name)
        for status in [200, 204, 302, 404, 500] {
            for (body, bytes) in Fixture.hostileBodies() {
                let finding = await provider.check(
                    .collect(order), asking: ScriptedWire(WireReply(status: status, body: bytes)))
                #expect(finding.line.hasPrefix("could not answer"), "\(body) with \(status)")
            }
        }
    }

    @Test(arguments: [
        "flouci page", "flouci page 1", "card intents", "ksher redirect", "ksher qr", "ksher-rsa redirect",
        "ksher-rsa qr", "tmoney-online",
    ])
    func `hostile answers to a preparation mean nothing was sent`(name: String) async throws {
        let provider = try Sample.configured(name, as: (any Collecting).self)
        let order = try Sample.order(for: name)
        for (_, bytes) in Fixture.hostileBodies() {
            let wire = ScriptedWire(WireReply(status: 200, body: bytes))
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepare(order, asking: wire)
            }
            #expect(thrown.refusal.reason == .notSent)
        }
    }

    @Test(arguments: names)
    func `hostile callbacks are refused`(name: String) throws {
        guard let provider = try Sample.configured(name, as: (any PaymentProvider).self) as? any ReceivingCallbacks
        else { return }
        for method in ["GET", "POST", "PUT"] {
            for (body, bytes) in Fixture.hostileBodies() {
                let verdict = provider.receive(InboundCallback(method: method, body: bytes), now: Sample.createdAt)
                try #require(verdict.refused != nil, "\(body) was taken for a notification")
            }
        }
    }
}

@Suite("Addresses and amounts")
struct SharedReadingTests {
}
