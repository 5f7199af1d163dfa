import Router

/// The one page of documentation: the guide, then the reference made from the OpenAPI document.
enum DocsPage {
    static func response(_ document: JSONValue, publicURL: String) -> APIResponse {
        let calls = CallSection(document: document)
        let guide = Guide.text.replacing("{{problems}}", with: problems())
            .replacing("{{url}}", with: HTML.escaped(publicURL))
        let schemas = document["components"]?["schemas"]?.objectValue ?? JSONObject()
        let body = """
            <a class="skip" href="#first">Skip the contents</a>
            <header>
            <h1>Payrouter</h1>
            <p>One payment object for many ways to pay. This page is made from <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
            </header>
            <nav aria-label="Contents">
            <h2>Guide</h2>
            \(list(Guide.chapters))
            <h2>Reference</h2>
            \(list(calls.contents() + [("objects", "Objects")]))
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
            """
        return PageFrame.response(title: "Payrouter: guide and reference", body: body)
    }

    private static func list(_ entries: [(anchor: String, title: String)]) -> String {
        "<ul>" + entries.map { "<li><a href=\"#\($0.anchor)\">\(HTML.escaped($0.title))</a></li>" }.joined() + "</ul>"
    }

    private static func problems() -> String {
        let rows = ProblemCode.allCases.map { code in
            [
                "<a href=\"problems/\(code.rawValue)\"><code>\(code.rawValue)</code></a>", "\(code.status)",
                HTML.escaped(code.title),
            ]
        }
        return HTML.table(["code", "status", "meaning"], rows)
    }
}
