import Foundation
import Sandbox
import Testing

/// The practice biller: its wire, its magic meters, its tokens, its books.
@Suite struct GSMABillerOperatorTests {
    private static let key = ["X-API-Key": SandboxCredentials.billerKey]

    private static func id(_ number: Int = 1) -> String { "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4\(number)" }

    private func call(
        _ sandbox: TestSandbox, _ method: String, _ path: String, _ body: String? = nil, id: String? = nil,
        headers: [String: String] = key
    ) async -> Wire.Ending {
        var headers = headers
        if let id { headers["X-CorrelationID"] = id }
        if body != nil { headers["Content-Type"] = "application/json" }
        return await Wire.exchange(
            port: sandbox.port, method, "/gsma-biller" + path, headers: headers, body: Data((body ?? "").utf8))
    }

    private func pay(
        _ sandbox: TestSandbox, _ meter: String, amount: String = "5000", id: String = id(), currency: String = "XOF",
        bill: String? = nil
    ) async -> Wire.Ending {
        await call(
            sandbox, "POST", "/accounts/accountid/\(meter)/bills/\(bill.map { $0 + "/" } ?? "")payments",
            #"{"amountPaid":"\#(amount)","currency":"\#(currency)","requestingOrganisationTransactionReference":"r1"}"#,
            id: id)
    }

