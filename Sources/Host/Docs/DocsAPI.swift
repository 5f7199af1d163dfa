import Router

/// `/`, `/docs`, `/openapi.json` and `/problems/{code}`: everything about the API, from the API itself.
package struct DocsAPI: Sendable {
    private let page: APIResponse
    private let document: APIResponse

    /// Makes all pages once.
    ///
    /// - Parameter publicURL: Where the router is reached from outside, without a trailing slash.
    /// - Throws: If a part of the document is not well-formed, which a test rules out.
    package init(publicURL: String) throws {
        let json = try OpenAPIDocument(source: try OpenAPISource.embedded(), publicURL: publicURL).json()
        document = APIResponse.json(json)
        page = DocsPage.response(json, publicURL: publicURL)
    }

    package func register(in routes: inout RouteTable) {
        routes.add("GET", "/", .open, limit: .documentation) { _, _ throws(Problem) in
            APIResponse(status: 302, headers: [("location", "/docs")])
        }
        routes.add("GET", "/docs", .open, limit: .documentation) { _, _ throws(Problem) in page }
        routes.add("GET", "/openapi.json", .open, limit: .documentation) { _, _ throws(Problem) in document }
        routes.add("GET", "/problems/{code}", .open, limit: .documentation) { request, _ throws(Problem) in
            guard let code = ProblemCode(rawValue: request.parameters["code"] ?? "") else {
                throw Problem(.notFound, "no problem has this code; /docs lists them")
            }
            return ProblemPage.response(code)
        }
    }
}
