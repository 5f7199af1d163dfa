import Foundation
import Router
import Testing

@testable import Host

/// Six digits are guessed in a million tries; three are allowed.
@Suite("Guessed codes", .timeLimit(.minutes(10)))
struct CodeGuessTests {
    private static func code(_ router: RunningRouter) async -> (id: String, page: String) {
        let payment = await router.create(["amount": 7_000, "currency": "TND", "channel": "flouci-code"]).json
        let page = payment["hosted_url"]?.stringValue ?? ""
        return (payment["id"]?.stringValue ?? "", String(page.drop { $0 != "?" }))
    }

    private static func confirm(
        _ router: RunningRouter, _ id: String, _ code: String, form: String? = nil
    ) async -> RunningRouter.Answer {
        let body: JSONValue = ["code": .string(code), "operator_payment_id": JSONValue(form)]
        return await router.call(
            "POST", "/v1/payments/\(id)/confirm", body.withoutNulls, idempotencyKey: UUID().uuidString)
    }

    private static func type(_ router: RunningRouter, _ id: String, _ page: String, _ code: String) async -> Int {
        await router.call(
            "POST", "/pay/\(id)/confirm\(page)", bytes: Array("code=\(code)".utf8), key: nil,
            type: "application/x-www-form-urlencoded"
        ).status
    }

    @Test
    func `sixty guesses at once by API and page reach the operator three times, and the right code comes too late`()
        async throws
    {
        let router = try await RunningRouter()
        let (id, page) = await Self.code(router)
        for _ in 0..<3 {
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let code = String(200_000 + Int.random(in: 0..<100_000))
                        if number.isMultiple(of: 2) {
                            _ = await Self.confirm(router, id, code)
                        } else {
                            _ = await Self.type(router, id, page, code)
                        }
                    }
                }
            }
        }
        #expect(try await router.sandboxRequests("code") == 3)
        let late = await Self.confirm(router, id, "111111")
        #expect(late.status == 409 && late.json["code"] == "payment_not_confirmable")
        #expect(await Self.type(router, id, page, "111111") == 303)
        let payment = await router.call("GET", "/v1/payments/\(id)").json
        #expect(payment["status"] == "failed" && payment["failure"]?["code"] == "wrong_code")
        #expect(try await router.sandboxRequests("accept") == 0)
        #expect(try await router.books().isEmpty)
        await router.stop()
    }

    @Test
    func `what is no code costs no try, by API and page; spaces and dashes in one are nothing`() async throws {
        let router = try await RunningRouter()
        let (id, page) = await Self.code(router)
        for code in ["1", "12345", "1111111", "abcdef", "11111a", "１１１１１１", "111.111", " ", "11111\u{200B}1"] {
            for form in [nil, "form-1"] {
                let refused = await Self.confirm(router, id, code, form: form)
                #expect([400, 422].contains(refused.status), "\(code): \(refused.status)")
                #expect(refused.json["code"] != "wrong_code", "\(code)")
            }
            _ = await Self.type(router, id, page, code)
        }
        #expect(try await router.sandboxRequests("code") == 0)
        let paid = await Self.confirm(router, id, " 111-111 ")
        #expect(paid.status == 200 && paid.json["status"] == "succeeded", "\(paid.json)")
        await router.stop()
    }

    @Test
    func `codes sent with the operator's payment id are counted with those it was asked about`() async throws {
        let router = try await RunningRouter()
        let (id, page) = await Self.code(router)
        let asked = await Self.confirm(router, id, "200001")
        #expect(asked.status == 422 && asked.json["code"] == "wrong_code" && asked.json["tries_left"] == 2)
        #expect(await Self.type(router, id, page, "200002") == 422)
        let malformed = await Self.confirm(router, id, "")
        #expect(malformed.status == 422 && malformed.json["code"] == "invalid_confirmation")
        let sent = await Self.confirm(router, id, "200003", form: "form-1")
        #expect(sent.json["status"] == "failed" && sent.json["failure"]?["code"] == "wrong_code")
        #expect(await Self.confirm(router, id, "111111", form: "form-2").status == 409)
        #expect(try await router.books().isEmpty)
        await router.stop()
    }

    @Test
    func `two wrong codes leave room for the right one, over a restart too`() async throws {
        let router = try await RunningRouter()
        let (id, _) = await Self.code(router)
        for code in ["200001", "200002"] { #expect(await Self.confirm(router, id, code).status == 422) }
        await router.stop()
        let next = try await RunningRouter(folder: router.folder)
        let paid = await Self.confirm(next, id, "111111")
        #expect(paid.status == 200 && paid.json["status"] == "succeeded")
        await next.stop()
    }

    @Test
    func `answers that are lost or are none cost no try`() async throws {
        let router = try await RunningRouter()
        let (id, _) = await Self.code(router)
        let faults: JSONValue = [
            "operator": "flouci", "operation": "open", "count": 4, "fault": "status", "status": 503,
        ]
        let isSet = await router.sandbox("PUT", "/_faults", faults)
        #expect(isSet == 200)
        for _ in 0..<4 { #expect(await Self.confirm(router, id, "200001").status == 503) }
        #expect(await Self.confirm(router, id, "200001").json["tries_left"] == 2)
        #expect(await Self.confirm(router, id, "111111").json["status"] == "succeeded")
        await router.stop()
    }
}
