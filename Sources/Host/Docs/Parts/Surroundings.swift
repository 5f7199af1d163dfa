// swift-format-ignore-file
/// Calls around payments: notifications of operators, the router's health, these pages.
extension DescribedPart {
    static let callbacks = DescribedPart(
        "Operators' notifications", "Where operators report to. For operators, not for callers; who answers for what is verified per provider.",
        ["GET", "POST", "PUT"].flatMap { method in
            ["/callbacks/{provider}", "/callbacks/{provider}/{rest}"].map { path in callback(method, path) }
        })

    private static func callback(_ method: String, _ path: String) -> DescribedCall {
        let hasRest = path.hasSuffix("{rest}")
        let rest = #", { "name": "rest", "in": "path", "required": true, "description": "What the operator was told to append, which may hold slashes. Below `return` there is a page for payers who come back.", "schema": { "type": "string" } }"#
        let body = #""requestBody": { "required": false, "description": "Whatever the operator sends; it is verified over its raw bytes.", "content": { "*/*": {} } },"#
        return DescribedCall(
            method, path, .open, problems: [.malformedRequest, .callbackNotVerified, .notFound, .unavailable] + (method == "GET" ? [] : [.bodyTooLarge, .unsupportedMediaType]),
            #"""
            {
              "operationId": "\#(method.lowercased())Callback\#(hasRest ? "Below" : "")",
              "summary": "Notify the router\#(hasRest ? ", below the provider" : "")",
              "description": "Verified, stored, then acknowledged in the form the operator expects. What cannot be verified changes nothing.",
              "parameters": [ { "name": "provider", "in": "path", "required": true, "description": "The provider's name in `providers.json`.", "schema": { "type": "string" } }\#(hasRest ? rest : "") ],
              \#(method == "GET" ? "" : body)
              "responses": { "200": { "description": "Stored; the body is what the operator expects.", "content": { "*/*": {} } } }
            }
            """#)
    }

    static let operations = DescribedPart(
        "Operations", "For those who run the router. Metrics have an address of their own (`--admin-host`, `--admin-port`); health is there and here.",
        [
            DescribedCall(
                "GET", "/health/live", .open,
                #"""
                {
                  "operationId": "getLiveness", "summary": "Is the process alive?",
                  "responses": { "200": { "description": "It is.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Health" } } } } }
                }
                """#),
            DescribedCall(
                "GET", "/health/ready", .open, problems: [.unavailable],
                #"""
                {
                  "operationId": "getReadiness", "summary": "May payments be sent here?",
                  "responses": { "200": { "description": "Yes.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Health" } } } } }
                }
                """#),
            DescribedCall(
                "GET", "/metrics", .open, problems: [.unavailable],
                #"""
                {
                  "operationId": "getMetrics", "summary": "Metrics for Prometheus",
                  "description": "In production only at the address of those who run the router, by default http://127.0.0.1:8081; the router's own port answers 404. In the sandbox on both.",
                  "responses": { "200": { "description": "The text format, version 0.0.4.", "content": { "text/plain": { "schema": { "type": "string" } } } } }
                }
                """#),
        ],
        schemas: #"""
            { "Health": { "type": "object", "required": ["status"], "properties": { "status": { "type": "string", "const": "ok" } } } }
            """#)

    static let documentation = DescribedPart(
        "Documentation", "These pages.",
        [
            DescribedCall(
                "GET", "/", .open,
                #"""
                {
                  "operationId": "getRoot", "summary": "To the documentation",
                  "responses": { "302": { "description": "To /docs.", "headers": { "Location": { "$ref": "#/components/headers/Location" } } } }
                }
                """#),
            DescribedCall(
                "GET", "/docs", .open,
                #"""
                {
                  "operationId": "getDocs", "summary": "Guide and reference as one page",
                  "responses": { "200": { "description": "The page.", "content": { "text/html": { "schema": { "type": "string" } } } } }
                }
                """#),
            DescribedCall(
                "GET", "/openapi.json", .open,
                #"""
                {
                  "operationId": "getOpenAPI", "summary": "This document",
                  "responses": { "200": { "description": "OpenAPI 3.1.", "content": { "application/json": { "schema": { "type": "object", "required": ["openapi", "info", "paths"] } } } } }
                }
                """#),
            DescribedCall(
                "GET", "/problems/{code}", .open, problems: [.notFound],
                #"""
                {
                  "operationId": "getProblem", "summary": "What a problem means",
                  "description": "The `type` of every problem leads here.",
                  "parameters": [ { "name": "code", "in": "path", "required": true, "schema": { "type": "string", "x-values": "problem_code" } } ],
                  "responses": { "200": { "description": "Cause, remedy, and whether money moved.", "content": { "text/html": { "schema": { "type": "string" } } } } }
                }
                """#),
        ])

    /// All parts in the order of the document.
    static let all = [
        payments, paymentCommands, refunds, payouts, questions, choosing, hosted, metadataIndexes, reviews, events, webhooks, callbacks, operations,
        documentation,
    ]
}
