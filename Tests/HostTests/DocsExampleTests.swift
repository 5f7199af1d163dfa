import Router
import Testing

@testable import Host

/// The answers shown beside the calls.
@Suite("Example answers")
struct DocsExampleTests {
    /// What a router answered to this operation, if it stands beside this answer.
    private func example(_ answer: Described, _ document: JSONValue) -> JSONValue? {
        answer.content["examples"]?[answer.id].flatMap { document.resolved($0)["value"] }
    }

    private struct Described {
        var id: String
        var status: String
        var content: JSONValue
    }

    private func answers(_ document: JSONValue) -> [Described] {
        (document["paths"]?.objectValue?.members ?? []).flatMap { path in
            (path.value.objectValue?.members ?? []).flatMap { call in
                (call.value["responses"]?.objectValue?.members ?? []).compactMap { response -> Described? in
                    let answer = document.resolved(response.value)
                    guard response.name.hasPrefix("2"), let content = answer["content"]?["application/json"],
                        let id = call.value["operationId"]?.stringValue, !id.hasPrefix("getOpenAPI")
                    else { return nil }
                    return Described(id: id, status: response.name, content: content)
                }
            }
        }
    }

    @Test
    func `stand beside every call that answers with JSON, and are what its schema says`() async throws {
        let document = try await ServedDocs().document()
        let check = SchemaCheck(document: document)
        let answers = answers(document)
        let calls = Set(answers.map(\.id))
        #expect(calls.count > 25)
        var shown: Set<String> = []
        for answer in answers {
            guard let example = example(answer, document) else { continue }
            shown.insert(answer.id)
            let schema = try #require(answer.content["schema"])
            #expect(check.faults(example, schema) == [], "\(answer.id) \(answer.status)")
            #expect(check.undescribed(example, [schema]) == [], "\(answer.id) \(answer.status)")
        }
        #expect(calls.subtracting(shown) == [])
    }

    @Test
    func `would be found wrong if they were`() async throws {
        let document = try await ServedDocs().document()
        let check = SchemaCheck(document: document)
        let answer = try #require(answers(document).first { $0.id == "getPayment" })
        let schema = try #require(answer.content["schema"])
        let good = try #require(example(answer, document)?.objectValue)
        let changes: [(String, JSONValue?)] = [
            ("status", "done"), ("status", nil), ("amount", "5000"), ("id", "po_1"), ("created_at", "today"),
            ("environment", .null), ("object", "refund"), ("timeline", [:]),
        ]
        for (name, value) in changes {
            var wrong = good
            wrong[name] = value
            #expect(!check.faults(.object(wrong), schema).isEmpty, "\(name)")
        }
    }

    @Test
    func `are shown on the page, written for people`() async throws {
        let page = try await ServedDocs().text("/docs")
        #expect(page.ranges(of: "<details class=\"example\">").count > 25)
        #expect(page.contains("&quot;object&quot;: &quot;payment&quot;"))
        #expect(!page.contains("127.0.0.1:8080"))
    }

    @Test
    func `JSON is indented by two, empty lists and objects stay on their line`() {
        let value: JSONValue = ["a": [1, "x"], "b": [:], "c": [], "d": ["e": .null]]
        #expect(
            value.indented == """
                {
                  "a": [
                    1,
                    "x"
                  ],
                  "b": {},
                  "c": [],
                  "d": {
                    "e": null
                  }
                }
                """)
    }
}
