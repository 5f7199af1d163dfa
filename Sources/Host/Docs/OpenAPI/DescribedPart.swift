import Router

/// The calls under one heading, and the components they bring: one file of `Resources/openapi`, a document of its own kind
/// with one tag.
struct DescribedPart: Sendable {
    /// The heading.
    var tag: String
    /// What the calls are for, in a sentence or two.
    var about: String
    var calls: [DescribedCall]
    /// What other parts of the document refer to, by section: schemas, and what would stand in several calls.
    var components: JSONObject
    /// What a router with sandbox operators answered, by operation; `scripts/answer-examples` writes them.
    var examples: JSONObject

    init(_ file: JSONValue, examples: JSONValue?) throws(OpenAPIFault) {
        guard let tags = file["tags"]?.arrayValue, tags.count == 1, let tag = tags[0]["name"]?.stringValue,
            let about = tags[0]["description"]?.stringValue
        else { throw OpenAPIFault(description: "a part has one tag, with name and description") }
        self.tag = tag
        self.about = about
        calls = []
        for path in file["paths"]?.objectValue?.members ?? [] {
            for call in path.value.objectValue?.members ?? [] {
                calls.append(try DescribedCall(call.name, path.name, call.value.objectValue ?? JSONObject()))
            }
        }
        components = file["components"]?.objectValue ?? JSONObject()
        self.examples = examples?.objectValue ?? JSONObject()
    }
}

/// A part of the document that is not what it should be.
///
/// Only a mistake in `Resources/openapi` causes it, and a test would show it.
struct OpenAPIFault: Error, CustomStringConvertible {
    var description: String
}
