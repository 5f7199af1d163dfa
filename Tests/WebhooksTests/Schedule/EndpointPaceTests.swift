import Router
import Testing

@testable import Host
@testable import Webhooks

@Suite struct EndpointPaceTests {
    @Test func `five failures in a row leave only a probe`() {
        var pace = EndpointPace()
        for _ in 0..<4 { pace.record(.failed, at: .start) }
        #expect(pace.width(at: .start) == 8)
        pace.record(.failed, at: .start)
        #expect(pace.width(at: .start) == 0)
        #expect(pace.width(at: .start.adding(milliseconds: 4_999)) == 0)
        #expect(pace.width(at: .start.adding(seconds: 5)) == 1)
    }

    @Test func `rests double up to five minutes`() {
        var pace = EndpointPace()
        var now = Moment.start
        var rests: [Int64] = []
        for _ in 0..<4 { pace.record(.failed, at: now) }
        for _ in 0..<9 {
            pace.record(.failed, at: now)
            let end = pace.restUntil ?? now
            rests.append(end.milliseconds(since: now) / 1_000)
            now = end
        }
        #expect(rests == [5, 10, 20, 40, 80, 160, 300, 300, 300])
        for _ in 0..<1_000 { pace.record(.failed, at: now) }
        #expect(pace.restUntil == now.adding(seconds: 300))
    }

    @Test func `a success ends it`() {
        var pace = EndpointPace()
        for _ in 0..<9 { pace.record(.failed, at: .start) }
        pace.record(.delivered, at: .start)
        #expect(pace.failures == 0 && pace.restUntil == nil)
        #expect(pace.width(at: .start) == EndpointPace.width)
    }

    @Test func `who keeps up is given more at a time, and after a failure as little as at first`() {
        var pace = EndpointPace()
        for _ in 0..<EndpointPace.width { pace.record(.delivered, at: .start) }
        #expect(pace.width(at: .start) == EndpointPace.width + 1)
        for _ in 0..<EndpointPace.width { pace.record(.delivered, at: .start) }
        #expect(pace.width(at: .start) == EndpointPace.width + 1, "a full width each")
        for _ in 0..<5_000 { pace.record(.delivered, at: .start) }
        #expect(pace.width(at: .start) == EndpointPace.greatestWidth)
        pace.record(.failed, at: .start)
        #expect(pace.width(at: .start) == EndpointPace.width)
    }

    @Test(arguments: [(nil, 5), (0, 5), (60, 60), (.max, 3_600)] as [(Int64?, Int64)])
    func `asking to slow down rests the whole endpoint`(_ asked: Int64?, _ seconds: Int64) {
        var pace = EndpointPace()
        pace.record(.slowDown(retryAfterSeconds: asked), at: .start)
        #expect(pace.restUntil == .start.adding(seconds: seconds))
        #expect(pace.width(at: .start) == 0)
    }

    @Test func `stopping changes nothing`() {
        var pace = EndpointPace()
        pace.record(.interrupted, at: .start)
        #expect(pace == EndpointPace())
    }

    @Test func `no room is no failure and only a short rest`() {
        var pace = EndpointPace()
        for _ in 0..<50 { pace.record(.notNow, at: .start) }
        #expect(pace.failures == 0)
        #expect(pace.width(at: .start) == 0)
        #expect(pace.width(at: .start.adding(seconds: 1)) == EndpointPace.width)
    }
}
