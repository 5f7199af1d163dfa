import RouterTestKit
import Testing

@testable import Router

/// Whoever asks where to send payments hears of a store that could not write.
@Suite struct StoreTroubleTests {
    @Test
    func `ten seconds after a failed write payments may come again`() throws {
        try Rig.run({ $0.add("alpha") }) { rig in
            #expect(!rig.engine.isStoreTroubled)
            rig.store.inject { _, _ in .failsBefore }
            try #require(await rig.engine.create(rig.command(key: "lost")).isUnknown, "accepted")
            #expect(rig.engine.isStoreTroubled)
            rig.store.inject(nil)
            await rig.stage.sleep(seconds: 9)
            #expect(rig.engine.isStoreTroubled)
            await rig.stage.sleep(seconds: 2)
            #expect(!rig.engine.isStoreTroubled)
            try await rig.create(key: "next")
            #expect(!rig.engine.isStoreTroubled)
        }
    }
}
