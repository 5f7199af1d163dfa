import Sandbox
import Testing

/// The magic values and the official matrix.
@Suite struct MTNScenarioTests {
    private static let paths: [SandboxScenario.Operation: (product: String, path: String)] = [
        .collect: ("collection", "requesttopay"), .payout: ("disbursement", "transfer"),
        .refund: ("disbursement", "refund"),
    ]

    @Test(arguments: SandboxScenario.all.filter { $0.operator == .mtn })
    func `books agree`(_ scenario: SandboxScenario) async throws {
        try await TestSandbox.run { sandbox in
            let (product, path) = try #require(Self.paths[scenario.operation])
            let partner = try await sandbox.mtn(product)
            let id = TestSandbox.uuid(2)
            var phone: String? = scenario.trigger.text
            var amount = "5000"
            var original: String?
            if scenario.operation == .refund {
                let paid = TestSandbox.uuid(1)
                let payer = try #require(scenario.others.first?.text)
                _ = await sandbox.mtn(try await sandbox.mtn("collection"), "requesttopay", paid, phone: payer)
                await sandbox.clock.advance(1_000)
                (phone, amount, original) = (nil, scenario.trigger.text, paid)
            }
            let first = await sandbox.mtn(partner, path, id, phone: phone, amount: amount, refunds: original)
            if scenario.execution == .executedIfRepeated {
                #expect(first.isDropped)
                let again = await sandbox.mtn(partner, path, id, phone: phone, amount: amount, refunds: original)
                #expect(again.reply?.status == 202)
            }
            await sandbox.clock.advance(10_000)
            let movements = sandbox.movements(id)
            let asked = Int64(amount) ?? 0
            switch scenario.execution {
            case .executed, .executedIfRepeated: #expect(movements.map(\.amount) == [asked])
            case .executedDifferently: #expect(movements.map(\.amount) == [asked + 1])
            case .notExecuted: #expect(movements.isEmpty)
            }
            #expect(movements.allSatisfy { $0.kind.rawValue == scenario.operation.rawValue && $0.currency == "XAF" })
            var status = await sandbox.mtnStatus(partner, path, id)
            if scenario.name == "fault_status_unavailable" {
                #expect(status?.status == 503)
                for _ in 1...3 { status = await sandbox.mtnStatus(partner, path, id) }
            }
            switch scenario.name {
            case "fault_html_answer": #expect(status?.status == 404)
            case "no_answer": #expect(status?.json["status"].string == "PENDING")
            default:
                let word = movements.isEmpty ? "FAILED" : "SUCCESSFUL"
                #expect(status?.json["status"].string == word && status?.json["externalId"].string == id)
            }
            let told = sandbox.bin.arrivals.filter { $0.json["externalId"].string == id }
            #expect(told.count == Self.callbacks[scenario.name, default: 1])
            #expect(told.allSatisfy { $0.callback.method == (scenario.operation == .collect ? "PUT" : "POST") })
        }
    }

    private static let callbacks: [String: Int] = [
        "no_answer": 0, "lost_answer_executed": 0, "error_after_executing": 0, "error_without_executing": 0,
        "duplicate_callback": 3, "fault_html_answer": 0, "fault_truncated_answer": 0, "fault_status_unavailable": 0,
    ]

    /// The official matrix, both columns: reasons by number.
    @Test(arguments: [
        ("requesttopay", "collection", 50, "INTERNAL_PROCESSING_ERROR"),
        ("requesttopay", "collection", 51, "APPROVAL_REJECTED"),
        ("requesttopay", "collection", 52, "EXPIRED"), ("requesttopay", "collection", 55, "PAYER_NOT_FOUND"),
        ("requesttopay", "collection", 56, "PAYEE_NOT_ALLOWED_TO_RECEIVE"),
        ("requesttopay", "collection", 57, "NOT_ALLOWED"),
        ("requesttopay", "collection", 58, "NOT_ALLOWED_TARGET_ENVIRONMENT"),
        ("requesttopay", "collection", 59, "INVALID_CALLBACK_URL_HOST"),
        ("requesttopay", "collection", 60, "INVALID_CURRENCY"),
        ("requesttopay", "collection", 61, "INTERNAL_PROCESSING_ERROR"),
        ("requesttopay", "collection", 62, "SERVICE_UNAVAILABLE"),
        ("requesttopay", "collection", 63, "COULD_NOT_PERFORM_TRANSACTION"),
        ("requesttopay", "collection", 64, "TRANSFER_TYPE_UNKNOWN"),
        ("transfer", "disbursement", 50, "INTERNAL_PROCESSING_ERROR"), ("transfer", "disbursement", 51, "REJECTED"),
        ("transfer", "disbursement", 52, "EXPIRED"), ("transfer", "disbursement", 55, "NOT_ENOUGH_FUNDS"),
        ("transfer", "disbursement", 56, "PAYER_LIMIT_REACHED"), ("transfer", "disbursement", 57, "PAYEE_NOT_FOUND"),
        ("transfer", "disbursement", 58, "NOT_ALLOWED"),
        ("transfer", "disbursement", 59, "NOT_ALLOWED_TARGET_ENVIRONMENT"),
        ("transfer", "disbursement", 60, "INVALID_CALLBACK_URL_HOST"),
        ("transfer", "disbursement", 61, "INVALID_CURRENCY"),
        ("transfer", "disbursement", 62, "INTERNAL_PROCESSING_ERROR"),
        ("transfer", "disbursement", 63, "SERVICE_UNAVAILABLE"),
        ("transfer", "disbursement", 64, "TRANSFER_TYPE_UNKNOWN"),
    ])
    func `matrix`(path: String, product: String, number: Int, reason: String) async throws {
        try await TestSandbox.run { sandbox in
            let partner = try await sandbox.mtn(product)
            let id = TestSandbox.uuid(1)
            #expect(await sandbox.mtn(partner, path, id, phone: "467331234\(number)").reply?.status == 202)
            await sandbox.clock.advance(1_000)
            let status = try #require(await sandbox.mtnStatus(partner, path, id)).json
            #expect(status["status"].string == "FAILED" && status["reason"]["code"].string == reason)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test(arguments: [53, 54], [("requesttopay", "collection"), ("transfer", "disbursement")])
    func `ongoing`(number: Int, call: (path: String, product: String)) async throws {
        try await TestSandbox.run { sandbox in
            let partner = try await sandbox.mtn(call.product)
            let id = TestSandbox.uuid(1)
            _ = await sandbox.mtn(partner, call.path, id, phone: "467331234\(number)")
            await sandbox.clock.advance(29_999)
            #expect(await sandbox.mtnStatus(partner, call.path, id)?.json["status"].string == "PENDING")
            await sandbox.clock.advance(1)
            #expect(await sandbox.mtnStatus(partner, call.path, id)?.json["status"].string == "SUCCESSFUL")
        }
    }
}
