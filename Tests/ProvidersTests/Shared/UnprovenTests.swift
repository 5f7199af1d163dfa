import Router
import Testing

@testable import Providers

/// What no document and no test proves is not claimed.
@Suite("Unproven")
struct UnprovenTests {
    /// What each contract claims beyond the pessimistic one, by configuration; the source stands beside the claim.
    private static func proven(_ name: String) -> Set<String> {
        switch name {
        // docs.stripe.com: idempotent requests, error-low-level, webhooks, payment intents' lifecycle.
        case "card intents", "card charges":
            ["key", "key window", "authentication", "throttling", "quarantine", "callback"]
        // momodeveloper.mtn.com, "Common Error Codes": 404 means that the request did not succeed.
        case "mtn-momo": ["absence"]
        // The operator's key signs them, where it cannot be broken; api.ksher.net.
        case "ksher-rsa redirect", "ksher-rsa qr", "ksher-rsa barcode": ["callback"]
        // The operator's notes: notifications come from listed addresses, and a session ends after a known time.
        case "tmoney-online": ["callback", "quarantine"]
        default: []
        }
    }

    @Test(arguments: Sample.configurations.map(\.name))
    func `contracts claim what is proven, and nothing else`(name: String) throws {
        let manifest = try Sample.configured(name, as: (any PaymentProvider).self).manifest
        var claimed: Set<String> = []
        let contracts: [ProviderContract?] = [
            manifest.contract, manifest.payout?.contract, manifest.refund?.contract, manifest.authorization?.contract,
        ]
        for contract in contracts.compactMap(\.self) {
            let day = ProviderContract.undeclaredSeconds
            if contract.key != .none { claimed.insert("key") }
            if contract.keyWindowSeconds != 0 { claimed.insert("key window") }
            if contract.absenceIsAuthoritative { claimed.insert("absence") }
            if contract.authenticationPrecedesExecution { claimed.insert("authentication") }
            if contract.throttlingPrecedesExecution { claimed.insert("throttling") }
            if contract.failureQuarantineSeconds != day { claimed.insert("quarantine") }
            if contract.visibilityLagSeconds != day { claimed.insert("lag") }
            if contract.maximumServerLifeSeconds != day { claimed.insert("server life") }
            if contract.callback != .none { claimed.insert("callback") }
            #expect(contract.definitiveFailures.isEmpty)
        }
        #expect(claimed == Self.proven(name))
    }

    @Test
    func `the login of an operation is that of its requests`() async throws {
        let provider = try Sample.configured(
            "mtn-momo", as: (any AccessTokenIssuing & Collecting & PayingOut & Refunding).self)
        let prepared = try await provider.prepare(Sample.order(for: "mtn-momo"), asking: ScriptedWire())
        guard case .request(let collection) = prepared else { throw NothingThrown() }
        let payout = try await provider.preparePayout(Sample.payout(for: "mtn-momo"), asking: ScriptedWire())
        let refund = try await provider.prepareRefund(Sample.refund(for: "mtn-momo"), asking: ScriptedWire())
        #expect(provider.login(for: collection.request) == provider.login(for: .collect))
        #expect(provider.login(for: payout.request) == provider.login(for: .payout))
        #expect(provider.login(for: refund.request) == provider.login(for: .refund))
    }

