import Testing

@testable import Host

/// Who may have how many descriptors, by the limit.
@Suite struct DescriptorBudgetTests {
    @Test(arguments: [
        (256, false, 69, 31, 0), (256, true, 42, 31, 31), (1_024, false, 494, 223, 0), (1_024, true, 294, 223, 223),
        (20_000, true, 4_096, 4_096, 4_096), (1_048_576, false, 4_096, 4_096, 0),
    ])
    func `divides a limit`(_ limit: Int, _ sandbox: Bool, _ listener: Int, _ outgoing: Int, _ operators: Int) throws {
        let budget = try DescriptorBudget(limit: limit, loops: 2, sandbox: sandbox)
        #expect(budget.listenerConnections == listener)
        #expect(budget.outgoingConnections == outgoing)
        #expect(budget.sandboxConnections == operators)
    }

    /// Whatever the limit: all that may be open together leaves the reserve free.
    @Test func `never gives away more than there is`() throws {
        for loops in [1, 2, 8, 64] {
            for sandbox in [false, true] {
                let least = DescriptorBudget.least(loops: loops, sandbox: sandbox)
                for limit in least..<(least + 3_000) {
                    let budget = try DescriptorBudget(limit: limit, loops: loops, sandbox: sandbox)
                    let sum =
                        budget.listenerConnections + budget.politeRefusals + budget.outgoingConnections * 3 / 2
                        + budget.sandboxConnections + budget.controlConnections
                    #expect(sum + 4 * loops + 68 <= budget.connectionCeiling)
                    #expect(budget.listenerConnections >= 16)
                    #expect(budget.outgoingConnections >= 16)
                    #expect(budget.connectionCeiling < limit)
                }
            }
        }
    }

    @Test func `refuses what nothing works with`() throws {
        let least = DescriptorBudget.least(loops: 2, sandbox: true)
        #expect(least < 256, "the lowest limit that is tested")
        let failure = #expect(throws: StartFailure.self) {
            try DescriptorBudget(limit: least - 1, loops: 2, sandbox: true)
        }
        let text = failure?.description ?? ""
        #expect(text.contains("\(least - 1)"))
        #expect(text.contains("at least \(least)"))
        #expect(text.contains("ulimit -n"))
    }
}

@Suite struct DescriptorLimitTests {
    @Test(
        arguments: [
            (1_024, 20_000, 20_000), (1_024, 1_024, 1_024), (256, 256, 256), (1_024, UInt64.max, 1_048_576),
            (2_000_000, 4_000_000, 2_000_000),
        ] as [(UInt64, UInt64, UInt64)])
    func `is raised to the hard one and never lowered`(_ soft: UInt64, _ hard: UInt64, _ wanted: UInt64) {
        #expect(DescriptorLimit.wanted(soft: soft, hard: hard) == wanted)
    }

    @Test func `what is open is known`() throws {
        let open = try #require(DescriptorLimit.open)
        #expect(open >= 3)
        #expect(open < DescriptorLimit.current)
    }
}
