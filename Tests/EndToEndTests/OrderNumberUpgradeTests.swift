import Foundation
import Router
import Testing

@testable import Host

/// Orders that an older program accepted keep others of their order number out.
@Suite("Order numbers of older data", .timeLimit(.minutes(10))) struct OrderNumberUpgradeTests {
    @Test
    func `payouts without an end keep their number, and a succeeded one is repeated by name only`() async throws {
        let (path, notes) = try FirstRelease.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let router = try await RunningRouter(folder: path)
        func ask(
            _ number: String, _ phone: String, _ channel: String, repeats: String? = nil
        ) async -> RunningRouter.Answer {
            let body: JSONValue = [
                "amount": 4_321, "currency": "XOF", "channel": .string(channel), "party": ["phone": .string(phone)],
                "reference": .string(number), "repeat_of": JSONValue(repeats),
            ]
            return await router.call(
                "POST", "/v1/payouts", body.withoutNulls, idempotencyKey: UUID().uuidString)
        }
        // The older program let two of one order number in; neither has an end.
        let open = ["1", "2"].compactMap { notes["open_payout_of_one_order_number_" + $0] }
        let again = await ask("salary-2026-11-employee-17", "+22896000001", "flooz")
        #expect(again.status == 409 && again.json["code"] == "possible_duplicate", "\(again.json.jsonText)")
        #expect(open.contains(again.json["payment_id"]?.stringValue ?? "") && again.json["repeat_of"] == nil)
        let paid = try #require(notes["payout"])
        let once = await ask("salary-1", "+22890000001", "tmoney")
        #expect(once.status == 409 && once.json["repeat_of"] == .string(paid), "\(once.json.jsonText)")
        #expect([201, 202].contains(await ask("salary-1", "+22890000001", "tmoney", repeats: paid).status))
        #expect([201, 202].contains(await ask("salary-2", "+22890000001", "tmoney").status))
        await router.stop()
    }
}
