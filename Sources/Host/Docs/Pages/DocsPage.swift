import Pages
import Router

/// The one page of documentation: what `docs/page.mustache` is filled with.
enum DocsPage {
    static func response(_ document: JSONValue, publicURL: String) -> APIResponse {
        PageFrame.response(
            .docs, model(document, publicURL: publicURL), scripts: [Resources.Docs.searchJS, Resources.Docs.explorerJS])
    }

    /// The router's address, lists for the guide's chapters, and the reference made from the OpenAPI document.
    static func model(_ document: JSONValue, publicURL: String) -> PageModel {
        let schemas = document["components"]?["schemas"]?.objectValue ?? JSONObject()
        let reference: PageModel = [
            "title": "Payrouter: guide and reference", "url": .text(publicURL),
            "groups": .list(CallSection(document: document, publicURL: publicURL).all()),
            "schemas": .list(SchemaTable.sections(schemas)),
        ]
        return reference.with(GuideFacts(document: document).lists)
    }
}

extension MarkedText {
    /// The pieces of a line, as `docs/words.mustache` shows them.
    static func words(_ pieces: [PageModel]) -> PageValue { .model(["words": .list(pieces)]) }

    static func words(_ text: String) -> PageValue { words(line(text)) }
}
