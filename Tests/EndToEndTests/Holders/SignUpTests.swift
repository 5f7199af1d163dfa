import Router
import Testing

@testable import Host

/// What somebody gives who signs up.
@Suite("Signing up", .timeLimit(.minutes(10))) struct SignUpTests {
    private static let good: JSONValue = [
        "username": "kofi", "password": .string(TestHolder.password), "name": "Kofi A.", "phone": "90 11 22 44",
    ]

    private func signUp(_ router: RunningRouter, _ body: JSONValue) async -> RunningRouter.Answer {
        await router.call("POST", "/v1/wallet/signup", body, key: nil)
    }

    @Test func `what is wrong is told with its place, and nothing is made`() async throws {
        let router = try await RunningRouter()
        _ = try await router.holder("ama", phone: "+22890120001")
        for (name, value, status, code, pointers) in [
            ("username", "ko", 400, "invalid_request", ["/username"]),
            ("username", "2kofi", 400, "invalid_request", ["/username"]),
            ("username", "kofi a", 400, "invalid_request", ["/username"]),
            ("username", nil, 400, "invalid_request", ["/username"]),
            ("username", "AMA", 409, "username_taken", ["/username"]),
            ("name", "", 400, "invalid_request", ["/name"]), ("name", "  ", 400, "invalid_request", ["/name"]),
            ("name", "a\u{202E}b", 400, "invalid_request", ["/name"]),
            ("phone", nil, 400, "invalid_request", ["/phone"]),
            ("phone", "123", 422, "invalid_phone", ["/phone"]),
            ("phone", 90_112_244, 400, "invalid_request", ["/phone"]),
            ("email", "kofi", 400, "invalid_request", ["/email"]),
            ("email", "a@b.example\r\nBcc: x@y.example", 400, "invalid_request", ["/email"]),
            ("language", "french", 400, "invalid_request", ["/language"]),
            ("currency", "USD", 422, "unsupported_currency", ["/currency"]),
            ("password", "short", 422, "password_refused", ["/password"]),
            ("password", "kofi 1 2 3 4", 422, "password_refused", ["/password"]),
            ("password", "motdepasse12", 422, "password_refused", ["/password"]),
            ("admin", true, 400, "invalid_request", ["/admin"]),
        ] as [(String, JSONValue?, Int, String, [String])] {
            let answer = await signUp(router, Self.good.with(name, value))
            #expect(
                answer.status == status && answer.json["code"]?.stringValue == code,
                "\(name): \(answer.json.jsonText)")
            let told = Set((answer.json["errors"]?.arrayValue ?? []).compactMap { $0["pointer"]?.stringValue })
            #expect(told == Set(pointers), "\(name) \(value?.jsonText ?? "")")
        }
        let several = await signUp(router, ["username": "k", "password": "x", "name": " "])
        #expect((several.json["errors"]?.arrayValue ?? []).count == 3, "\(several.json.jsonText)")
        #expect(try await router.host.store.accounts(after: nil, limit: 10).map(\.username.text) == ["ama"])
        await router.stop()
    }

    @Test func `who has signed up has a wallet, a code and a link, and can log in`() async throws {
        let router = try await RunningRouter()
        let made = await signUp(router, Self.good.with("email", "kofi@example.com"))
        #expect(made.status == 201 && made.json["wallet"]?["currency"] == "XOF")
        #expect(made.json["account"]?["phone"]?["number"] == "+228******44", "the default country is Togo")
        let codes = made.json["codes"]?.arrayValue ?? []
        #expect(codes.map { $0["purpose"] } == ["phone_confirmation", "email_confirmation"])
        #expect(codes.allSatisfy { $0["delivery"] == "sent" })
        #expect(!made.json.jsonText.contains("90112244"))
        let mail = try #require(try await router.inbox(of: "kofi@example.com").first)
        let link = try #require(mail.firstMatch(of: /c=(otc_[0-9A-Z]+)&k=([0-9a-f]+)/))
        for (key, status) in [("0000", 422), (String(link.2), 200), (String(link.2), 422)] {
            let confirmed = await router.call(
                "POST", "/v1/wallet/email/confirm", ["challenge": .string(String(link.1)), "key": .string(key)],
                key: nil)
            #expect(confirmed.status == status, "\(confirmed.json.jsonText)")
        }
        let known = await router.logIn("kofi").json
        #expect(known["account"]?["email"]?["is_confirmed"] == true && known["token_type"] == "Bearer")
        #expect(known["account"]?["phone"]?["is_confirmed"] == false)
        await router.stop()
    }

    @Test func `an address signs up so often and no more, and who has an account comes in all the same`() async throws {
        let router = try await RunningRouter(keepsLimits: true)
        _ = try await router.holder("ama", phone: "+22890120009")
        let most = Int(LimitSettings().signUps.burst)
        var answers: [RunningRouter.Answer] = []
        // Before its body is read: what is wrong in it costs as much.
        for _ in 0..<(most + 20) where answers.last?.status != 429 { answers.append(await signUp(router, [:])) }
        let last = try #require(answers.last)
        #expect(last.status == 429 && last.json["limit"] == "sign_ups", "\(last.json.jsonText)")
        #expect(last.header("retry-after") != nil && answers.count >= most)
        #expect(answers.dropLast().allSatisfy { $0.status == 400 })
        #expect(await router.logIn("ama").status == 200)
        await router.stop()
    }

    @Test func `a forgotten password is set anew with the link, and who is here is not told`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890120002")
        var answers: [JSONValue] = []
        for name in ["ama", "nobody", "nobody@example.com"] {
            let answer = await router.call(
                "POST", "/v1/wallet/password/forgotten", ["username": .string(name)], key: nil)
            #expect(answer.status == 202)
            answers.append(answer.json)
        }
        #expect(Set(answers.map(\.jsonText)).count == 1)
        var link: (String, String)?
        for _ in 0..<100 where link == nil {
            link = try await router.inbox(of: ama.phone).first?.firstMatch(of: /c=(otc_[0-9A-Z]+)&k=([0-9a-f]+)/).map {
                (String($0.1), String($0.2))
            }
            await router.host.time.sleep(until: router.host.time.now.adding(milliseconds: 50))
        }
        let (challenge, key) = try #require(link)
        for (given, password, code) in [
            ("0000", "lagune-verte-sept-12", "code_refused"), (key, "short", "password_refused"),
            (key, "lagune-verte-sept-12", nil), (key, "lagune-verte-sept-13", "code_refused"),
        ] as [(String, String, String?)] {
            let reset = await router.call(
                "POST", "/v1/wallet/password/reset",
                ["challenge": .string(challenge), "key": .string(given), "password": .string(password)], key: nil)
            #expect(reset.json["code"]?.stringValue == code, "\(reset.json.jsonText)")
            #expect(code != nil || reset.status == 204)
        }
        #expect(await ama.call("GET", "/v1/wallet").status == 401)
        #expect(await router.logIn("ama", "lagune-verte-sept-12").status == 200)
        await router.stop()
    }
}
