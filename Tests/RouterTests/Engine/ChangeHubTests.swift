import RouterTestKit
import Testing

@testable import Router

/// Waits end at their own moment.
@Suite struct ChangeHubTests {
    @Test func `a short wait is not kept by a long one`() throws {
        let stage = Stage()
        try stage.run {
            let hub = ChangeHub(time: stage, spawner: stage)
            let began = stage.now
            stage.spawn {
                _ = await hub.wait(Sample.paymentID, until: began + 8, isEnough: { _ in false }, begin: {})
            }
            await stage.sleep(milliseconds: 100)
            let other = OrderID(known: "pay_01JD3K0000QQQQQQQQQQQQQQQQ")
            _ = await hub.wait(other, until: began + 1, isEnough: { _ in false }, begin: {})
            #expect(stage.now == began + 1)
        }
    }

    @Test func `nobody waits after its end`() throws {
        let stage = Stage(seed: 3)
        try stage.run {
            let hub = ChangeHub(time: stage, spawner: stage)
            let ended = Log<Int64>()
            let began = stage.now
            for seconds in [30, 20] as [Int64] {
                stage.spawn {
                    let aggregate = await hub.wait(
                        Sample.paymentID, until: began + seconds, isEnough: { _ in true }, begin: {})
                    #expect(aggregate == nil)
                    ended.append(seconds)
                }
            }
            await stage.sleep(seconds: 1)
            hub.end()
            let later = await hub.wait(Sample.paymentID, until: began + 30, isEnough: { _ in true }) { ended.append(0) }
            #expect(later == nil && stage.now == began + 1)
            await stage.sleep(milliseconds: 1)
            #expect(ended.values.sorted() == [0, 20, 30])
        }
    }

    @Test func `every wait ends in its turn`() throws {
        let stage = Stage(seed: 7)
        try stage.run {
            let hub = ChangeHub(time: stage, spawner: stage)
            let ended = Log<Int64>()
            let began = stage.now
            for seconds in [8, 1, 5, 3, 3, 2, 9, 1] as [Int64] {
                stage.spawn {
                    _ = await hub.wait(Sample.paymentID, until: began + seconds, isEnough: { _ in false }, begin: {})
                    ended.append(seconds)
                }
                await stage.sleep(milliseconds: 10)
            }
            await stage.sleep(seconds: 10)
            #expect(ended.values == [1, 1, 2, 3, 3, 5, 8, 9])
        }
    }
}