    /// Replies that show that the request is there, and nothing that can be trusted further.
    private static let bareReplies: [(name: String, operation: MoneyOperation, status: Int, body: JSONValue)] = [
        ("tmoney", .collect, 200, ["code": "2002", "idRequete": .string(Sample.reference)]),
        ("tmoney", .collect, 200, ["code": "2000", "idRequete": "another"]),
        ("tmoney", .collect, 201, ["message": "ok"]),
        ("tmoney", .payout, 200, ["code": "2002", "statutRequete": "SUCCES"]),
        ("tmoney", .payout, 200, ["code": "2002", "typeRequete": "DEBIT"]),
        ("tmoney", .payout, 200, ["code": "2002", "numeroClient": "22890000000"]),
        ("tmoney legacy", .payout, 200, ["result": "0"]), ("tmoney legacy", .payout, 200, .null),
        ("flooz", .collect, 200, ["status": 77]), ("flooz", .collect, 200, ["message": "ok"]),
        ("paygate", .collect, 200, ["status": 77]), ("paygate", .collect, 200, ["error_code": 77]),
        ("paygate", .payout, 200, ["status": "done"]), ("paygate", .payout, 200, [:]),
        ("mtn-momo", .collect, 200, .null), ("mtn-momo", .payout, 202, ["code": "UNHEARD_OF"]),
        ("mtn-momo", .refund, 201, ["status": "SUCCESSFUL"]),
        ("flouci accept", .collect, 200, ["code": 0, "result": ["status": "PENDING"]]),
        ("flouci accept", .collect, 200, ["code": 1, "result": ["status": "SUCCESS"]]),
        ("flouci accept", .collect, 200, ["code": 0]), ("flouci accept", .collect, 200, [:]),
        ("flouci accept 2019", .collect, 200, ["code": 3, "status": "SUCCESS"]),
        ("flouci page", .refund, 200, ["status": "success"]),
        ("flouci page", .refund, 200, ["status": "success", "result": ["status": "unheard-of"]]),
        (
            "flouci page", .capture, 200,
            ["status": "success", "result": ["payment_id": "another", "status": "confirmed"]]
        ),
        ("flouci page", .void, 200, ["status": "failure", "result": ["status": "cancelled"]]),
        (
            "card intents", .collect, 200,
            ["object": "payment_intent", "id": "pi_123", "status": "succeeded", "currency": "usd"]
        ),
        (
            "card intents", .collect, 200,
            ["object": "payment_intent", "id": "pi_123", "status": "succeeded", "amount_received": 5_000]
        ),
        ("card intents", .collect, 200, ["object": "payment_intent", "id": "pi_123", "status": "unheard-of"]),
        ("card intents", .collect, 200, ["object": "payment_intent", "id": "pi_9", "status": "processing"]),
        ("card intents", .collect, 400, ["error": ["code": "payment_intent_unexpected_state"]]),
        ("card charges", .collect, 200, ["object": "charge", "id": "ch_1", "status": "succeeded", "paid": true]),
        ("card charges", .refund, 200, ["object": "refund", "id": "re_1", "status": "succeeded", "currency": "usd"]),
        ("card charges", .refund, 400, ["error": ["code": "charge_already_refunded"]]),
        ("card charges", .capture, 400, ["error": ["code": "charge_already_captured"]]),
        ("card charges", .collect, 202, ["object": "charge"]),
        ("ksher barcode", .collect, 200, ["status": "Paid", "error_code": "SUCCESS"]),
        ("ksher barcode", .refund, 200, ["error_code": "REFUNDED"]),
        ("ksher-rsa barcode", .collect, 200, ["code": 1, "msg": "paid already"]),
        ("ksher-rsa barcode", .refund, 200, ["code": 1]),
    ]

    @Test(arguments: bareReplies.indices)
    func `a reply that shows only that the request is there says so`(index: Int) throws {
        let row = Self.bareReplies[index]
        let body = row.body == .null ? [] : row.body.serialized()
        let answer = try Self.read(row.name, row.operation, WireReply(status: row.status, body: body))
        #expect(answer.line.hasPrefix("unknown arrived"), "\(row): \(answer.line)")
    }

    @Test
    func `a success that cannot be read further, though signed, says so`() throws {
        let path = "/api/v1/bscanc/orders"
        let paid = KsherSample.reply(path, KsherSample.order("Paid", ["amount": .null]))
        #expect(try Self.read("ksher barcode", .collect, paid).line.hasPrefix("unknown arrived"))
        let data: [JSONValue] = [
            ["result": "SUCCESS", "mch_order_no": .string(Sample.reference)],
            ["result": "SUCCESS", "mch_order_no": "another", "total_fee": 15_050],
            ["result": "unheard-of", "mch_order_no": .string(Sample.reference)],
        ]
        for data in data {
            let answer = try Self.read("ksher-rsa barcode", .collect, KsherKeys.reply(data))
            #expect(answer.line.hasPrefix("unknown arrived"), "\(data.jsonText)")
        }
    }

    @Test(arguments: Sample.configurations.map(\.name))
    func `a page of somebody on the way shows nothing`(name: String) throws {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        for operation in MoneyOperation.allCases where provider.can(operation) {
            for body in ["<html></html>", "OK", "{\"code\":", "[]"] {
                let answer = try Self.read(name, operation, WireReply(status: 200, body: Array(body.utf8)))
                #expect(answer.isUnknown && !answer.line.hasPrefix("unknown arrived"), "\(operation) \(body)")
            }
        }
    }

    private static func read(_ name: String, _ operation: MoneyOperation, _ reply: WireReply) throws -> ProviderOutcome
    {
        let provider = try Sample.configured(name, as: (any PaymentProvider).self)
        switch operation {
        case .collect, .authorize:
            let order = try Sample.order(for: name)
            if let provider = provider as? any Confirming { return provider.readConfirmation(reply, to: order) }
            return try #require(provider as? any Collecting).read(reply, to: order)
        case .payout:
            return try #require(provider as? any PayingOut).readPayout(reply, to: Sample.payout(for: name))
        case .refund:
            return try #require(provider as? any Refunding).readRefund(reply, to: Sample.followUp(for: name))
        case .capture:
            return try #require(provider as? any Capturing).readCapture(reply, to: Sample.followUp(for: name))
        case .void: return try #require(provider as? any Voiding).readVoid(reply, to: Sample.followUp(for: name))
        }
    }
}
