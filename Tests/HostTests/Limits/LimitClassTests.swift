import Testing

@testable import Host

/// No call without a key is in no class of the limiter.
@Suite("Classes of keyless calls") struct LimitClassTests {
    @Test
    func `every keyless route has a class, and every class a route`() async throws {
        var seen: Set<LimitClass> = []
        for entry in try await publicRoutes().entries where entry.access == .open {
            let name = entry.limit
            #expect(name != nil, "\(entry.method) \(entry.template) needs no key and is in no class")
            if let name { seen.insert(name) }
        }
        #expect(seen == Set(LimitClass.allCases))
    }

    @Test
    func `each class holds for the routes it was made for, and for no others`() async throws {
        var found: [LimitClass: Set<String>] = [:]
        for entry in try await publicRoutes().entries {
            guard let limit = entry.limit else { continue }
            if case .console = entry.access {
                #expect(limit == (entry.template == "/console/signup" && entry.method == "POST" ? .signUps : .pages))
                continue
            }
            #expect(entry.access == .open, "\(entry.template) is limited by its key")
            found[limit, default: []].insert("\(entry.method) \(entry.template)")
        }
        // All of them make a payment for a stranger.
        #expect(found[.checkout] == ["POST /checkout", "POST /bill/{code}", "POST /shop/{key}", "POST /w/{id}"])
        #expect(found[.signUps] == ["POST /v1/wallet/signup", "POST /wallet/signup"])
        let pictures = ["payments", "wallets"].flatMap { name in
            ["svg", "png"].map { "GET /v1/\(name)/{id}/qr.\($0)" }
        }
        #expect(
            found[.qr]
                == Set(
                    pictures + [
                        "GET /v1/bills/{id}/qr.svg", "GET /shop/{key}/qr.svg", "GET /shop/{key}/qr.png",
                        "GET /pay/{id}/wallet.svg",
                    ]))
        #expect(
            found[.documentation] == [
                "GET /", "GET /docs", "GET /openapi-3.0.json", "GET /openapi.json", "GET /problems/{code}",
            ])
        #expect(found[.operations]?.isSuperset(of: ["GET /health/live", "GET /health/ready"]) == true)
        #expect(found[.operations]?.allSatisfy { $0.hasPrefix("GET /health/") || $0 == "GET /metrics" } == true)
        #expect(found[.callbacks]?.allSatisfy { $0.hasSuffix(" /callbacks/{provider}/{rest...}") } == true)
        let pages = found[.pages] ?? []
        let signing = Set(
            ["login", "password/forgotten", "password/reset", "email/confirm"].map { "POST /v1/wallet/\($0)" }
        )
        #expect(pages.isSuperset(of: ["GET /checkout", "GET /checkout.js", "GET /pay/{id}/events"]))
        #expect(
            pages.allSatisfy { page in
                page.contains(" /pay/") || page.hasPrefix("GET /checkout") || page == "GET /w/{id}"
                    || page == "GET /bill/{code}" || page == "GET /shop/{key}" || page.contains(" /wallet")
                    || signing.contains(page)
            })
        #expect(pages.isSuperset(of: signing))
    }
}
