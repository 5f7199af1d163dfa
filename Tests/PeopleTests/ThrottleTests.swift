import Router
import Testing

@testable import People

@Suite struct ThrottleTests {
    let now = Moment(milliseconds: 1_790_000_000_000)

    @Test func `six wrong passwords of one account from one address, and then it waits`() {
        let throttle = SignInThrottle()
        for _ in 0..<6 {
            #expect(throttle.wait("anna", at: "192.0.2.1", now: now) == nil)
            throttle.failed("anna", at: "192.0.2.1", now: now)
        }
        #expect(throttle.wait("anna", at: "192.0.2.1", now: now) == 900)
        #expect(throttle.wait("anna", at: "192.0.2.2", now: now) == nil, "no lever to keep the holder out")
        #expect(throttle.wait("ben", at: "192.0.2.1", now: now) == nil)
        #expect(throttle.wait("anna", at: "192.0.2.1", now: now.adding(seconds: 900)) == nil)
    }

    @Test func `one password tried on many accounts is stopped at its address`() {
        let throttle = SignInThrottle()
        for index in 0..<30 { throttle.failed("user\(index)", at: "192.0.2.1", now: now) }
        #expect(throttle.wait("user99", at: "192.0.2.1", now: now) != nil)
        #expect(throttle.wait("user99", at: "192.0.2.9", now: now) == nil)
    }

    @Test func `one account tried from many addresses is stopped everywhere but where its holder signs in`() {
        let throttle = SignInThrottle()
        throttle.succeeded("anna", at: "198.51.100.7", now: now)
        for index in 0..<60 { throttle.failed("anna", at: "192.0.2.\(index)", now: now) }
        #expect(throttle.wait("anna", at: "203.0.113.5", now: now) != nil)
        #expect(throttle.wait("anna", at: "198.51.100.7", now: now) == nil)
    }
}
