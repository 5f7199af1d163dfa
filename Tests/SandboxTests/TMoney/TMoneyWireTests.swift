import Foundation
import Sandbox
import Testing

/// What TMoney's interface asks of a partner, and the shapes it answers in (docs/protocols/tmoney.md, B).
@Suite struct TMoneyWireTests {
    @Test func `login gives a token that tells its end`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            let parts = token.split(separator: ".")
            #expect(parts.count == 3)
            var payload = parts[1].replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
            payload += String(repeating: "=", count: (4 - payload.count % 4) % 4)
            let claims = JSON(try #require(Data(base64Encoded: payload)))
            #expect(claims["exp"].int == Int(ManualClock.start / 1000) + 300)
        }
    }

    @Test func `wrong credentials are code4001 in A200`() async throws {
        try await TestSandbox.run { sandbox in
            for body in [
                #"{"nomUtilisateur":"demo","motDePasse":"wrong"}"#, #"{"nomUtilisateur":"other","motDePasse":"demo"}"#,
            ] {
                let reply = await sandbox.post("/tmoney/login", json: body).reply
                #expect(reply?.status == 200)
                #expect(reply?.json["statut"]["code"].string == "4001")
                #expect(reply?.json["data"]["token"].string == nil)
            }
            #expect(await sandbox.post("/tmoney/login", json: "{}").reply?.json["fault"].exists == true)
        }
    }

    @Test func `every call but login needs a live token`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            let forged = String(token.dropLast(4)) + "AAAA"
            for bad in [forged, "x", ""] {
                let reply = await sandbox.debit("r1", phone: phone(1), token: bad).reply
                #expect(reply?.status == 401)
                #expect(reply?.json["code"].string == "403")
                #expect(await sandbox.status("r1", token: bad).reply?.status == 401)
            }
            #expect(await sandbox.get("/tmoney/tmoney-middleware/transactionid?idRequete=r1").reply?.status == 401)
            await sandbox.clock.advance(299_999)
            #expect(await sandbox.status("r1", token: token).reply?.status == 200)
            await sandbox.clock.advance(1)
            #expect(await sandbox.status("r1", token: token).reply?.status == 401)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test(arguments: [
        (#""idRequete":"r1","#, ""),
        (#""numeroClient":"22890000001""#, #""numeroClient":"+22890000001""#),
        (#""numeroClient":"22890000001""#, #""numeroClient":"90000001""#),
        (#""numeroClient":"22890000001""#, #""numeroClient":22890000001"#),
        (#""montant":5000"#, #""montant":"5000""#),
        (#""montant":5000"#, #""montant":5000.5"#),
        (#""montant":5000"#, #""montant":0"#),
        (#""montant":5000"#, #""montant":-1"#),
        ("2026-01-01 00:00:00", "2026-01-01T00:00:00Z"),
        ("2026-01-01 00:00:00", "2026-13-01 00:00:00"),
        (#""description":"Chaussures""#, #""description":null"#),
        ("{", "["),
    ])
    func `refuses a wrong field`(_ original: String, _ wrong: String) async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            let body = TestSandbox.debitBody("r1", phone: phone(1))
            let broken = body.replacingOccurrences(of: original, with: wrong)
            #expect(broken != body)
            let reply = await sandbox.post("/tmoney/tmoney-middleware/debit", json: broken, bearer: token).reply
            #expect(reply?.status == 400)
            #expect(reply?.json["fault"]["message"].string == "Bad Request")
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `a reference is accepted once`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            for number in [1, 6, 5] {
                let id = "r\(number)"
                _ = await sandbox.debit(id, phone: phone(number), token: token)
                let reply = await sandbox.debit(id, phone: phone(number), token: token).reply
                #expect(reply?.status == 200)
                #expect(reply?.json["code"].string == "4001")
                #expect(sandbox.count("debit", id) == 2)
            }
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.map(\.reference).sorted() == ["r1", "r6"])
        }
    }

    @Test func `callback and status carry every field`() async throws {
        let fields: Set = [
            "code", "message", "description", "refTmoney", "dateHeureTmoney", "idRequete", "statutRequete",
            "typeRequete", "dateHeureRequete", "refCommande", "montant", "numeroClient", "idPartenaire",
            "nomPartenaire",
        ]
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            let reply = try #require(await sandbox.debit("r1", phone: phone(1), token: token).reply)
            #expect(reply.json.names == ["code", "message", "description", "idRequete"])
            await sandbox.clock.advance(1_000)
            let arrival = try #require(sandbox.bin.arrivals.first)
            #expect(arrival.callback.method == "POST")
            #expect(arrival.callback.url == "http://partner.example/tmoney")
            #expect(arrival.header("Content-Type") == "application/json")
            #expect(arrival.json.names == fields)
            #expect(arrival.json["typeRequete"].string == "DEBIT")
            #expect(arrival.json["dateHeureTmoney"].string == "2026-01-01 00:00:01")
            #expect(arrival.json["refCommande"].string == "order-r1")
            let status = try #require(await sandbox.status("r1", token: token).reply?.json)
            #expect(status["total"].int == 1)
            #expect(status["data"][0].names == fields)
        }
    }

    @Test func `odd paths are404`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.get("/tmoney/login").reply?.status == 404)
            #expect(await sandbox.get("/tmoney").reply?.status == 404)
            #expect(await sandbox.get("/nothing/here").reply?.status == 404)
        }
    }
}
