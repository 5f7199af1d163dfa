import Router
import RouterTestKit
import Testing

/// The promises that kinds from outside are held to hold for the built-in ones, in all operations they have.
@Suite("Conformance")
struct ConformanceTests {
    @Test(arguments: Described.all.map(\.name))
    func `every promise is kept`(name: String) async throws {
        let described = try #require(Described.all.first { $0.name == name })
        let (provider, description) = try described.make()
        let report = await ProviderConformance(provider, description).report()
        for violation in report.violations { Issue.record("\(violation)") }
        #expect(report.tried.values.reduce(0, +) > 200)
    }

    @Test
    func `every configuration of every kind is attacked`() {
        let all = Sample.configurations + Sample.billers
        #expect(Set(all.map(\.name)).subtracting(Described.all.map(\.name)) == [])
    }
}
