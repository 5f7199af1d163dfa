import Foundation
import Router
import Testing

@testable import Host

@Suite("Forms that try calls")
struct CallFormTests {
    /// A call of the document with its part of the page.
    private struct Shown {
        var id: String
        var method: String
        var path: String
        var operation: JSONValue
        var html: String
    }

    private func calls() async throws -> (document: JSONValue, calls: [Shown]) {
        let docs = try ServedDocs()
        let (document, page) = (try await docs.document(), try await docs.text("/docs"))
        var calls: [Shown] = []
        for path in document["paths"]?.objectValue?.members ?? [] {
            for call in path.value.objectValue?.members ?? [] where call.value["operationId"] != nil {
                let id = try #require(call.value["operationId"]?.stringValue)
                let rest = page[(try #require(page.firstRange(of: "<section id=\"\(id)\">")?.lowerBound))...]
                let html = rest[..<(try #require(rest.firstRange(of: "</section>")?.lowerBound))]
                calls.append(
                    Shown(
                        id: id, method: call.name.uppercased(), path: path.name, operation: call.value,
                        html: String(html)))
            }
        }
        return (document, calls)
    }

    @Test func `are there for every call; pages, callbacks and metrics say why they have none`() async throws {
        let calls = try await calls().calls
        #expect(calls.count > 150)
        for call in calls {
            let hasForm = call.html.contains(
                "<details class=\"try\" data-method=\"\(call.method)\" data-path=\"\(call.path)\"")
            #expect(call.html.contains("<h4>With curl</h4>") == hasForm, "\(call.id)")
            if call.path.hasPrefix("/v1/") { #expect(hasForm, "\(call.id)") }
            let reasons = ["This is for browsers:", "Operators call this", "There is no form for it here"]
            #expect(reasons.contains { call.html.contains($0) } != hasForm, "\(call.id)")
        }
        #expect(calls.filter { $0.html.contains("class=\"try\"") }.count > 80)
    }

    @Test func `have a field for each parameter, and a body where one is taken`() async throws {
        let (document, calls) = try await calls()
        for call in calls where call.html.contains("class=\"try\"") {
            let parameters = (call.operation["parameters"]?.arrayValue ?? []).map(document.resolved)
            #expect(call.html.ranges(of: " data-in=\"").count == parameters.count, "\(call.id)")
            for parameter in parameters {
                let name = try #require(parameter["name"]?.stringValue)
                let place = try #require(parameter["in"]?.stringValue)
                let field = "id=\"try-\(call.id)-\(place)-\(name)\" data-name=\"\(name)\" data-in=\"\(place)\""
                let isRequired = parameter["required"] == true
                #expect(call.html.contains(field + (isRequired ? " required" : "")), "\(call.id) \(name)")
                #expect(call.html.contains("for=\"try-\(call.id)-\(place)-\(name)\""), "\(call.id) \(name)")
                if name == "Idempotency-Key" { #expect(call.html.contains("data-fresh=\"1\""), "\(call.id)") }
            }
            let takesBody = call.operation["requestBody"] != nil
            #expect(call.html.contains("<textarea") == takesBody, "\(call.id) has a body and no example of one")
        }
    }

    @Test func `name whose key a call takes, and have no key in them`() async throws {
        for call in try await calls().calls where call.html.contains("class=\"try\"") {
            let (access, variable): (String, String?) =
                switch call.operation["security"] {
                case OpenAPIDocument.security(.open): ("none", nil)
                case OpenAPIDocument.security(.holder): ("holder", "HOLDER_TOKEN")
                default: ("key", "PAYROUTER_KEY")
                }
            #expect(call.html.contains("data-access=\"\(access)\""), "\(call.id)")
            let line = try self.line(call)
            #expect(line.contains("Authorization") == (variable != nil), "\(call.id)")
            if let variable { #expect(line.contains("-H \"Authorization: Bearer $\(variable)\""), "\(call.id)") }
            #expect(!line.contains("sk_") && !line.contains("{id}"), "\(call.id)")
        }
    }

    @Test func `give a payment's line with address, fresh key and the example's body`() async throws {
        let call = try #require(try await calls().calls.first { $0.id == "createPayment" })
        let line = try line(call)
        #expect(
            line.hasPrefix(
                "curl -i 'https://pay.example/v1/payments' \\\n  -H \"Authorization: Bearer $PAYROUTER_KEY\""))
        #expect(line.contains("-H \"Idempotency-Key: $(openssl rand -hex 16)\""))
        let body = try #require(line.firstMatch(of: /--data-raw '([^']*)'/)).1
        #expect(try StrictJSON.parse(Array(body.utf8))["channel"] == "tmoney")
    }

    @Test func `fill in what an address needs`() async throws {
        let calls = try await calls().calls
        for call in calls where call.html.contains("class=\"try\"") && call.path.contains("{") {
            #expect(
                try !line(call).contains("{\(call.path.split(separator: "{")[1].prefix { $0 != "}" })}"), "\(call.id)")
        }
    }

    /// The line for `curl` as a reader sees it.
    private func line(_ call: Shown) throws -> String {
        let escaped = try #require(call.html.firstMatch(of: /<pre class="curl" tabindex="0"><code>([^<]*)<\/code>/)).1
        return String(escaped).replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing(
            "&gt;", with: ">"
        )
        .replacing("&lt;", with: "<").replacing("&amp;", with: "&")
    }
}
