import Router
import RouterTestKit
import Synchronization
import Testing
import WebText

@testable import Host

/// What only failures use up.
@Suite("Limits of failures") struct FailureLimitsTests {
    private let time = TestTime()
    private let log = LimitLog()

    private func limits() throws -> RequestLimits {
        let listed = try [#require(NetworkRange("203.0.113.0/28")), #require(NetworkRange("2001:db8:5::7"))]
        return RequestLimits(
            operators: ["tmoney-tg": listed], time: time, random: CountingRandom(), observer: log)
    }

    @Test
    func `twenty unknown keys, then one in three seconds, from this address only`() throws {
        let limits = try limits()
        for _ in 0..<20 {
            #expect(limits.mayAuthenticate(client: "192.0.2.1") == nil)
            limits.failedAuthentication(client: "192.0.2.1")
        }
        let problem = try #require(limits.mayAuthenticate(client: "192.0.2.1"))
        #expect(problem.code == .rateLimited && problem.detail.contains("limits.failed_keys"))
        #expect(limits.mayAuthenticate(client: "192.0.2.2") == nil)
        time.pass(seconds: 3)
        #expect(limits.mayAuthenticate(client: "192.0.2.1") == nil)
        limits.failedAuthentication(client: "192.0.2.1")
        #expect(limits.mayAuthenticate(client: "192.0.2.1") != nil)
        time.pass(seconds: 60)
        for _ in 0..<1_000 { #expect(limits.mayAuthenticate(client: "192.0.2.1") == nil, "asking costs nothing") }
    }

    @Test
    func `only what cannot be verified counts against an address, and the operator's never`() throws {
        let limits = try limits()
        let route = try RequestLimitsTests.entry("POST", "/callbacks/{provider}/{rest...}", limit: .callbacks)
        func isIn(_ client: String, _ provider: String = "tmoney-tg") -> Bool {
            let admission = limits.admit(route: route, caller: nil, client: client, provider: provider)
            if case .granted = admission { return true }
            return false
        }
        for _ in 0..<10_000 { #expect(isIn("192.0.2.1"), "true ones never count") }
        for client in ["192.0.2.1", "203.0.113.15", "2001:db8:5::7"] {
            for _ in 0..<60 { limits.failedCallback(client: client, provider: "tmoney-tg") }
        }
        #expect(!isIn("192.0.2.1") && !isIn("192.0.2.1", "flooz-tg") && isIn("192.0.2.3"))
        #expect(isIn("203.0.113.15") && isIn("2001:db8:5::7") && isIn("203.0.113.15", "flooz-tg"))
        // Listed at one operator is a stranger at another.
        for _ in 0..<60 { limits.failedCallback(client: "203.0.113.14", provider: "flooz-tg") }
        #expect(!isIn("203.0.113.14", "flooz-tg") && isIn("203.0.113.14"))
        let problem = try #require(limits.mayCallBack(client: "192.0.2.1", provider: "tmoney-tg"))
        #expect(problem.detail.contains("go on being checked") && problem.code.status == 429)
        time.pass(seconds: 2)
        #expect(isIn("192.0.2.1"))
    }

    @Test
    func `streams: four of a link, so many of an address, so many in all; each given back once`() throws {
        var settings = LimitSettings()
        (settings.streams.perAddress, settings.streams.total) = (6, 8)
        let limits = RequestLimits(settings, time: time, random: CountingRandom(), observer: log)
        func link(_ number: Int64) -> OrderID {
            OrderID(.payment, at: Moment(milliseconds: 1_000 + number), from: CountingRandom())
        }
        func refusal(_ order: OrderID, _ client: String) -> (ProblemCode, JSONValue?)? {
            do throws(Problem) {
                _ = try limits.stream(of: order, client: client)
                return nil
            } catch { return (error.code, error.extra.first { $0.0 == "limit" }?.1) }
        }
        let first = try (0..<4).map { _ in try limits.stream(of: link(1), client: "192.0.2.1") }
        #expect(refusal(link(1), "192.0.2.2")?.1 == "streams_per_link", "from anywhere")
        let second = try (0..<2).map { _ in try limits.stream(of: link(2), client: "192.0.2.1") }
        #expect(refusal(link(3), "192.0.2.1")?.1 == "streams_per_address")
        let third = try (0..<2).map { _ in try limits.stream(of: link(3), client: "192.0.2.3") }
        let full = try #require(refusal(link(4), "192.0.2.4"))
        #expect(full.0 == .unavailable && full.0.status == 503 && full.1 == "streams_in_total")
        for permit in first + first { permit.release() }
        #expect(refusal(link(1), "192.0.2.1") == nil)
        for permit in first + second + third { permit.release() }
        #expect(limits.state.withLock { $0.streams == 0 && $0.linkStreams.keys == 0 && $0.clientStreams.keys == 0 })
    }

    @Test
    func `phone numbers cannot be gone through: neither by an app nor on pages`() throws {
        let limits = try limits()
        let app = try RequestLimitsTests.app(1)
        func number(_ last: Int) throws -> MSISDN {
            try MSISDN(parsing: "+228901" + String(String(100_000 + last).dropFirst(1)))
        }
        #expect(try (0..<1_000).count { limits.lookUp(try number($0), by: app) == nil } == 30)
        #expect(log.reasons.last == .partiesPerPrefix)
        // Payees that have nothing in common.
        let spread = try (0..<100).count { limits.lookUp(try number($0 * 1_000 % 100_000), by: app) == nil }
        #expect(spread >= 99)
        #expect(try limits.lookUp(number(1), by: RequestLimitsTests.app(2)) == nil)
        #expect(try (0..<1_000).count { limits.type(try number($0), client: "192.0.2.1") == nil } == 20)
        #expect(try limits.type(number(5), client: "192.0.2.9") == nil)
        #expect(try (0..<100).count { limits.type(try number($0 * 1_000), client: "192.0.2.1") == nil } == 40)
        #expect(log.reasons.last == .phones)
        time.pass(seconds: 3_600)
        #expect(try limits.lookUp(number(1), by: app) == nil && limits.type(number(1), client: "192.0.2.1") == nil)
    }

    @Test
    func `a publishable key's checkouts are limited wherever they come from`() throws {
        let limits = try limits()
        let app = try RequestLimitsTests.app(1)
        #expect((0..<1_000).count { _ in limits.checkOut(app) == nil } == 100)
        #expect(try limits.checkOut(RequestLimitsTests.app(2)) == nil)
        time.pass(seconds: 1)
        #expect((0..<1_000).count { _ in limits.checkOut(app) == nil } == 50)
    }
}
