import Router
import Testing

@testable import Host
@testable import SandboxHosting

@Suite("Test values in the documentation")
struct DocsTestValueTests {
    private let guide = Resources.Docs.Guide.sandbox

    @Test func `are linked from the top of the page`() async throws {
        let page = try await ServedDocs().text("/docs")
        let top = page[..<(try #require(page.firstRange(of: "</header>")?.lowerBound))]
        #expect(top.contains("href=\"#test-phones\"") && page.contains("id=\"test-phones\""))
    }

    @Test func `have every phone number of tmoney, with what it does and how it ends`() {
        let values = phones().filter { $0.channel == "tmoney" }
        #expect(values.count > 20)
        for value in values {
            let row = [
                "<th scope=\"row\"><code>+\(value.trigger)</code></th><td><code>\(value.outcome)</code>",
                "ends <code>\(value.status.rawValue)</code>: ",
            ]
            #expect(guide.contains(row.joined(separator: ", ")), "\(value.trigger)")
        }
    }

    @Test func `have the beginning of every other phone number, whose end does the same`() throws {
        let values = phones().filter { $0.channel != "tmoney" }
        #expect(values.count > 40)
        for value in values {
            let ends = guide.matches(of: /<code>\+2289000([0-9]+)<\/code><\/th><td><code>([a-z_]+)</)
            #expect(ends.contains { value.trigger.hasSuffix($0.1) && value.outcome == $0.2 }, "\(value.trigger)")
            #expect(guide.contains("<code>+\(value.trigger.dropLast(2))01</code>"), "\(value.trigger)")
            #expect(guide.contains("<code>\(value.channel)</code>"), "\(value.channel)")
        }
    }

    @Test func `name no value that does nothing`() {
        let known = Set(TestValues.all.map(\.trigger))
        let told = guide.matches(of: /<code>\+?([0-9]{4,}|tok_[a-zA-Z]+)<\/code>/).map { String($0.1) }
        #expect(told.count > 20)
        for value in told { #expect(known.contains(value), "\(value)") }
    }

    private func phones() -> [TestValues] { TestValues.all.filter { $0.place == "phone" } }
}
