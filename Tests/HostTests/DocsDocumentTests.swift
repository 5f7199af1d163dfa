import Router
import Testing

@testable import Host

@Suite("The OpenAPI document")
struct DocsDocumentTests {
    /// `{rest...}` takes no segment or several; OpenAPI has no such template, so it is described as two paths.
    private func described(_ template: String) -> [String] {
        guard template.hasSuffix("/{rest...}") else { return [template] }
        let stem = String(template.dropLast("/{rest...}".count))
        return [stem, stem + "/{rest}"]
    }

    private func operations(_ document: JSONValue) -> [String: JSONValue] {
        var result: [String: JSONValue] = [:]
        for path in document["paths"]?.objectValue?.members ?? [] {
            for operation in path.value.objectValue?.members ?? [] {
                result["\(operation.name.uppercased()) \(path.name)"] = operation.value
            }
        }
        return result
    }

    @Test
    func `describes every call there is and no other, each with the keys it takes`() async throws {
        let operations = operations(try await ServedDocs().document())
        var routed: Set<String> = []
        for entry in try await publicRoutes().entries {
            for path in described(entry.template) {
                let name = "\(entry.method) \(path)"
                routed.insert(name)
                #expect(operations[name]?["security"] == OpenAPIDocument.security(entry.access), "\(name)")
            }
        }
        #expect(Set(operations.keys).subtracting(routed).sorted() == [])
        #expect(routed.subtracting(operations.keys).sorted() == [])
    }

    @Test
    func `names every operation once, and every answer is numbered`() async throws {
        let operations = operations(try await ServedDocs().document())
        let names = operations.values.compactMap { $0["operationId"]?.stringValue }
        #expect(names.count == operations.count)
        #expect(Set(names).count == names.count)
        for (name, operation) in operations {
            for response in operation["responses"]?.objectValue?.members ?? [] {
                #expect(response.value["headers"]?["Request-Id"] != nil, "\(name) \(response.name)")
            }
        }
    }

    @Test
    func `refers only to what it holds`() async throws {
        let all = everything(in: try await ServedDocs().document())
        let known = Set(all.map { "#" + $0.pointer })
        let operations = Set(all.filter { $0.pointer.hasSuffix("/operationId") }.compactMap(\.value.stringValue))
        for (pointer, value) in all {
            if pointer.hasSuffix("/$ref"), let target = value.stringValue {
                #expect(known.contains(target), "\(pointer) leads to \(target)")
            }
            if pointer.contains("/links/"), pointer.hasSuffix("/operationId") {
                #expect(operations.contains(value.stringValue ?? ""), "\(pointer)")
            }
            #expect(!pointer.hasSuffix("/x-values"))
        }
    }

    @Test
    func `tells every problem code with its status`() async throws {
        let document = try await ServedDocs().document()
        let codes = document["components"]?["schemas"]?["Problem"]?["properties"]?["code"]?["enum"]?.arrayValue ?? []
        #expect(codes.compactMap(\.stringValue) == ProblemCode.allCases.map(\.rawValue))
        for (name, operation) in operations(document) {
            for response in operation["responses"]?.objectValue?.members ?? [] {
                let content = response.value["content"]?["application/problem+json"]
                for example in content?["examples"]?.objectValue?.members ?? [] {
                    let code = ProblemCode(rawValue: example.name)
                    #expect(code.map { String($0.status) } == response.name, "\(name) \(example.name)")
                }
            }
        }
    }

    @Test
    func `describes every type of event as a webhook`() async throws {
        let names = try await ServedDocs().document()["webhooks"]?.objectValue?.members.map(\.name) ?? []
        #expect(names == EventTypes.known)
    }

    @Test
    func `has examples that the router reads`() async throws {
        let document = try await ServedDocs().document()
        let content = document["paths"]?["/v1/payments"]?["post"]?["requestBody"]?["content"]?["application/json"]
        let examples = content?["examples"]?.objectValue?.members ?? []
        #expect(examples.count > 4)
        for example in examples {
            let value = try #require(example.value["value"])
            let input = try JSONBody.decode(PaymentInput.self, value)
            _ = try input.checked(knownChannels: ["tmoney", "flouci", "flouci-code", "card"], country: nil)
        }
    }

    @Test(arguments: [
        "0e3f9a52-7c0e-4b8a-9e64-2f0b6a1c8d37", "\"0e3f9a52-7c0e-4b8a-9e64-2f0b6a1c8d37\"",
        "\"a\\\"b\\\\c-0123456789\"",
        "\"0123456789abcdef\";v=1", "short", "\"short\"", "\"0123456789abcdef", "\"0123456789abc\\x\"",
        "0123456789abcdef,b",
        "0123456789 abcdef",
    ])
    func `keeps the headers it demands of keys: both spellings, nothing else`(key: String) async throws {
        let parameters = try await ServedDocs().document()["components"]?["parameters"]
        let pattern = try #require(parameters?["IdempotencyKey"]?["schema"]?["pattern"]?.stringValue)
        let isRead = (try? IdempotencyKey.parse([key]).get()) != nil
        #expect((try Regex(pattern).wholeMatch(in: key) != nil) == isRead)
    }
}
