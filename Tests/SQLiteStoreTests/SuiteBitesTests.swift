import Router
import RouterTestKit
import Testing

/// A contract that lets a broken store pass is worth nothing: each of these breaks one promise and must be caught.
@Suite struct SuiteBitesTests {

    @Test func aStoreThatLosesEverythingAtRestartIsCaught() async {
        let suite = StoreContractSuite(make: { MemoryStore() }, reopen: { _ in MemoryStore() })
        #expect(await suite.violations(.reopening).count > 5)
    }

    @Test func aStoreThatFailsIsCaughtByEveryCheck() async {
        let suite = StoreContractSuite(
            make: { MemoryStore { _ in .fail(StoreFailure(.inputOutput)) } }, reopen: { $0 })
        for check in StoreContractSuite.Check.allCases {
            #expect(await !suite.violations(check).isEmpty, "\(check)")
        }
    }
}
