import Router
import Testing

@testable import Host

/// The document for tools that read OpenAPI 3.0 only.
@Suite("The OpenAPI 3.0 document")
struct DocsOlderDocumentTests {
    private func documents() async throws -> (new: JSONValue, old: JSONValue) {
        let docs = try ServedDocs()
        let old = try StrictJSON.parse(try await docs.get("/openapi-3.0.json").body, maximumDepth: 64)
        return (try await docs.document(), old)
    }

    private func names(_ document: JSONValue) -> [String] {
        (document["paths"]?.objectValue?.members ?? []).flatMap { path in
            (path.value.objectValue?.members ?? []).compactMap { $0.value["operationId"]?.stringValue }
        }
    }

    @Test
    func `has the same calls, and refers only to what it holds`() async throws {
        let (new, old) = try await documents()
        #expect(names(new) == names(old) && old["openapi"] == "3.0.3" && old["webhooks"] == nil)
        let all = everything(in: old)
        let known = Set(all.map { "#" + $0.pointer })
        for (pointer, value) in all where pointer.hasSuffix("/$ref") {
            #expect(known.contains(value.stringValue ?? ""), "\(pointer)")
        }
    }

    @Test
    func `says nothing that 3.0 has no word for`() async throws {
        let old = try await documents().old
        let words = ["const", "propertyNames", "if", "then", "else", "prefixItems"]
        for (pointer, value) in everything(in: old) where !pointer.contains("/example") {
            let places = pointer.split(separator: "/").map(String.init)
            let isName = places.dropLast().last == "properties"
            if let last = places.last, !isName {
                #expect(!words.contains(last), "\(pointer)")
                if last == "type" { #expect(value.stringValue != nil && value != "null", "\(pointer)") }
            }
            if value["$ref"] != nil { #expect(value.objectValue?.members.count == 1, "\(pointer)") }
        }
    }

    @Test(
        arguments: [
            (["type": ["string", "null"], "maxLength": 3], ["type": "string", "nullable": true, "maxLength": 3]),
            (["type": ["string", "integer"]], ["anyOf": [["type": "string"], ["type": "integer"]]]),
            (["const": "list"], ["enum": ["list"]]),
            (["type": "string", "examples": ["a", "b"]], ["type": "string", "example": "a"]),
            (["anyOf": [["type": "string"], ["type": "null"]]], ["nullable": true, "type": "string"]),
            (
                ["anyOf": [["$ref": "#/a"], ["type": "null"]], "description": "d"],
                ["nullable": true, "allOf": [["$ref": "#/a"]], "description": "d"]
            ),
            (["$ref": "#/a"], ["$ref": "#/a"]),
            (["$ref": "#/a", "description": "d"], ["description": "d", "allOf": [["$ref": "#/a"]]]),
            (
                ["properties": ["const": ["type": ["integer", "null"]]]],
                ["properties": ["const": ["type": "integer", "nullable": true]]]
            ),
            (["allOf": [["if": ["type": "string"], "then": [:]]], "type": "object"], ["type": "object"]),
        ] as [(JSONValue, JSONValue)])
    func `each word of 3.1 becomes what 3.0 says for it`(new: JSONValue, old: JSONValue) {
        #expect(OpenAPI30.schema(new).canonical() == old.canonical())
    }
}
