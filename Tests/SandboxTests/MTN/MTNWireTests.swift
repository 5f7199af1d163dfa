import Foundation
import Sandbox
import Testing

/// Credentials, provisioning, and what is refused.
@Suite struct MTNWireTests {
    @Test func `a provisioned user pays in euros`() async throws {
        try await TestSandbox.run { sandbox in
            let id = TestSandbox.uuid(9)
            let key = ["Ocp-Apim-Subscription-Key": SandboxCredentials.mtnCollectionSubscription]
            func provision(
                _ method: String, _ path: String, _ headers: [String: String], _ body: String = ""
            ) async
                -> Wire.Reply?
            {
                await Wire.exchange(
                    port: sandbox.port, method, "/mtn-momo/v1_0/apiuser\(path)", headers: headers,
                    body: Data(body.utf8)
                ).reply
            }
            let named = key.merging(["X-Reference-Id": id]) { $1 }
            let host = #"{"providerCallbackHost":"shop.example"}"#
            #expect(await provision("POST", "", ["X-Reference-Id": id], host)?.status == 401)
            #expect(await provision("POST", "", key, host)?.status == 400)
            #expect(await provision("POST", "", named, host)?.status == 201)
            #expect(await provision("POST", "", named, host)?.status == 409)
            let user = try #require(await provision("GET", "/\(id)", key)).json
            #expect(user["providerCallbackHost"].string == "shop.example")
            #expect(user["targetEnvironment"].string == "sandbox")
            let made = try #require(await provision("POST", "/\(id)/apikey", key))
            #expect(made.status == 201)
            var partner = try await sandbox.mtn("collection", user: id, key: try #require(made.json["apiKey"].string))
            partner.environment = "sandbox"
            let francs = await sandbox.mtn(partner, "requesttopay", TestSandbox.uuid(1), phone: "46733123999")
            #expect(francs.reply?.json["code"].string == "INVALID_CURRENCY")
            let at = ["X-Callback-Url": "https://shop.example/cb"]
            let euros = await sandbox.mtn(
                partner, "requesttopay", TestSandbox.uuid(1), phone: "46733123999", amount: "12.5", currency: "EUR",
                headers: at)
            #expect(euros.reply?.status == 202 && euros.reply?.body.isEmpty == true)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.movements(TestSandbox.uuid(1)).map(\.amount) == [1_250])
            #expect(sandbox.bin.arrivals.map(\.callback.url) == ["https://shop.example/cb"])
            #expect(sandbox.bin.arrivals.first?.json["amount"].string == "12.50")
        }
    }

    @Test func `tokens are for one product`() async throws {
        try await TestSandbox.run { sandbox in
            var partner = try await sandbox.mtn("collection")
            partner.product = "disbursement"
            let other = await sandbox.mtn(partner, "transfer", TestSandbox.uuid(1), phone: "237670000001")
            #expect(other.reply?.status == 401)
            partner.product = "collection"
            await sandbox.clock.advance(3_600_000)
            let old = await sandbox.mtn(partner, "requesttopay", TestSandbox.uuid(1), phone: "237670000001")
            #expect(old.reply?.status == 401)
            let basic = Data("\(SandboxCredentials.mtnUser):wrong".utf8).base64EncodedString()
            let wrong = await Wire.exchange(
                port: sandbox.port, "POST", "/mtn-momo/collection/token/",
                headers: ["Authorization": "Basic \(basic)", "Ocp-Apim-Subscription-Key": partner.subscription])
            #expect(wrong.reply?.status == 401)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `the newer platform wants its environment at login`() async throws {
        try await TestSandbox.run { sandbox in
            func login(_ user: String, _ key: String, _ environment: String?) async -> Int? {
                var headers = [
                    "Authorization": "Basic " + Data("\(user):\(key)".utf8).base64EncodedString(),
                    "Ocp-Apim-Subscription-Key": SandboxCredentials.mtnCollectionSubscription,
                ]
                headers["X-Target-Environment"] = environment
                return await Wire.exchange(
                    port: sandbox.port, "POST", "/mtn-momo/collection/token/", headers: headers
                ).reply?.status
            }
            let portal = (SandboxCredentials.mtnPortalUser, SandboxCredentials.mtnPortalToken)
            #expect(await login(portal.0, portal.1, "mtncameroon") == 200)
            #expect(await login(portal.0, portal.1, nil) == 400)
            #expect(await login(portal.0, portal.1, "mtnbenin") == 400)
            #expect(await login(portal.0, "wrong", "mtncameroon") == 401)
            #expect(await login(SandboxCredentials.mtnUser, SandboxCredentials.mtnKey, nil) == 200)
            #expect(await login(SandboxCredentials.mtnUser, SandboxCredentials.mtnKey, "mtncameroon") == 200)
            #expect(await login(SandboxCredentials.mtnUser, SandboxCredentials.mtnKey, "sandbox") == 400)
        }
    }

    @Test func `what is wrong is refused`() async throws {
        try await TestSandbox.run { sandbox in
            let partner = try await sandbox.mtn("collection")
            func ask(
                _ id: String = TestSandbox.uuid(1), phone: String? = "237670000001", amount: String = "5000",
                headers: [String: String] = [:], note: String = "ok"
            ) async -> String? {
                let ending = await sandbox.mtn(
                    partner, "requesttopay", id, phone: phone, amount: amount, headers: headers, note: note)
                return ending.reply.map { "\($0.status) \($0.json["code"].string ?? "")" }
            }
            #expect(await ask("1") == "400 REQUEST_REJECTED")
            #expect(await ask("00000000-0000-1000-8000-000000000001") == "400 REQUEST_REJECTED")
            #expect(await ask(phone: nil) == "400 REQUEST_REJECTED")
            #expect(await ask(phone: "+237670000001") == "400 REQUEST_REJECTED")
            for amount in ["0", "5000.0", "-1", "5,000", ""] {
                #expect(await ask(amount: amount) == "400 REQUEST_REJECTED")
            }
            #expect(await ask(note: "it's") == "400 REQUEST_REJECTED")
            #expect(await ask(headers: ["X-Callback-Url": "https://evil.example/"]) == "500 INVALID_CALLBACK_URL_HOST")
            #expect(await ask(headers: ["X-Target-Environment": "sandbox"]) == "500 NOT_ALLOWED_TARGET_ENVIRONMENT")
            #expect(await ask() == "202 ")
            #expect(await ask() == "409 RESOURCE_ALREADY_EXIST")
            #expect(await sandbox.mtnStatus(partner, "requesttopay", TestSandbox.uuid(2))?.status == 404)
            #expect(sandbox.count("collect", TestSandbox.uuid(1)) >= 2)
        }
    }

    @Test func `refunds stay within the collection`() async throws {
        try await TestSandbox.run { sandbox in
            let collection = try await sandbox.mtn("collection")
            let disbursement = try await sandbox.mtn("disbursement")
            let paid = TestSandbox.uuid(1)
            _ = await sandbox.mtn(collection, "requesttopay", paid, phone: "237670000001")
            func refund(_ number: Int, _ amount: String) async -> Int? {
                await sandbox.mtn(disbursement, "refund", TestSandbox.uuid(number), amount: amount, refunds: paid)
                    .reply?
                    .status
            }
            #expect(await refund(2, "3000") == 404)
            await sandbox.clock.advance(1_000)
            #expect(await refund(2, "3000") == 202)
            #expect(await refund(3, "2001") == 500)
            #expect(await refund(4, "2000") == 202)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.server.movements.map(\.kind) == [.collect, .refund, .refund])
        }
    }

    @Test func `balance and numbers`() async throws {
        try await TestSandbox.run { sandbox in
            let partner = try await sandbox.mtn("disbursement")
            _ = await sandbox.mtn(partner, "transfer", TestSandbox.uuid(1), phone: "237670000001")
            await sandbox.clock.advance(1_000)
            let balance = try #require(await sandbox.mtnStatus(partner, "account", "balance")).json
            #expect(balance["availableBalance"].string == "999995000" && balance["currency"].string == "XAF")
            let known = "accountholder/msisdn/237670000001"
            #expect(await sandbox.mtnStatus(partner, known, "active")?.json["result"].bool == true)
            #expect(await sandbox.mtnStatus(partner, known, "basicuserinfo")?.json["given_name"].string == "Sand")
            #expect(await sandbox.mtnStatus(partner, "accountholder/msisdn/237670000099", "active")?.status == 404)
        }
    }

    @Test func `a person decides`() async throws {
        try await TestSandbox.run { sandbox in
            let partner = try await sandbox.mtn("collection")
            for number in 1...2 {
                _ = await sandbox.mtn(partner, "requesttopay", TestSandbox.uuid(number), phone: "237677123456")
            }
            let page = try #require(await sandbox.get("/mtn-momo/phones/237677123456").reply).text
            #expect(page.contains("5000 XAF") && page.contains("Panier 15"))
            let base = "/mtn-momo/phones/237677123456/"
            #expect(await sandbox.post(base + TestSandbox.uuid(1), form: "decision=approve").reply?.status == 303)
            _ = await sandbox.post(base + TestSandbox.uuid(2), form: "decision=decline")
            #expect(sandbox.server.movements.map(\.reference) == [TestSandbox.uuid(1)])
            let declined = await sandbox.mtnStatus(partner, "requesttopay", TestSandbox.uuid(2))
            #expect(declined?.json["reason"]["code"].string == "APPROVAL_REJECTED")
        }
    }

    @Test func `what is open survives a kill`() async throws {
        try await withTemporaryFolder { folder in
            var copy = ""
            let id = TestSandbox.uuid(1)
            try await TestSandbox.run(folder: folder) { sandbox in
                let partner = try await sandbox.mtn("collection")
                _ = await sandbox.mtn(partner, "requesttopay", id, phone: "237670000001")
                copy = folder + "-killed"
                try FileManager.default.copyItem(atPath: folder, toPath: copy)
            }
            defer { try? FileManager.default.removeItem(atPath: copy) }
            try await TestSandbox.run(folder: copy, clock: ManualClock(now: ManualClock.start + 60_000)) { sandbox in
                await sandbox.clock.runDueWork()
                #expect(sandbox.movements(id).count == 1 && sandbox.bin.arrivals.count == 1)
                let partner = try await sandbox.mtn("collection")
                let again = await sandbox.mtn(partner, "requesttopay", id, phone: "237670000001")
                #expect(again.reply?.status == 409)
            }
        }
    }
}
