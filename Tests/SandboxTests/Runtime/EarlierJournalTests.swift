import Foundation
import Testing

@testable import Sandbox

/// A data folder that an earlier program wrote, before movements had names of the operator's own and before tokens were
/// made here: its books are read, what was executed is not executed again, and what was open goes on.
@Suite struct EarlierJournalTests {
    private func opened(_ body: (TestSandbox) async throws -> Void) async throws {
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/journal").path
        try await withTemporaryFolder { folder in
            try FileManager.default.copyItem(atPath: fixture, toPath: folder)
            // A few seconds after the last line.
            try await TestSandbox.run(folder: folder, clock: ManualClock(now: 1_795_833_130_000), body)
        }
    }

    @Test func `its books are read`() async throws {
        try await opened { sandbox in
            let references = sandbox.server.movements.map(\.reference)
            #expect(
                Set(references) == ["old-form-1", "old-charge", "oldorder1", "oldrefund1", "old-debit", "old-page"]
                    && references.count == 6)
            #expect(sandbox.count("accept", "old-form-1") == 1)
        }
    }

    @Test func `what it executed is not executed again`() async throws {
        try await opened { sandbox in
            let before = sandbox.server.movements
            #expect(await sandbox.accept("old-form-1", code: "111106").reply?.json["code"].int == 1)
            let charge = "amount=5000&currency=usd&source=tok_visa&metadata[reference]=old-charge"
            #expect(
                await sandbox.card("charges", charge, key: "old-k1").reply?.header("idempotent-replayed") == "true")
            let token = try await sandbox.tmoneyToken()
            #expect(
                await sandbox.debit("old-debit", phone: phone(1), token: token).reply?.json["code"].string == "4001")
            let again = await sandbox.ksher(
                "POST", "/api/v1/bscanc/orders",
                ["merchant_order_id": "oldorder1", "channel": "truemoney", "auth_code": "880000000001"],
                amount: ["amount": 10_001])
            #expect(again.reply?.json["error_code"].string == "FAIL")
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements == before)
        }
    }

    @Test func `what was open goes on`() async throws {
        try await opened { sandbox in
            let list = await sandbox.card("payment_intents/pi_Fp48NugOrOWchtFoPNBYRMT0").reply
            #expect(list?.json["status"].string == "requires_confirmation")
            let paid = await sandbox.confirm("pi_Fp48NugOrOWchtFoPNBYRMT0").reply
            #expect(paid?.json["status"].string == "succeeded")
            let refund = await sandbox.ksher(
                "PUT", "/api/v1/bscanc/orders/oldorder1", ["refund_order_id": "newrefund"],
                amount: ["refund_amount": 1_000])
            #expect(refund.reply?.json["error_code"].string == "REFUNDED")
            #expect(sandbox.movements("old-intent").count == 1 && sandbox.movements("newrefund").count == 1)
        }
    }
}
