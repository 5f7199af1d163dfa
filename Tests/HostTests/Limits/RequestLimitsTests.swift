import Router
import RouterTestKit
import Synchronization
import Testing

@testable import Host

/// What the limiter lets in, with a clock that the test moves.
@Suite("Limits of callers") struct RequestLimitsTests {
    static func app(_ number: UInt8) throws -> AppID {
        try #require(AppID("app_01M7Y8G2S83KY03KAYDH4HV2\(number / 10)\(number % 10)"))
    }

    static func shop(_ number: UInt8 = 1, _ role: AppKey.Role = .secret) throws -> Caller {
        Caller(app: try app(number), environment: .production, role: role)
    }

    static func entry(
        _ method: String, _ template: String, _ access: RouteTable.Access = .open, limit: LimitClass? = nil
    ) throws
        -> RouteTable.Entry
    {
        var routes = RouteTable()
        switch access {
        case .open: routes.open(method, template, limit: limit) { _ in .empty() }
        case .secretKey: routes.secret(method, template) { _, _ in .empty() }
        case .anyKey: routes.anyKey(method, template) { _, _ in .empty() }
        case .holder: routes.holder(method, template) { _, _ in .empty() }
        case .console(let right): routes.console(method, template, right) { _, _ in .empty() }
        }
        return try #require(routes.entries.first)
    }

    let time = TestTime()
    let log = LimitLog()

    private func limits(_ change: (inout LimitSettings) -> Void = { _ in }) -> RequestLimits {
        var settings = LimitSettings()
        change(&settings)
        return RequestLimits(settings, time: time, random: CountingRandom(), observer: log)
    }

    @Test
    func `an app has its rate; the answer says what is left, and a refusal what to do`() throws {
        let limits = limits { $0.app = .init(perSecond: 5, concurrent: 100) }
        let route = try Self.entry("POST", "/v1/payments", .secretKey)
        for left in [4, 3, 2, 1, 0] {
            let (_, headers) = try admitted(limits.admit(route: route, caller: Self.shop(), client: "192.0.2.1"))
            #expect(headers.map(\.name) == ["ratelimit-policy", "ratelimit"])
            #expect(
                headers.map(\.value) == [
                    "\"default\";q=5;w=1, \"concurrent\";q=100;qu=\"concurrent-requests\"", "\"default\";r=\(left);t=1",
                ])
        }
        var waits: Set<String> = []
        for _ in 0..<20 {
            let problem = try refused(limits.admit(route: route, caller: Self.shop(), client: "192.0.2.1"))
            #expect(problem.code == .rateLimited && problem.code.status == 429 && problem.outcome == .notExecuted)
            #expect(problem.detail.contains("this app") && problem.detail.contains("limits.app.per_second"))
            let headers = Dictionary(uniqueKeysWithValues: problem.headers.map { ($0.name, $0.value) })
            #expect(headers["ratelimit-policy"] == "\"default\";q=5;w=1")
            #expect(headers["ratelimit"] == "\"default\";r=0;t=\(headers["retry-after"] ?? "")")
            waits.insert(try #require(headers["retry-after"]))
        }
        #expect(waits == ["1", "2"], "spread, so that not all come back at once")
        // Another app, and the same a moment later.
        _ = try admitted(limits.admit(route: route, caller: Self.shop(2), client: "192.0.2.1"))
        time.pass(milliseconds: 200)
        _ = try admitted(limits.admit(route: route, caller: Self.shop(), client: "192.0.2.1"))
        #expect(Set(log.reasons) == [.appRate])
        #expect(log.told == [try Self.app(1).text], "told once")
    }

    @Test
    func `as many at once as allowed; a place is given back once, and also by whoever forgets it`() throws {
        let limits = limits { $0.app = .init(perSecond: 5_000, concurrent: 2) }
        let route = try Self.entry("GET", "/v1/payments", .secretKey)
        func ask() throws -> RequestLimits.Admission { limits.admit(route: route, caller: try Self.shop(), client: "") }
        let (first, _) = try admitted(ask())
        var second: Permit? = try admitted(ask()).permit
        let problem = try refused(ask())
        #expect(problem.code == .rateLimited && problem.detail.contains("2 calls under way"))
        #expect(problem.headers.contains { $0.value.contains("concurrent-requests") })
        for _ in 0..<3 { first.release() }
        let (third, _) = try admitted(ask())
        _ = try refused(ask())
        second = nil
        _ = second
        let (fourth, _) = try admitted(ask())
        _ = try refused(ask())
        third.release()
        fourth.release()
        #expect(limits.state.withLock { $0.underWay.keys } == 0)
        #expect(Set(log.reasons) == [.appConcurrency])
    }

