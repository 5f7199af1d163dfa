import Foundation
import Router
import Testing

@testable import Host

/// Every magic value of every channel: the payment must end as promised, and as the operators' books say.
@Suite("Magic values")
struct MagicValueTests {
    @Test("every outcome ends as its books say")
    func everyValue() async throws {
        let router = try await RunningRouter()
        await withTaskGroup(of: (TestValues, String, JSONValue)?.self) { group in
            for value in TestValues.all { group.addTask { await Self.play(value, on: router) } }
            for await played in group {
                guard let (value, form, payment) = played else { continue }
                await Self.judge(value, form, payment, try? router.books())
            }
        }
        await router.stop()
    }

    private static func play(_ value: TestValues, on router: RunningRouter) async -> (TestValues, String, JSONValue)? {
        let name = "\(value.channel) \(value.outcome)"
        let created = await router.create(value.request)
        guard [201, 202].contains(created.status), let id = created.json["id"]?.stringValue else {
            Issue.record("\(name) was refused: \(created.json.jsonText)")
            return nil
        }
        let form = "form-" + UUID().uuidString
        if var confirm = value.confirm?.objectValue {
            confirm["operator_payment_id"] = .string(form)
            let confirmed = await router.call(
                "POST", "/v1/payments/\(id)/confirm", .object(confirm), idempotencyKey: UUID().uuidString)
            #expect(confirmed.status < 300, "\(name): \(confirmed.json.jsonText)")
        }
        let payment = await router.follow(id, polls: 16) { payment in
            payment["status"]?.stringValue == value.status.rawValue
                && payment["certainty"]?.stringValue == value.certainty.rawValue
        }
        return (value, form, payment)
    }

    private static func judge(_ value: TestValues, _ form: String, _ payment: JSONValue, _ books: [String: Int]?) {
        let name = "\(value.channel) \(value.outcome)"
        #expect(payment["status"]?.stringValue == value.status.rawValue, "\(name)")
        #expect(payment["certainty"]?.stringValue == value.certainty.rawValue, "\(name)")
        // The code flow's operator knows only the number of its own form.
        let references =
            value.confirm == nil
            ? (payment["attempts"]?.arrayValue ?? []).compactMap { $0["reference"]?.stringValue } : [form]
        let executions = references.reduce(0) { $0 + (books?[$1] ?? 0) }
        switch payment["status"]?.stringValue {
        case "succeeded": #expect(executions == 1, "\(name): succeeded, executed \(executions) times")
        case "failed": #expect(executions == 0, "\(name): failed, executed \(executions) times")
        default: #expect(executions <= 1, "\(name): executed \(executions) times")
        }
    }
}
