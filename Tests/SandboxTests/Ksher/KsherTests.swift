import Foundation
import Testing

@testable import Sandbox

/// Ksher's two interfaces (docs/protocols/ksher.md).
@Suite struct KsherTests {
    @Test func `every signature is checked`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.ksher("GET", "/api/v1/redirect/orders/x", token: "wrong").reply?.status == 401)
            let unsigned = await sandbox.post("/ksher/api/v1/redirect/orders", json: #"{"amount":100}"#).reply
            #expect(unsigned?.status == 401 && unsigned?.json["code"].int == 401)
            #expect(await sandbox.ksher("GET", "/api/v1/redirect/orders/x").reply?.json["code"].int == 404)
            #expect(await sandbox.post("/ksher/api/v1/redirect/orders", json: "[]").reply?.status == 400)
            let good = await sandbox.ksherSale("r1").reply
            #expect(good?.json["code"].int == 0)
            let bare = await sandbox.post("/ksher-rsa/KsherPay/native_pay", form: "appid=mch30000&total_fee=100").reply
            #expect(bare?.json["code"].int == 2)
        }
    }

    @Test func `a nonce serves once`() async throws {
        try await TestSandbox.run { sandbox in
            let fields = ["mch_order_no": "x", "fee_type": "THB"]
            let first = await sandbox.ksherRSA("/KsherPay/order_query", fields, nonce: "n1").reply
            #expect(first?.json["data"]["result"].string == "FAIL")
            #expect(await sandbox.ksherRSA("/KsherPay/order_query", fields, nonce: "n1").reply?.json["code"].int == 2)
        }
    }

    @Test func `an answer is signed over its path without the log`() async throws {
        try await TestSandbox.run { sandbox in
            let json = try #require(await sandbox.ksherPage("r1", amount: 500).reply?.json)
            #expect(json["status"].string == "Available" && json["error_code"].string == "SUCCESS")
            #expect(json["reference"].string == "http://127.0.0.1:\(sandbox.port)/ksher/pay/r1")
            var fields: [String: String] = [:]
            for name in json.names where name != "signature" && name != "log_entry_url" {
                let value = json[name]
                // Booleans are numbers to Foundation: look at the known ones by name.
                let isFlag = ["cleared", "force_clear", "locked"].contains(name)
                fields[name] = value.string ?? (isFlag ? "False" : value.int.map(String.init) ?? "")
            }
            #expect(json["signature"].string == KsherOperator.sign("/api/v1/redirect/orders", fields))
        }
    }

    @Test func `one number is one order`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.ksherPage("r1", amount: 500).reply?.json["error_code"].string == "SUCCESS")
            #expect(await sandbox.ksherPage("r1", amount: 500).reply?.json["error_code"].string == "FAIL")
            #expect(await sandbox.ksherSale("r1").reply?.json["code"].int == 0)
            #expect(await sandbox.ksherSale("r1").reply?.json["code"].int == 2)
            #expect(
                await sandbox.ksherSale("r2", barcode: "880000000001").reply?.json["data"]["result"].string
                    == "SUCCESS")
            #expect(await sandbox.ksherSale("r2", barcode: "880000000001").reply?.json["code"].int == 1)
            #expect(sandbox.server.movements.map(\.reference) == ["r2"])
        }
    }

    @Test func `a person pays on the page`() async throws {
        try await TestSandbox.run { sandbox in
            _ = await sandbox.ksherPage("r1", amount: 500)
            let page = await sandbox.get("/ksher/pay/r1").reply
            #expect(page?.text.contains("Pay with truemoney") == true && page?.text.contains("5.00 THB") == true)
            #expect(await sandbox.post("/ksher/pay/r1", form: "decision=linepay").reply?.status == 404)
            let paid = await sandbox.post("/ksher/pay/r1", form: "decision=promptpay").reply
            #expect(paid?.header("location") == "https://s.example/ok?mch_order_no=r1")
            #expect(await sandbox.ksherStatus("r1") == "Paid")
            _ = await sandbox.post("/ksher/pay/r1", form: "decision=truemoney")
            #expect(sandbox.server.movements.map(\.party) == ["promptpay"])
            _ = await sandbox.ksherPage("r2", amount: 500)
            let refused = await sandbox.post("/ksher/pay/r2", form: "decision=refuse").reply
            #expect(refused?.header("location") == "https://s.example/no?mch_order_no=r2")
            #expect(await sandbox.ksherStatus("r2") == "Closed")
            #expect(await sandbox.get("/ksher/pay/none").reply?.status == 404)
        }
    }

    @Test func `prompt pay has no refunds and nothing is given back twice`() async throws {
        try await TestSandbox.run { sandbox in
            _ = await sandbox.ksherPage("r1", amount: 500)
            _ = await sandbox.post("/ksher/pay/r1", form: "decision=promptpay")
            func refund(_ reference: String, _ number: String, _ amount: Int64) async -> String? {
                await sandbox.ksher(
                    "PUT", "/api/v1/redirect/orders/\(reference)", ["refund_order_id": number],
                    amount: ["refund_amount": amount]
                ).reply?.json["error_code"].string
            }
            #expect(await refund("r1", "f1", 100) == "FAIL")
            _ = await sandbox.ksherPage("r2", amount: 500)
            #expect(await refund("r2", "f1", 100) == "FAIL")
            _ = await sandbox.post("/ksher/pay/r2", form: "decision=truemoney")
            #expect(await refund("r2", "f1", 300) == "REFUNDED")
            #expect(await refund("r2", "f1", 100) == "FAIL")
            #expect(await refund("r2", "f2", 201) == "FAIL")
            #expect(await sandbox.ksherStatus("r2") == "Paid")
            #expect(await refund("r2", "f2", 200) == "REFUNDED")
            #expect(await sandbox.ksherStatus("r2") == "Refunded")
            #expect(sandbox.server.movements.filter { $0.kind == .refund }.map(\.reference) == ["f1", "f2"])
        }
    }

    @Test func `a pages payment is refunded under its own number`() async throws {
        try await TestSandbox.run { sandbox in
            let page = [
                "mch_order_no": "r1", "total_fee": "15050", "fee_type": "THB", "channel_list": "truemoney",
                "mch_code": "r1", "mch_redirect_url": "https://s.example/ok",
                "mch_redirect_url_fail": "https://s.example/no", "product_name": "x", "refer_url": "https://s.example",
            ]
            #expect(await sandbox.ksherRSA("/api/gateway_pay", page).reply?.json["data"]["pay_content"].string != nil)
            #expect(
                await sandbox.ksherRSA("/api/gateway_pay", page.filter { $0.key != "mch_code" }).reply?.json["code"]
                    .int == 2)
            _ = await sandbox.post("/ksher-rsa/pay/r1", form: "decision=truemoney")
            let query = await sandbox.ksherRSA("/api/gateway_order_query", ["mch_order_no": "r1"]).reply
            let number = try #require(query?.json["data"]["pay_mch_order_no"].string)
            #expect(
                await sandbox.ksherRefund("r1", number: "f1", amount: 50).reply?.json["data"]["result"].string
                    == "FAIL")
            #expect(
                await sandbox.ksherRefund(number, number: "f1", amount: 50).reply?.json["data"]["result"].string
                    == "SUCCESS")
            let list = await sandbox.ksherRSA("/KsherPay/refund_query", ["mch_order_no": number]).reply
            #expect(list?.json["data"]["refund_orders"][0]["mch_refund_no"].string == "f1")
            #expect(
                await sandbox.ksherRSA("/KsherPay/order_query", ["mch_order_no": "r1"]).reply?.json["data"]["result"]
                    .string == "FAIL")
        }
    }

    @Test func `notifications are repeated until the answer is exact`() async throws {
        try await TestSandbox.run { sandbox in
            sandbox.bin.answerNext([nil, SandboxCallbackReply(status: 200)])
            _ = await sandbox.ksherSale("r1", barcode: "880000000001")
            sandbox.bin.answerNext([
                nil, SandboxCallbackReply(status: 200),
                SandboxCallbackReply(status: 200, body: Array(#"{"result":"SUCCESS","msg":"OK"}"#.utf8)),
            ])
            await sandbox.clock.advance(60_000)
            #expect(sandbox.bin.arrivals.count == 3)
            let json = try #require(sandbox.bin.arrivals.first?.json)
            #expect(json["code"].int == 0 && json["data"]["result"].string == "SUCCESS")
            #expect(sandbox.bin.arrivals.first?.header("Content-Type") == "text/plain;charset=utf-8")
        }
    }

    static let scenarios = SandboxScenario.ksher + SandboxScenario.ksherRSA

    @Test(arguments: scenarios) func `books agree`(_ scenario: SandboxScenario) async throws {
        try await TestSandbox.run { sandbox in
            var sent: Task<Void, Never>?
            var reference = "ref"
            switch scenario.trigger {
            case .amount(let amount) where scenario.operator == .ksher:
                _ = await sandbox.ksherPage("ref", amount: amount)
                _ = await sandbox.get("/ksher/pay/ref")
            case .amount(let amount):
                _ = await sandbox.ksherSale("ref", amount: amount)
                _ = await sandbox.get("/ksher-rsa/pay/ref")
            case .token(let code): sent = Task { _ = await sandbox.ksherSale("ref", barcode: code) }
            case .refundAmount(let amount):
                _ = await sandbox.ksherSale("ref", barcode: "880000000001")
                reference = "back"
                sent = Task { _ = await sandbox.ksherRefund("ref", number: "back", amount: amount) }
            default: Issue.record("a trigger that this operator has not")
            }
            if scenario.name == "no_answer", sent != nil {
                await sandbox.clock.awaitScheduled(in: 60_000)
                await sandbox.clock.advance(60_000)
            }
            await sent?.value
            await sandbox.clock.advance(10_000)
            let amounts = sandbox.movements(reference).map(\.amount)
            switch scenario.execution {
            case .executed, .executedDifferently: #expect(amounts.count == 1)
            case .notExecuted, .executedIfRepeated: #expect(amounts.isEmpty)
            }
        }
    }

    @Test(arguments: ["ksher", "ksher-rsa"])
    func `nothing begins before the link is open`(_ name: String) async throws {
        try await TestSandbox.run { sandbox in
            // A page at one interface, a QR code at the other.
            let opened =
                name == "ksher"
                ? await sandbox.ksherPage("r1", amount: 10_001) : await sandbox.ksherSale("r1", amount: 10_001)
            #expect(opened.reply?.status == 200)
            await sandbox.clock.advance(60_000)
            #expect(sandbox.server.movements.isEmpty)
            for _ in 1...2 {
                let page = await sandbox.get("/\(name)/pay/r1").reply
                #expect(page?.text.contains("its code is scanned") == true)
                await sandbox.clock.advance(500)
            }
            #expect(sandbox.server.movements.map(\.reference) == ["r1"])
            _ = await sandbox.get("/\(name)/pay/r1")
            await sandbox.clock.advance(60_000)
            #expect(sandbox.server.movements.count == 1)
        }
    }

    @Test func `orders survive a kill`() async throws {
        try await withTemporaryFolder { folder in
            let copy = folder + "-killed"
            defer { try? FileManager.default.removeItem(atPath: copy) }
            try await TestSandbox.run(folder: folder) { sandbox in
                for name in ["r1", "r3"] { _ = await sandbox.ksherPage(name, amount: 10_001) }
                _ = await sandbox.get("/ksher/pay/r1")
                _ = await sandbox.ksherSale("r2", barcode: "880000000001")
                _ = await sandbox.ksherRefund("r2", number: "f1", amount: 50)
                try FileManager.default.copyItem(atPath: folder, toPath: copy)
            }
            try await TestSandbox.run(folder: copy, clock: ManualClock(now: ManualClock.start + 5_000)) { sandbox in
                await sandbox.clock.runDueWork()
                #expect(await sandbox.ksherStatus("r1") == "Paid")
                #expect(
                    await sandbox.ksherRefund("r2", number: "f1", amount: 50).reply?.json["data"]["result"].string
                        == "FAIL")
                #expect(await sandbox.ksherStatus("r3") == "Available")
                #expect(sandbox.server.movements.map(\.reference) == ["r2", "f1", "r1"])
            }
        }
    }
}
