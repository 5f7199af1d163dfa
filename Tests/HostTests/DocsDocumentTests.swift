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
            // Pages of the console are for people.
            if case .console = entry.access { continue }
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
        let document = try await ServedDocs().document()
        let operations = operations(document)
        let names = operations.values.compactMap { $0["operationId"]?.stringValue }
        #expect(names.count == operations.count)
        #expect(Set(names).count == names.count)
        for (name, operation) in operations {
            for response in operation["responses"]?.objectValue?.members ?? [] {
                let answer = document.resolved(response.value)
                #expect(answer["headers"]?["Request-Id"] != nil, "\(name) \(response.name)")
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
        let responses = document["components"]?["responses"]
        for status in Set(ProblemCode.allCases.map(\.status)) {
            let content = responses?["Problem\(status)"]?["content"]?["application/problem+json"]
            let told = content?["examples"]?.objectValue?.members.map(\.name)
            #expect(told == ProblemCode.allCases.filter { $0.status == status }.map(\.rawValue), "\(status)")
        }
    }

    @Test
    func `says of every call for which reasons it is refused, and each of them has its answer`() async throws {
        let document = try await ServedDocs().document()
        for (name, operation) in operations(document) {
            let codes = (operation["x-problems"]?.arrayValue ?? []).map { ProblemCode(rawValue: $0.stringValue ?? "") }
            let told = (operation["responses"]?.objectValue?.members ?? []).filter {
                $0.value["$ref"]?.stringValue == "#/components/responses/Problem\($0.name)"
            }
            #expect(!codes.isEmpty && !codes.contains(nil), "\(name)")
            #expect(Set(told.map(\.name)) == Set(codes.map { String($0?.status ?? 0) }), "\(name)")
        }
    }

    /// A list that stands in code is taken from there (`x-values`); these few stand nowhere else.
    @Test
    func `takes its lists of values from code`() throws {
        let files = Resources.Openapi.all.filter { $0.name != "webhook.json" }
        let lists = try files.flatMap { file in
            everything(in: try OpenAPISource.parsed(file.text, file.name)).filter { $0.pointer.hasSuffix("/enum") }
        }
        let names = lists.compactMap { $0.pointer.split(separator: "/").dropLast().last { $0 != "items" } }
        #expect(names.sorted() == ["health", "method", "requires", "what"])
    }

    @Test
    func `stays small: what calls share stands once`() async throws {
        for (name, operation) in operations(try await ServedDocs().document()) {
            #expect(operation.serialized().count <= 2_500, "\(name)")
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
            let value = try #require(document.resolved(example.value)["value"])
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
