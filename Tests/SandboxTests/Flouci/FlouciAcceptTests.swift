import Sandbox
import Testing

/// The accept call, in both spellings, with every magic code (docs/protocols/flouci.md, 2).
@Suite struct FlouciAcceptTests {
    private func old(_ id: String, _ code: String, secret: String = SandboxCredentials.flouciPrivateKey) -> String {
        """
        {"appToken":"\(SandboxCredentials.flouciPublicKey)","appSecret":"\(secret)","code":"\(code)","id":"\(id)"}
        """
    }

    @Test func `newer spelling`() async throws {
        try await TestSandbox.run { sandbox in
            let paid = await sandbox.accept("TX1", code: "111111").reply
            #expect(paid?.status == 200)
            #expect(paid?.json["code"].int == 0)
            #expect(paid?.json["result"]["status"].string == "SUCCESS")
            #expect(sandbox.movements("TX1").map(\.amount) == [7000])
            #expect(sandbox.movements("TX1").first?.currency == "TND")
            for code in ["000000", "123456"] {
                let refused = await sandbox.accept("TX2", code: code).reply
                #expect(refused?.status == 200)
                #expect(refused?.json["code"].int == 1)
                #expect(refused?.json["result"].names == [])
            }
            #expect(sandbox.server.movements.count == 1)
        }
    }

    @Test func `older spelling`() async throws {
        try await TestSandbox.run { sandbox in
            let paid = await sandbox.post("/flouci/api/accept", json: old("TX1-2500", "111111")).reply
            #expect(paid?.json["status"].string == "SUCCESS")
            #expect(sandbox.movements("TX1-2500").map(\.amount) == [2500])
            _ = await sandbox.post("/flouci/api/accept", json: old("TX9", "111111"))
            #expect(sandbox.movements("TX9").map(\.amount) == [1000])
            let refused = await sandbox.post("/flouci/api/accept", json: old("TX2", "000000")).reply
            #expect(refused?.status == 200)
            #expect(refused?.json["status"].string == "FAILURE")
        }
    }

    @Test(arguments: ["111111", "111106", "111108", "111121"]) func `executes once`(_ code: String) async throws {
        try await TestSandbox.run { sandbox in
            _ = await sandbox.accept("TX1", code: code)
            #expect(sandbox.movements("TX1").map(\.amount) == [code == "111121" ? 7001 : 7000])
            let again = await sandbox.accept("TX1", code: code).reply
            #expect(again?.json["code"].int == 1)
            #expect(sandbox.movements("TX1").count == 1)
            #expect(sandbox.count("accept", "TX1") == 2)
        }
    }

    @Test func `answers may be lost or broken`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.accept("A", code: "111106").isDropped)
            #expect(await sandbox.accept("B", code: "111107").isDropped)
            #expect(await sandbox.accept("C", code: "111108").reply?.status == 500)
            #expect(await sandbox.accept("D", code: "111109").reply?.status == 500)
            #expect(await sandbox.accept("E", code: "111121").reply?.json["result"]["amount"].int == 7001)
            #expect(sandbox.server.movements.map(\.reference) == ["A", "C", "E"])
        }
    }

    @Test func `answer may never come`() async throws {
        try await TestSandbox.run { sandbox in
            async let ending = sandbox.accept("A", code: "111105")
            await sandbox.clock.awaitScheduled(in: 60_000)
            await sandbox.clock.advance(60_000)
            #expect(await ending.isDropped)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `refuses what is neither spelling`() async throws {
        let key = SandboxCredentials.flouciPublicKey
        let secret = SandboxCredentials.flouciPrivateKey
        let bodies = [
            "{}", "[]", #"{"appToken":"\#(key)","app_secret":"\#(secret)","code":"111111","payment_id":"A"}"#,
            #"{"app_token":"\#(key)","app_secret":"\#(secret)","flouci_otp":"111111","payment_id":"A"}"#,
            #"{"app_token":"\#(key)","app_secret":"\#(secret)","flouci_otp":"111111","payment_id":"A","amount":7000}"#,
            #"{"app_token":"\#(key)","app_secret":"\#(secret)","flouci_otp":"111111","payment_id":"","amount":"1"}"#,
        ]
        try await TestSandbox.run { sandbox in
            for body in bodies {
                #expect(await sandbox.post("/flouci/api/accept", json: body).reply?.status == 400)
            }
            let foreign = await sandbox.post("/flouci/api/accept", json: old("A", "111111", secret: "x")).reply
            #expect(foreign?.status == 401)
            #expect(sandbox.server.movements.isEmpty)
        }
    }
}
