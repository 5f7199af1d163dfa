import Foundation
import Testing
import WebText

@testable import Sandbox

/// What the vendor's own client for the REST interface does beside paying (docs/protocols/ksher.md, 2.2 to 2.7).
@Suite struct KsherClientTests {
    /// Checks a signature as that client does: over the members as Python spells them.
    private func isSigned(_ reply: Wire.Reply?, _ path: String) throws -> Bool {
        let body = try #require(reply?.body)
        let object = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
        let signature = try #require(object["signature"] as? String)
        // Only texts and numbers at the top here; what is nested keeps the order in which it was sent.
        var fields: [String: String] = [:]
        for (name, value) in object where name != "signature" && name != "log_entry_url" {
            if let text = value as? String { fields[name] = text }
        }
        let text = String(decoding: body, as: UTF8.self)
        if object["data"] != nil {
            let before = try #require(text.range(of: #""data":"#))
            let after = try #require(text.range(of: #","error_code""#))
            // Nothing in it needs escaping, so that JSON and Python differ in quotes, spaces and words only.
            let nested = String(text[before.upperBound..<after.lowerBound])
            fields["data"] = nested.replacing("\"", with: "'").replacing("':", with: "': ")
                .replacing(",'", with: ", '").replacing("},{", with: "}, {").replacing("false", with: "False")
        }
        return KsherOperator.sign(path, fields) == signature
    }

    @Test func `note and sub merchant are told again`() async throws {
        try await TestSandbox.run { sandbox in
            var fields = [
                "merchant_order_id": "r1", "channel": "truemoney,promptpay", "redirect_url": "https://s.example/ok",
                "redirect_url_fail": "https://s.example/no", "note": "Commande 15, l'été", "mid": "mch35618",
            ]
            let created = await sandbox.ksher("POST", "/api/v1/redirect/orders", fields, amount: ["amount": 500]).reply
            #expect(created?.json["note"].string == "Commande 15, l'été" && created?.json["mid"].string == "mch35618")
            #expect(created?.json["timestamp"].string == "1767225600")
            let path = "/api/v1/redirect/orders/r1"
            for asked in [["mid": "mch35618"], [:]] {
                let found = await sandbox.ksher("GET", path, asked).reply
                #expect(found?.json["note"].string == "Commande 15, l'été" && found?.json["mid"].string == "mch35618")
            }
            _ = await sandbox.post("/ksher/pay/r1", form: "decision=truemoney")
            let back = await sandbox.ksher(
                "PUT", path, ["refund_order_id": "f1", "mid": "mch35618"], amount: ["refund_amount": 100]
            ).reply
            #expect(back?.json["note"].string == "Commande 15, l'été" && back?.json["mid"].string == "mch35618")
            fields["merchant_order_id"] = "r2"
            fields["mid"] = nil
            fields["note"] = nil
            let plain = await sandbox.ksher("POST", "/api/v1/redirect/orders", fields, amount: ["amount": 500]).reply
            #expect(plain?.json["note"].string == "" && plain?.json["mid"].string == "False")
        }
    }

