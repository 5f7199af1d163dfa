import Testing

@testable import Host

/// No call without a key is in no class of the limiter.
@Suite("Classes of keyless calls") struct LimitClassTests {
    @Test("every keyless route has a class, and every class a route")
    func routes() async throws {
        var seen: Set<LimitClass> = []
        for entry in try await publicRoutes().entries where entry.access == .open {
            let name = LimitClass.of(method: entry.method, template: entry.template)
            #expect(name != nil, "\(entry.method) \(entry.template) needs no key and is in no class")
            if let name { seen.insert(name) }
        }
        #expect(seen == Set(LimitClass.allCases))
        #expect(LimitClass.of(method: "POST", template: "/v1/new") == nil)
    }

    @Test("only making a payment is a checkout")
    func checkout() {
        #expect(LimitClass.of(method: "POST", template: "/checkout") == .checkout)
        #expect(LimitClass.of(method: "GET", template: "/checkout") == .pages)
        #expect(LimitClass.of(method: "GET", template: "/pay/{id}/events") == .pages)
    }
}
