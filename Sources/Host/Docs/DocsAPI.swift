import Router

/// `/`, `/docs`, `/openapi.json`, the same for tools that read 3.0 only, and `/problems/{code}`: everything about the API, from the API itself.
package struct DocsAPI: Sendable {
    private let page: APIResponse
    private let document: APIResponse
    private let document30: APIResponse

    /// Makes all pages once.
    ///
    /// - Parameter publicURL: Where the router is reached from outside, without a trailing slash.
    /// - Throws: If a part of the document or a template is not well-formed, which a test rules out.
    package init(publicURL: String) throws {
        _ = try HostPage.templates.get()
        let json = try OpenAPIDocument(source: try OpenAPISource.embedded(), publicURL: publicURL).json()
        document = APIResponse.json(json)
        document30 = APIResponse.json(OpenAPI30.document(json))
        page = DocsPage.response(json, publicURL: publicURL)
    }

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/", limit: .documentation) { _ throws(Problem) in
            APIResponse(status: 302, headers: [("location", "/docs")])
        }
        routes.open("GET", "/docs", limit: .documentation) { _ throws(Problem) in page }
        routes.open("GET", "/openapi.json", limit: .documentation) { _ throws(Problem) in document }
        routes.open("GET", "/openapi-3.0.json", limit: .documentation) { _ throws(Problem) in document30 }
        routes.open("GET", "/problems/{code}", limit: .documentation) { request throws(Problem) in
            guard let code = ProblemCode(rawValue: request.parameters["code"] ?? "") else {
                throw Problem(.notFound, "no problem has this code; /docs lists them")
            }
            return ProblemPage.response(code)
        }
    }
}