    @Test func `an open order is cancelled and a paid one is not`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.server.register(
                SandboxRegistration(
                    operator: .ksher, account: SandboxCredentials.ksherToken, callbackURL: "https://pay.example/k"))
            func cancel(_ reference: String) async -> Wire.Reply? {
                await sandbox.ksher("DELETE", "/api/v1/redirect/orders/\(reference)").reply
            }
            _ = await sandbox.ksherPage("r1", amount: 500)
            let closed = await cancel("r1")
            #expect(closed?.json["error_code"].string == "SUCCESS" && closed?.json["status"].string == "Closed")
            #expect(await sandbox.ksherStatus("r1") == "Closed")
            let again = await cancel("r1")
            #expect(again?.json["error_code"].string == "FAIL" && again?.json["status"].string == "Closed")
            // A closed order takes no money any more.
            _ = await sandbox.post("/ksher/pay/r1", form: "decision=truemoney")
            #expect(sandbox.server.movements.isEmpty)
            _ = await sandbox.ksherPage("r2", amount: 500)
            _ = await sandbox.post("/ksher/pay/r2", form: "decision=truemoney")
            let paid = await cancel("r2")
            #expect(paid?.json["error_code"].string == "FAIL" && paid?.json["status"].string == "Paid")
            #expect(await cancel("none")?.status == 404)
            #expect(await sandbox.ksher("DELETE", "/api/v1/redirect/orders/r2", token: "no").reply?.status == 401)
            #expect(sandbox.server.movements.map(\.reference) == ["r2"])
            await sandbox.clock.advance(10_000)
            // Both leave at once, so either may be the first to arrive.
            let told = sandbox.bin.arrivals.map { $0.callback.url.contains("Closed") }
            #expect(told.count == 2 && told.count(where: \.self) == 1)
        }
    }

    @Test func `a cancel may carry its parameters in the query`() async throws {
        try await TestSandbox.run { sandbox in
            _ = await sandbox.ksherPage("r1", amount: 500)
            let path = "/api/v1/redirect/orders/r1"
            let signature = KsherOperator.sign(path, ["timestamp": "1"])
            let closed = await Wire.exchange(
                port: sandbox.port, "DELETE", "/ksher\(path)?timestamp=1&signature=\(signature)")
            #expect(closed.reply?.json["status"].string == "Closed")
        }
    }

    @Test func `settlements are signed as the client reads them`() async throws {
        try await TestSandbox.run { sandbox in
            _ = await sandbox.ksherPage("r1", amount: 5_000)
            _ = await sandbox.post("/ksher/pay/r1", form: "decision=truemoney")
            _ = await sandbox.ksher(
                "PUT", "/api/v1/redirect/orders/r1", ["refund_order_id": "f1"], amount: ["refund_amount": 200])
            _ = await sandbox.ksherPage("r2", amount: 700)
            _ = await sandbox.post("/ksher/pay/r2", form: "decision=promptpay")
            _ = await sandbox.ksherPage("r3", amount: 900)
            let today = CivilDate(milliseconds: sandbox.clock.now).description.filter { $0 != "-" }
            let next = CivilDate(milliseconds: sandbox.clock.now + 86_400_000).description.filter { $0 != "-" }
            let root = "/api/v1/finance/settlements"
            let channels = await sandbox.ksher("GET", root + "/channels").reply
            #expect(channels?.json["data"]["channels"].string?.hasPrefix("promptpay,") == true)
            #expect(try isSigned(channels, root + "/channels"))
            let orders = await sandbox.ksher("GET", root + "/order/\(today)", ["offset": "0", "limit": "50"]).reply
            #expect(try isSigned(orders, root + "/order/\(today)"))
            let rows = try #require(orders?.json["data"]["data"])
            #expect((0..<3).map { rows[$0]["order_id"].string } == ["r1", "f1", "r2"] && rows.count == 3)
            let part = await sandbox.ksher("GET", root + "/order/\(today)", ["offset": "1", "limit": "1"]).reply
            #expect(part?.json["data"]["data"].count == 1)
            #expect(await sandbox.ksher("GET", root + "/order/20260231").reply?.status == 400)
            let sums = await sandbox.ksher("GET", root + "/\(next)", ["channel": "truemoney", "mid": "mch1"]).reply
            #expect(try isSigned(sums, root + "/\(next)"))
            let data = try #require(sums?.json["data"])
            #expect(data["amount"].int == 5_000 && data["refund"].int == 200 && data["fee"].int == 50)
            #expect(data["net"].int == 4_750 && data["count"].int == 1 && sums?.json["mid"].string == "mch1")
            let name = try #require(data["reference_id"].string)
            let listed = await sandbox.ksher(
                "GET", root + "/settlement_order", ["reference_id": name, "offset": "0", "limit": "10"]
            ).reply
            #expect(try isSigned(listed, root + "/settlement_order"))
            #expect(listed?.json["data"]["data"].count == 2)
            for missing in [["reference_id": name, "limit": "10"], ["offset": "0", "limit": "10"]] {
                #expect(await sandbox.ksher("GET", root + "/settlement_order", missing).reply?.status == 400)
            }
            #expect(await sandbox.ksher("GET", root + "/\(next)").reply?.status == 400)
        }
    }
}
