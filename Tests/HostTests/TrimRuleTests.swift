import Testing

@testable import Host

/// When memory goes back to the system.
@Suite("Giving memory back") struct TrimRuleTests {
    private func due(_ work: [Int]) -> [Int] {
        var rule = TrimRule()
        return work.indices.filter { rule.isDue(work: work[$0]) }
    }

    @Test
    func `once after a storm, when it is quiet; never without one, nor within one`() {
        #expect(due([0, 0, 0, 0, 5, 8, 0]).isEmpty)
        #expect(due([31, 0, 0, 0, 0]).isEmpty)
        #expect(due([32, 8, 0, 1, 0, 0, 0]) == [3])
        #expect(due([400, 0, 0, 9, 0, 0, 0, 0]) == [6])
        #expect(due([40, 0, 0, 0, 40, 0, 0, 0]) == [3, 7])
        #expect(due([40, 40, 40, 20, 20, 20]).isEmpty)
    }
}
