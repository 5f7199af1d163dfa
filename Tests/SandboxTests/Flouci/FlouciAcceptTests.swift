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
        try await Practice.run { practice in
            let paid = await practice.accept("TX1", code: "111111").reply
            #expect(paid?.status == 200)
            #expect(paid?.json["code"].int == 0)
            #expect(paid?.json["result"]["status"].string == "SUCCESS")
            #expect(practice.movements("TX1").map(\.amount) == [7000])
            #expect(practice.movements("TX1").first?.currency == "TND")
            for code in ["000000", "123456"] {
                let refused = await practice.accept("TX2", code: code).reply
                #expect(refused?.status == 200)
                #expect(refused?.json["code"].int == 1)
                #expect(refused?.json["result"].names == [])
            }
            #expect(practice.server.movements.count == 1)
        }
    }

    @Test func `older spelling`() async throws {
        try await Practice.run { practice in
            let paid = await practice.post("/flouci/api/accept", json: old("TX1-2500", "111111")).reply
            #expect(paid?.json["status"].string == "SUCCESS")
            #expect(practice.movements("TX1-2500").map(\.amount) == [2500])
            _ = await practice.post("/flouci/api/accept", json: old("TX9", "111111"))
            #expect(practice.movements("TX9").map(\.amount) == [1000])
            let refused = await practice.post("/flouci/api/accept", json: old("TX2", "000000")).reply
            #expect(refused?.status == 200)
            #expect(refused?.json["status"].string == "FAILURE")
        }
    }

    @Test(arguments: ["111111", "111106", "111108", "111121"]) func `executes once`(_ code: String) async throws {
        try await Practice.run { practice in
            _ = await practice.accept("TX1", code: code)
            #expect(practice.movements("TX1").map(\.amount) == [code == "111121" ? 7001 : 7000])
            let again = await practice.accept("TX1", code: code).reply
            #expect(again?.json["code"].int == 1)
            #expect(practice.movements("TX1").count == 1)
            #expect(practice.count("accept", "TX1") == 2)
        }
    }

    @Test func `answers may be lost or broken`() async throws {
        try await Practice.run { practice in
            #expect(await practice.accept("A", code: "111106").isDropped)
            #expect(await practice.accept("B", code: "111107").isDropped)
            #expect(await practice.accept("C", code: "111108").reply?.status == 500)
            #expect(await practice.accept("D", code: "111109").reply?.status == 500)
            #expect(await practice.accept("E", code: "111121").reply?.json["result"]["amount"].int == 7001)
            #expect(practice.server.movements.map(\.reference) == ["A", "C", "E"])
        }
    }

    @Test func `answer may never come`() async throws {
        try await Practice.run { practice in
            async let ending = practice.accept("A", code: "111105")
            await practice.clock.awaitScheduled(in: 60_000)
            await practice.clock.advance(60_000)
            #expect(await ending.isDropped)
            #expect(practice.server.movements.isEmpty)
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
        try await Practice.run { practice in
            for body in bodies {
                #expect(await practice.post("/flouci/api/accept", json: body).reply?.status == 400)
            }
            let foreign = await practice.post("/flouci/api/accept", json: old("A", "111111", secret: "x")).reply
            #expect(foreign?.status == 401)
            #expect(practice.server.movements.isEmpty)
        }
    }
}
