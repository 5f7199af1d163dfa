import Router
import Testing

@testable import Host

@Suite("The pages of documentation")
struct DocsPagesTests {
    @Test("explain every problem: title, cause, remedy, money", arguments: ProblemCode.allCases)
    func problem(code: ProblemCode) async throws {
        let page = try await ServedDocs().text("/problems/\(code.rawValue)")
        for text in [code.title, code.page.cause, code.page.remedy, code.money] {
            #expect(page.contains(HTML.inline(text)), "\(text)")
        }
        #expect(page.contains("HTTP status \(code.status)"))
    }

    @Test("are not there for other codes")
    func unknownProblem() async throws {
        let docs = try ServedDocs()
        await #expect(throws: Problem.self) { try await docs.get("/problems/nonsense") }
    }

    @Test("load nothing, run nothing, and say so to the browser", arguments: ["/docs", "/problems/not_found"])
    func closed(path: String) async throws {
        let response = try await ServedDocs().get(path)
        let page = String(decoding: response.body, as: UTF8.self)
        let policy = try #require(response.headers.first { $0.name == "content-security-policy" }?.value)
        #expect(policy.hasPrefix("default-src 'none';"))
        #expect(!policy.contains("unsafe"))
        for forbidden in ["<script", " src=", "<link", "@import", "url(", "<iframe", "<form", " style=", " onclick="] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        #expect(page.contains("name=\"viewport\""))
        #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
    }

    @Test("have no dead links")
    func links() async throws {
        let docs = try ServedDocs()
        let page = try await docs.text("/docs")
        let ids = page.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        for match in page.matches(of: /href="([^"]*)"/) {
            let target = String(match.1)
            if target.hasPrefix("#") {
                #expect(ids.contains(String(target.dropFirst())), "\(target)")
            } else {
                await #expect(throws: Never.self, "\(target)") { try await docs.get("/" + target) }
            }
        }
    }

    @Test("tell what every status and every action means")
    func vocabulary() async throws {
        let docs = try ServedDocs()
        let types = try await docs.document()["components"]?["schemas"]?["NextAction"]?["properties"]?["type"]?["enum"]
        let words = OrderStatus.allCases.map(\.rawValue) + (types?.arrayValue ?? []).compactMap(\.stringValue)
        for word in words {
            #expect(Guide.text.contains("<th scope=\"row\"><code>\(word)</code></th>"), "\(word)")
        }
        for chapter in Guide.chapters { #expect(Guide.text.contains("id=\"\(chapter.anchor)\"")) }
    }

    @Test("are where a browser looks first")
    func root() async throws {
        let response = try await ServedDocs().get("/")
        #expect(response.status == 302)
        #expect(response.headers.contains { $0.name == "location" && $0.value == "/docs" })
    }

    @Test(
        "show text as text",
        arguments: [
            ("a < b & \"c\"", "a &lt; b &amp; &quot;c&quot;"), ("`x<y`", "<code>x&lt;y</code>"),
            ("**not** so", "<strong>not</strong> so"),
        ])
    func markup(text: String, html: String) { #expect(HTML.inline(text) == html) }
}
