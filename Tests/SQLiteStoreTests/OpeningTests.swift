import Foundation
import Router
import SQLiteStore
import Testing

@Suite struct OpeningTests {
    @Test func `a second store on the same file is refused until the first closes`() async throws {
        let folder = try TemporaryFolder()
        let first = try await TestKeys.open(folder)
        await #expect(throws: StoreFailure.self) { try await TestKeys.open(folder) }
        do {
            _ = try await TestKeys.open(folder)
        } catch let failure as StoreFailure {
            #expect(failure.kind == .busy)
            #expect(failure.detail.contains("another router"))
        }
        await first.close()
        let second = try await TestKeys.open(folder)
        await second.close()
    }

    @Test func `epochs rise over restarts`() async throws {
        let folder = try TemporaryFolder()
        for expected: Int64 in 1...3 {
            let store = try await TestKeys.open(folder)
            #expect(try await store.takeEpoch() == expected)
            await store.close()
        }
    }
}
