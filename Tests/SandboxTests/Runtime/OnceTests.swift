import Foundation
import Testing

@testable import Sandbox

/// Whatever is asked twice under one reference moves money once, and every movement has a name of the operator's own.
@Suite struct OnceTests {
    private func expectOnce(_ sandbox: TestSandbox, _ reference: String, _ references: String...) {
        let movements = sandbox.server.movements
        for one in [reference] + references { #expect(sandbox.movements(one).count == 1, "\(one)") }
        #expect(movements.allSatisfy { $0.operatorReference?.isEmpty == false && $0.operatorReference != $0.reference })
        let names = movements.map { "\($0.operator.rawValue) \($0.kind.rawValue) \($0.operatorReference ?? "")" }
        #expect(Set(names).count == movements.count)
    }

    @Test func `tmoney`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            for reference in ["d1", "d1", "d2"] { _ = await sandbox.debit(reference, phone: phone(1), token: token) }
            let again = await sandbox.debit("d1", phone: phone(1), token: token).reply
            #expect(again?.json["code"].string == "4001")
            await sandbox.clock.advance(5_000)
            expectOnce(sandbox, "d1", "d2")
        }
    }

    /// Posts the form of a purchase through a session of its own.
    private func pay(_ sandbox: TestSandbox, _ reference: String, amount: Int = 1_001) async -> Int? {
        let merchant = SandboxCredentials.tmoneyOnlineMerchant
        let session = await sandbox.get("/tmoney-online/online/online.php?merchantid=\(merchant)").reply?.text
        let form =
            "sessionid=\((session ?? "").dropFirst(3))&merchantid=\(merchant)&amount=\(amount)&currency=952"
            + "&purchaseref=\(reference)&brand=B"
        return await sandbox.post("/tmoney-online/online/online.php", form: form).reply?.status
    }

    @Test func `tmoney online`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await pay(sandbox, "p1") == 200)
            #expect(await pay(sandbox, "p1") == 409, "another session is at it")
            #expect(await pay(sandbox, "p2") == 200)
            await sandbox.clock.advance(5_000)
            #expect(await pay(sandbox, "p1") == 409, "paid")
            await sandbox.clock.advance(5_000)
            expectOnce(sandbox, "p1", "p2")
        }
    }

    @Test func `a purchase that was not paid may be tried again`() async throws {
        try await TestSandbox.run { sandbox in
            for amount in [1_004, 1_001] {
                #expect(await pay(sandbox, "p", amount: amount) == 200)
                await sandbox.clock.advance(2_000)
            }
            expectOnce(sandbox, "p")
        }
    }

    @Test func `flouci accept`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.accept("form-1", code: "111111").reply?.json["code"].int == 0)
            for code in ["111111", "111106", "111108"] {
                let again = await sandbox.accept("form-1", code: code).reply
                #expect(again?.json["code"].int == 1, "\(code)")
            }
            #expect(await sandbox.accept("form-2", code: "111111").reply?.json["code"].int == 0)
            #expect(sandbox.server.movements.map(\.operatorReference) == ["form-1", "form-2"])
        }
    }

    @Test func `ksher`() async throws {
        try await TestSandbox.run { sandbox in
            func charge(_ reference: String) async -> Wire.Reply? {
                await sandbox.ksher(
                    "POST", "/api/v1/bscanc/orders",
                    ["merchant_order_id": reference, "channel": "truemoney", "auth_code": "880000000001"],
                    amount: ["amount": 10_001]
                ).reply
            }
            func refund(_ number: String) async -> Wire.Reply? {
                await sandbox.ksher(
                    "PUT", "/api/v1/bscanc/orders/o1", ["refund_order_id": number], amount: ["refund_amount": 100]
                ).reply
            }
            #expect(await charge("o1")?.json["error_code"].string == "SUCCESS")
            #expect(await charge("o1")?.json["error_code"].string == "FAIL")
            #expect(await charge("o2")?.json["error_code"].string == "SUCCESS")
            #expect(await refund("r1")?.json["error_code"].string == "REFUNDED")
            #expect(await refund("r1")?.json["error_code"].string == "FAIL")
            #expect(await refund("r2")?.json["error_code"].string == "REFUNDED")
            expectOnce(sandbox, "o1", "o2", "r1", "r2")
        }
    }

    @Test func `ksher RSA`() async throws {
        try await TestSandbox.run { sandbox in
            for reference in ["o1", "o1", "o2"] { _ = await sandbox.ksherSale(reference, barcode: "880000000001") }
            for number in ["r1", "r1", "r2"] { _ = await sandbox.ksherRefund("o1", number: number, amount: 100) }
            expectOnce(sandbox, "o1", "o2", "r1", "r2")
            let list = await sandbox.ksherRSA("/KsherPay/refund_query", ["mch_order_no": "o1", "mch_refund_no": "r1"])
            let refunds = try #require(list.reply?.json["data"]["refund_orders"])
            #expect(refunds[0]["ksher_refund_no"].string != refunds[1]["ksher_refund_no"].string)
        }
    }

    @Test func `cards`() async throws {
        try await TestSandbox.run { sandbox in
            for reference in ["c1", "c1", "c2"] {
                let form = "amount=5000&currency=usd&source=tok_visa&metadata[reference]=\(reference)"
                _ = await sandbox.card("charges", form, key: "key-\(reference)")
            }
            let id = try await sandbox.intent("i1", token: "tok_visa")
            for _ in 1...2 { _ = await sandbox.confirm(id) }
            _ = await sandbox.confirm(id, key: "another")
            for number in ["f1", "f1", "f2"] {
                let form = "payment_intent=\(id)&amount=100&metadata[reference]=\(number)"
                _ = await sandbox.card("refunds", form, key: "key-\(number)")
            }
            expectOnce(sandbox, "c1", "c2", "i1", "f1", "f2")
        }
    }

    /// Orders made in a fresh folder do not have the numbers of those of another one.
    @Test func `another folder has other names`() async throws {
        var names: Set<String> = []
        for _ in 1...2 {
            try await TestSandbox.run { sandbox in
                _ = await sandbox.ksherSale("o1", barcode: "880000000001")
                let token = try await sandbox.tmoneyToken()
                _ = await sandbox.debit("d1", phone: phone(1), token: token)
                await sandbox.clock.advance(5_000)
                #expect(sandbox.server.movements.count == 2)
                for movement in sandbox.server.movements { names.insert(movement.operatorReference ?? "") }
            }
        }
        #expect(names.count == 4)
    }
}
