import Crypto
import Foundation
import Pages
import Router
import Testing

@testable import Host

@Suite("The pages of documentation")
struct DocsPagesTests {
    @Test(arguments: ProblemCode.allCases)
    func `explain every problem: title, cause, remedy, money`(code: ProblemCode) async throws {
        let page = try await ServedDocs().text("/problems/\(code.rawValue)")
        for text in [code.title, code.page.cause, code.page.remedy, code.money] {
            #expect(page.contains(try shown(text)), "\(text)")
        }
        #expect(page.contains("HTTP status \(code.status)"))
    }

    @Test
    func `are not there for other codes`() async throws {
        let docs = try ServedDocs()
        await #expect(throws: Problem.self) { try await docs.get("/problems/nonsense") }
    }

    @Test(arguments: [("/docs", 2), ("/problems/not_found", 0)])
    func `load nothing, run nothing but search and explorer, and say so to the browser`(
        path: String, scripts: Int
    ) async throws {
        let response = try await ServedDocs().get(path)
        let page = String(decoding: response.body, as: UTF8.self)
        let policy = try #require(response.headers.first { $0.name == "content-security-policy" }?.value)
        #expect(policy.hasPrefix("default-src 'none';") && policy.contains("form-action 'none'"))
        #expect(!policy.contains("unsafe"))
        let found = page.matches(of: /<script>([\s\S]*?)<\/script>/).map { String($0.1) }
        #expect(found.count == scripts && page.ranges(of: "<script").count == scripts)
        let hashes = found.map { "'sha256-\(Data(SHA256.hash(data: Array($0.utf8))).base64EncodedString())'" }
        let rules = policy.split(separator: "; ").filter { $0.hasPrefix("script-src") || $0.hasPrefix("connect-src") }
        #expect(
            rules == (scripts > 0 ? ["script-src \(hashes.joined(separator: " "))", "connect-src 'self'"] : []))
        for script in found {
            for risk in [
                "innerHTML", "insertAdjacent", "document.write", "eval(", "XMLHttp", "import(", "localStorage",
                "sessionStorage", "cookie", "indexedDB", "history.", "location",
            ] { #expect(!script.contains(risk), "\(risk)") }
        }
        #expect(found.map { $0.ranges(of: "fetch(").count } == (scripts > 0 ? [0, 1] : []))
        let forbidden = [" src=", "<link", "@import", "url(", "<iframe", "<form a", "<form m", " style=", " onclick="]
        for forbidden in forbidden { #expect(!page.contains(forbidden), "\(forbidden)") }
        #expect(page.contains("name=\"viewport\""))
        #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
    }

    @Test
    func `have no dead links`() async throws {
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

    @Test
    func `tell what every status and every action means`() async throws {
        let docs = try ServedDocs()
        let types = try await docs.document()["components"]?["schemas"]?["NextAction"]?["properties"]?["type"]?["enum"]
        let words = OrderStatus.allCases.map(\.rawValue) + (types?.arrayValue ?? []).compactMap(\.stringValue)
        for word in words {
            #expect(guideText.contains("<th scope=\"row\"><code>\(word)</code></th>"), "\(word)")
        }
    }

    @Test
    func `lead to every chapter and every call`() async throws {
        let docs = try ServedDocs()
        let page = try await docs.text("/docs")
        let start = try #require(page.firstRange(of: "<nav")?.lowerBound)
        let nav = page[start..<(try #require(page.firstRange(of: "</nav>")?.lowerBound))]
        let chapters = page.matches(of: /<h2 id="([^"]*)"/).map { String($0.1) }
        #expect(chapters.count > 20)
        let links = nav.matches(of: /href="#([^"]*)"/).map { String($0.1) }
        #expect(links.filter(chapters.contains) == chapters, "each once, in their order")
        for (name, text) in Resources.Docs.Guide.all {
            let chapter = String(name.prefix { $0 != "." })
            #expect(chapters.contains(chapter) && text.hasPrefix("<section>\n<h2 id=\"\(chapter)\">"), "\(name)")
        }
        for path in try await docs.document()["paths"]?.objectValue?.members ?? [] {
            for call in path.value.objectValue?.members ?? [] {
                let id = try #require(call.value["operationId"]?.stringValue)
                #expect(nav.contains("href=\"#\(id)\""), "\(id)")
            }
        }
    }

    @Test
    func `tell of checkout.js every attribute that it reads, and no other`() throws {
        let script = Resources.Pay.checkoutJS
        var read = Set(script.matches(of: /(?:^|[^.a-z])data\.([a-z]+)/).map { String($0.1) })
        // Read in a loop over their names.
        let names = try #require(script.firstMatch(of: /\[([a-z', ]+)\]\.forEach\(function\(n\) \{\s*if \(data\[n\]\)/))
            .1
        read.formUnion(names.split(separator: ",").map { $0.trimmingCharacters(in: ["'", " "]) })
        let told = Set(
            Resources.Docs.Guide.checkout.matches(of: /<th scope="row"><code>data-([a-z]+)</).map { String($0.1) })
        #expect(read == told)
        let fields = Set(script.matches(of: /field\('([a-z_]+)'/).map { String($0.1) })
        #expect(fields == ["payment_id", "payment_status", "payment_code"])
        for field in fields { #expect(Resources.Docs.Guide.checkout.contains("<code>\(field)</code>")) }
    }

    @Test
    func `name every event, every call without a key and every call with an idempotency key`() async throws {
        let docs = try ServedDocs()
        let page = try await docs.text("/docs")
        for type in EventTypes.known { #expect(page.contains("<code>\(type)</code>"), "\(type)") }
        let kinds = OrderKind.allCases.map { $0.rawValue + "." } + ["bill."]
        #expect(EventTypes.known.allSatisfy { type in kinds.contains { type.hasPrefix($0) } })
        #expect(!page.contains("{{"))
        let keys = try chapter(page, "keys")
        let calls = try OpenAPISource.embedded().parts.flatMap(\.calls)
        for call in calls where call.access != .secretKey {
            #expect(keys.contains("<code>\(call.method) \(call.path)</code>"), "\(call.path)")
        }
        let keyed = try chapter(page, "idempotency")
        for call in calls where call.takesIdempotencyKey {
            #expect(keyed.contains("<code>\(call.method) \(call.path)</code>"), "\(call.path)")
        }
    }

    @Test
    func `are where a browser looks first`() async throws {
        let response = try await ServedDocs().get("/")
        #expect(response.status == 302)
        #expect(response.headers.contains { $0.name == "location" && $0.value == "/docs" })
    }

    @Test(arguments: [
        ("a < b & \"c\"", "a &lt; b &amp; &quot;c&quot;"), ("`x<y`", "<code>x&lt;y</code>"),
        ("**not** so", "<strong>not</strong> so"),
    ])
    func `show text as text`(text: String, html: String) throws { #expect(try shown(text) == html) }

    private enum Words: String, CaseIterable {
        case words = "docs.words"
    }

    /// What stands between a heading and the end of its section.
    private func chapter(_ page: String, _ anchor: String) throws -> Substring {
        let rest = page[(try #require(page.firstRange(of: "id=\"\(anchor)\"")?.lowerBound))...]
        return rest[..<(try #require(rest.firstRange(of: "</section>")?.lowerBound))]
    }

    /// A line of a description as the pages show it.
    private func shown(_ text: String) throws -> String {
        let templates = try PageTemplates<Words>([(Words.words.rawValue, Resources.Docs.words)])
        return templates.render(.words, ["words": .list(MarkedText.line(text))])
    }
}

/// The guide's chapters before they are filled.
private let guideText = Resources.Docs.Guide.all.map(\.text).joined()
