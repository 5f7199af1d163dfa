import RouterTestKit
import Testing

@testable import Router

@Suite struct LoginTests {
    private static func login(_ setup: inout Rig.Setup) { setup.add("alpha") { LoginProvider(base: $0) } }

    private static func token(_ request: WireRequest) -> String? {
        request.headers.first { $0.name == "authorization" }?.value
    }

    @Test func `one login serves many payments`() throws {
        try Rig.run(Self.login) { rig in
            for number in 1...5 { try await rig.create(key: "k\(number)") }
            #expect(rig.operators.logins == 1)
            #expect(Set(rig.operators.requests.map(Self.token)) == ["Bearer token-1"])
        }
    }

    @Test func `the token is not in the sealed bytes`() throws {
        try Rig.run(Self.login) { rig in
            rig.operators.script("alpha", .lose(executes: false))
            try await rig.create()
            let request = try #require(rig.attempts.first?.request)
            #expect(request.headers.isEmpty)
        }
    }

    @Test func `a token is renewed before it ends`() throws {
        try Rig.run(Self.login) { rig in
            try await rig.create(key: "k1")
            await rig.stage.sleep(seconds: 500)
            try await rig.create(key: "k2")
            #expect(rig.operators.logins == 1)
            await rig.stage.sleep(seconds: 45)
            try await rig.create(key: "k3")
            #expect(rig.operators.logins == 2, "540 of its 600 seconds are over")
        }
    }

    @Test func `a refused token is renewed and a second attempt made`() throws {
        try Rig.run(Self.login) { rig in
            rig.operators.script("alpha", .reply(401, ""))
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .succeeded)
            #expect(rig.states == [.rejected, .succeeded])
            #expect(rig.operators.requests.map(Self.token) == ["Bearer token-1", "Bearer token-2"])
            #expect(rig.observer.alarms == ["credentials_refused"])
        }
    }

    @Test func `a token refused twice ends it`() throws {
        try Rig.run(Self.login) { rig in
            rig.operators.improvise { .reply(401, "") }
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .failed)
            #expect(aggregate.order.failure?.code == "credentials_refused")
            #expect(rig.operators.requests.count == 2)
        }
    }

    @Test func `a refusal that may follow execution is unknown`() throws {
        try Rig.run({ setup in
            setup.add("alpha", Sample.contract(authenticationFirst: false)) { LoginProvider(base: $0) }
        }) { rig in
            rig.operators.script("alpha", .reply(401, ""))
            try await rig.create()
            #expect(rig.states == [.unknown])
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `without a token nothing is sent`() throws {
        try Rig.run({ setup in
            Self.login(&setup)
            setup.add("beta")
        }) { rig in
            rig.operators.answer("/login", .success(WireReply(status: 401)))
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .succeeded)
            #expect(rig.states == [.notSent, .succeeded])
            #expect(rig.attempts.first?.refusal?.reason == .credentialsRefused)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `a check renews its token once`() throws {
        try Rig.run(Self.login) { rig in
            rig.operators.script("alpha", .accept)
            try await rig.create()
            rig.operators.decide(try #require(rig.operators.references.first), .executed)
            rig.operators.answer("/status", .success(WireReply(status: 401)))
            await rig.wait(upTo: 20) { rig.order?.status == .succeeded }
            #expect(rig.operators.logins == 2)
        }
    }
}

@Suite struct TokenKeeperTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `fifty callers share one login`(seed: UInt64) throws {
        let stage = Stage(seed: seed)
        try stage.run {
            let keeper = AccessTokenCache()
            let logins = Log<Int>()
            let tokens = Log<String>()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        let result = await keeper.token(at: stage.now) {
                            logins.append(1)
                            await stage.sleep(seconds: 1)
                            return .success(("token-\(logins.count)", stage.now + 60))
                        }
                        if case .success(let token) = result { tokens.append(token) }
                    }
                }
            }
            #expect(logins.count == 1)
            #expect(tokens.values == Array(repeating: "token-1", count: 50))
        }
    }

    @Test func `a failure is the same for all who waited and not kept`() throws {
        let stage = Stage()
        try stage.run {
            let keeper = AccessTokenCache()
            let failures = Log<AskFailure>()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        let result = await keeper.token(at: stage.now) {
                            await stage.sleep(seconds: 1)
                            return .failure(.loginRefused(providerCode: "x"))
                        }
                        if case .failure(let failure) = result { failures.append(failure) }
                    }
                }
            }
            #expect(failures.values == Array(repeating: .loginRefused(providerCode: "x"), count: 10))
            let next = await keeper.token(at: stage.now) { .success(("fresh", stage.now + 60)) }
            #expect(next == .success("fresh"))
        }
    }

    @Test func `only the refused token is forgotten`() throws {
        let stage = Stage()
        try stage.run {
            let keeper = AccessTokenCache()
            let logins = Log<Int>()
            func token() async -> Result<String, AskFailure> {
                await keeper.token(at: stage.now) {
                    logins.append(1)
                    return .success(("token-\(logins.count)", stage.now + 60))
                }
            }
            #expect(await token() == .success("token-1"))
            keeper.invalidate("another")
            #expect(await token() == .success("token-1"))
            keeper.invalidate("token-1")
            #expect(await token() == .success("token-2"))
            keeper.invalidate("token-1")
            #expect(await token() == .success("token-2"), "a late refusal of the old one changes nothing")
            await stage.sleep(seconds: 60)
            #expect(await token() == .success("token-3"))
        }
    }
}
