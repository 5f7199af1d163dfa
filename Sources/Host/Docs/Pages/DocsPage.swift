import Router

/// The one page of documentation: the guide, then the reference made from the OpenAPI document.
enum DocsPage {
    static func response(_ document: JSONValue, publicURL: String) -> APIResponse {
        let calls = CallSection(document: document)
        let guide = GuideFacts(document: document).filled(Guide.text)
            .replacing("{{url}}", with: HTML.escaped(publicURL))
        let schemas = document["components"]?["schemas"]?.objectValue ?? JSONObject()
        let body = """
            <a class="skip" href="#first">Skip the contents</a>
            <header>
            <h1>Payrouter</h1>
            <p>One payment object for many ways to pay. This page is made from <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
            </header>
            <div class="frame">
            <nav aria-label="Contents">
            <div role="search" hidden>
            <label for="search">Search</label>
            <input id="search" type="search" autocomplete="off" spellcheck="false" aria-controls="found">
            <p id="count" role="status"></p>
            <ul id="found"></ul>
            </div>
            <details id="menu" open>
            <summary>Contents</summary>
            <h2>Guide</h2>
            \(list(Guide.chapters))
            <h2>Reference</h2>
            \(calls.menu())
            \(list([("objects", "Objects")]))
            </details>
            </nav>
            <main>
            \(guide)
            \(calls.all())
            <section>
            <h2 id="objects">Objects</h2>
            <p>Members and values may be added at any time; ignore what you do not know.</p>
            \(SchemaTable.sections(schemas))
            </section>
            </main>
            </div>
            """
        return PageFrame.response(title: "Payrouter: guide and reference", body: body, script: Resources.Docs.searchJS)
    }

    private static func list(_ entries: [(anchor: String, title: String)]) -> String {
        "<ul>" + entries.map { "<li><a href=\"#\($0.anchor)\">\(HTML.escaped($0.title))</a></li>" }.joined() + "</ul>"
    }
}
