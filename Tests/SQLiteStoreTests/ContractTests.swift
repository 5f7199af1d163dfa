import Router
import RouterTestKit
import SQLiteStore
import Testing

@Suite struct ContractTests {
    /// Once from the file alone, once with a few orders in memory, so that they come and go.
    @Test(arguments: StoreContractSuite.Check.allCases, [0, 6])
    func `sqlite keeps the promises of a store`(_ check: StoreContractSuite.Check, _ recent: Int) async throws {
        let folder = try TemporaryFolder()
        let suite = StoreContractSuite(
            seed: 20_261_121, make: { try await TestKeys.open(folder) { $0.recentOrders = recent } },
            reopen: { store in
                await store.close()
                return try await TestKeys.open(folder) { $0.recentOrders = recent }
            })
        let violations = await suite.violations(check)
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }

    @Test(arguments: StoreContractSuite.Check.allCases)
    func `memory keeps the promises of a store`(_ check: StoreContractSuite.Check) async throws {
        let suite = StoreContractSuite(
            seed: 20_261_121, make: { MemoryStore() },
            reopen: { store in
                guard let memory = store as? MemoryStore else { throw StoreFailure(.other, "another store") }
                return MemoryStore(from: memory.snapshot())
            })
        let violations = await suite.violations(check)
        #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }
}