    private func token(_ reply: Wire.Reply?) -> String? {
        let body = String(decoding: reply?.body ?? Data(), as: UTF8.self)
        return body.firstMatch(of: /"key":"token","value":"(?<token>[^"]*)"/).map { String($0.output.token) }
    }

    @Test(arguments: SandboxScenario.all.filter { $0.operator == .gsmaBiller })
    func `books agree`(_ scenario: SandboxScenario) async throws {
        try await TestSandbox.run { sandbox in
            async let sent = pay(sandbox, scenario.trigger.text)
            if scenario.name.hasPrefix("fault_timeout") {
                await sandbox.clock.awaitScheduled(in: 60_000)
                await sandbox.clock.advance(60_000)
            }
            if case .stuck = await sent { Issue.record("neither an answer nor an end") }
            await sandbox.clock.advance(10_000)
            let amounts = sandbox.movements(Self.id()).map(\.amount)
            switch scenario.execution {
            case .executed, .executedIfRepeated: #expect(amounts == [5_000])
            case .executedDifferently: #expect(amounts == [5_001])
            case .notExecuted: #expect(amounts.isEmpty)
            }
            #expect(sandbox.movements(Self.id()).allSatisfy { $0.kind == .payout && $0.party == scenario.trigger.text })
        }
    }

    @Test func `a token has twenty digits, and is the same whenever the payment is asked about`() async throws {
        try await withTemporaryFolder { folder in
            var first: String?
            try await TestSandbox.run(folder: folder) { sandbox in
                let reply = await pay(sandbox, "37000000001").reply
                #expect(reply?.status == 201 && reply?.json["billPaymentStatus"].string == "approved")
                #expect(reply?.json["requestingOrganisationTransactionReference"].string == "r1")
                first = token(reply)
                #expect(first?.utf8.count == 20 && first?.utf8.allSatisfy { (0x30...0x39).contains($0) } == true)
                let other = await pay(sandbox, "37000000001", id: Self.id(2)).reply
                #expect(token(other) != first && token(other)?.utf8.count == 20)
            }
            // The books survive: the same payment, and no second one under the same id.
            try await TestSandbox.run(folder: folder) { sandbox in
                let response = await call(sandbox, "GET", "/responses/\(Self.id())").reply
                let link = response?.json["link"].string ?? ""
                #expect(token(await call(sandbox, "GET", link).reply) == first)
                let again = await pay(sandbox, "37000000001").reply
                #expect(again?.status == 400 && again?.json["errorCode"].string == "duplicateRequest")
                #expect(sandbox.movements(Self.id()).count == 1)
            }
        }
    }

    @Test func `a meter that answers later is asked about by the request's id`() async throws {
        try await TestSandbox.run { sandbox in
            let reply = await pay(sandbox, "37000000002").reply
            let request = reply?.json["serverCorrelationId"].string ?? ""
            #expect(reply?.status == 202 && reply?.json["status"].string == "pending")
            #expect(await call(sandbox, "GET", "/responses/\(Self.id())").reply?.status == 404)
            await sandbox.clock.advance(3_000)
            let state = await call(sandbox, "GET", "/requeststates/\(request)").reply
            #expect(state?.json["status"].string == "completed")
            #expect(await call(sandbox, "GET", "/responses/\(Self.id())").reply?.status == 200)
        }
    }

    @Test func `a token that comes later is not there before`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(token(await pay(sandbox, "37000000012").reply) == nil)
            let link = await call(sandbox, "GET", "/responses/\(Self.id())").reply?.json["link"].string ?? ""
            #expect(token(await call(sandbox, "GET", link).reply) == nil)
            await sandbox.clock.advance(2_000)
            #expect(token(await call(sandbox, "GET", link).reply)?.utf8.count == 20)
        }
    }

    @Test func `whose meter it is, and what is owed on it`() async throws {
        try await TestSandbox.run { sandbox in
            func bills(_ meter: String) async -> Wire.Reply? {
                await call(sandbox, "GET", "/accounts/accountid/\(meter)/bills?limit=50").reply
            }
            let known = await bills("37000000001")
            #expect(known?.status == 200 && known?.json[0]["minimumAmountDue"].string == "100")
            #expect(known?.json[0]["customData"][0]["value"].string?.contains(" ") == true)
            #expect(await bills("37000000031")?.json[0]["amountDue"].string == "4500")
            #expect(await bills("37000000030").map { String(decoding: $0.body, as: UTF8.self) } == "[]")
            for meter in ["37000000003", "123", "3700000000x"] {
                #expect(await bills(meter)?.status == 404)
                #expect(await pay(sandbox, meter, id: Self.id(3)).reply?.status == 404)
            }
            #expect(await pay(sandbox, "37000000001", id: Self.id(4), bill: "B37000000001").reply?.status == 201)
            #expect(await pay(sandbox, "37000000001", id: Self.id(5), bill: "B2").reply?.status == 404)
        }
    }

    @Test func `what is wrong with a payment is said in the standard's words`() async throws {
        try await TestSandbox.run { sandbox in
            func code(_ ending: Wire.Ending) -> String? { ending.reply?.json["errorCode"].string }
            #expect(code(await pay(sandbox, "37000000001", amount: "99")) == "underPaymentNotAllowed")
            #expect(code(await pay(sandbox, "37000000001", amount: "5.5")) == "formatError")
            #expect(code(await pay(sandbox, "37000000001", currency: "EUR")) == "currencyNotSupported")
            #expect(code(await pay(sandbox, "37000000001", id: "1")) == "mandatoryValueNotSupplied")
            #expect(code(await pay(sandbox, "37000000004")) == "incorrectState")
            let stranger = await call(
                sandbox, "GET", "/accounts/accountid/37000000001/bills", headers: ["X-API-Key": "other"])
            #expect(stranger.reply?.status == 401 && sandbox.server.movements.isEmpty)
        }
    }

    @Test func `who logs in is served as well`() async throws {
        try await TestSandbox.run { sandbox in
            func login(_ secret: String) async -> Wire.Reply? {
                let pair = Data("\(SandboxCredentials.billerClient):\(secret)".utf8).base64EncodedString()
                return await sandbox.post(
                    "/gsma-biller/oauth/accesstoken", form: "grant_type=client_credentials",
                    headers: ["Authorization": "Basic \(pair)"]
                ).reply
            }
            let bearer = await login(SandboxCredentials.billerSecret)?.json["access_token"].string ?? ""
            #expect(await login("wrong")?.status == 401)
            for (token, status) in [(bearer, 200), ("other", 401)] {
                let reply = await sandbox.get("/gsma-biller/accounts/accountid/37000000001/bills", bearer: token).reply
                #expect(reply?.status == status)
            }
        }
    }
}