    @Test
    func `an app may have more than the others`() throws {
        let app = try Self.app(1)
        let limits = limits {
            $0.app = .init(perSecond: 2, concurrent: 100)
            $0.apps = [app: .init(perSecond: 4, concurrent: 100)]
        }
        let route = try Self.entry("GET", "/v1/payments", .secretKey)
        func granted(_ number: UInt8) throws -> Int {
            let shop = try Self.shop(number)
            return (0..<10).count { _ in isIn(limits.admit(route: route, caller: shop, client: "")) }
        }
        #expect(try granted(1) == 4 && granted(2) == 2)
    }

    @Test(
        arguments: [
            (.pages, 200), (.checkout, 30), (.qr, 100), (.documentation, 200), (.operations, 200), (nil, 200),
        ] as [(LimitClass?, Int)])
    func `a stranger without a key uses up its address, and nothing of a shop behind it or elsewhere`(
        _ limit: LimitClass?, _ burst: Int
    ) throws {
        let limits = limits()
        let route = try Self.entry("GET", "/some", limit: limit)
        let keyed = try Self.entry("POST", "/v1/payments", .secretKey)
        let granted = (0..<1_000).count { _ in
            isIn(limits.admit(route: route, caller: nil, client: "198.51.100.7"))
        }
        #expect(granted == burst)
        let problem = try refused(limits.admit(route: route, caller: nil, client: "198.51.100.7"))
        #expect(problem.detail.contains("this address") && problem.headers.contains { $0.name == "retry-after" })
        #expect(!problem.detail.contains("198.51.100.7"))
        #expect(Set(log.all) == ["198.51.100.0/24"])
        _ = try admitted(limits.admit(route: keyed, caller: Self.shop(), client: "198.51.100.7"))
        _ = try admitted(limits.admit(route: route, caller: nil, client: "198.51.100.8"))
        // A public key is no better than none.
        let channels = try Self.entry("GET", "/v1/channels", .anyKey)
        let publishable = try Self.shop(1, .publishable)
        let known = (0..<1_000).count { _ in
            isIn(limits.admit(route: channels, caller: publishable, client: "203.0.113.5"))
        }
        #expect(known == 200)
    }

    @Test
    func `one customer's IPv6 addresses are one, mapped IPv4 is IPv4, and nobody's address is one too`() throws {
        let limits = limits { $0.pages = RateLimit(1, burst: 2) }
        let route = try Self.entry("GET", "/pay/{id}", limit: .pages)
        func isIn(_ client: String) -> Bool {
            self.isIn(limits.admit(route: route, caller: nil, client: client))
        }
        #expect(isIn("2001:db8:1:2::1") && isIn("2001:db8:1:2:ffff::9") && !isIn("2001:db8:1:2:3:4:5:6"))
        #expect(isIn("2001:db8:1:3::1"))
        #expect(isIn("192.0.2.9") && isIn("::ffff:192.0.2.9") && !isIn("192.0.2.9"))
        #expect(isIn("") && isIn("nonsense") && !isIn(""))
    }

    typealias Admitted = (permit: Permit, headers: [(name: String, value: String)])

    func admitted(_ admission: RequestLimits.Admission) throws -> Admitted {
        try #require(admission.granted, "refused")
    }

    func isIn(_ admission: RequestLimits.Admission) -> Bool {
        if case .granted = admission { true } else { false }
    }

    func refused(_ admission: RequestLimits.Admission) throws -> Problem {
        try #require(admission.refused, "let in")
    }
}

extension RequestLimits.Admission {
    fileprivate var granted: RequestLimitsTests.Admitted? {
        if case .granted(let permit, let headers) = self { (permit, headers) } else { nil }
    }
    fileprivate var refused: Problem? { if case .refused(let problem) = self { problem } else { nil } }
}
