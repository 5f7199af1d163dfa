// swift-format-ignore-file
/// Where an app wants to be told, and what was delivered there.
extension DescribedPart {
    static let webhooks = DescribedPart(
        "Webhooks", "Addresses that are told of events, their secrets, and what was delivered.",
        endpointCalls + deliveryCalls, schemas: WebhookSchemas.text)

    private static let endpointCalls = [
        DescribedCall(
            "POST", "/v1/webhook_endpoints", .secretKey, problems: .readingBody + [.invalidWebhookURL, .limitReached],
            #"""
            {
              "operationId": "createWebhookEndpoint",
              "summary": "Create an endpoint",
              "description": "The signing secret is shown in this answer only. An app has at most 20 endpoints per environment.",
              "requestBody": {
                "required": true,
                "content": {
                  "application/json": {
                    "schema": { "$ref": "#/components/schemas/WebhookEndpointRequest" },
                    "examples": { "all": { "value": { "url": "https://shop.example/hooks/payments" } }, "some": { "value": { "url": "https://shop.example/hooks/payments", "types": ["payment.succeeded", "payment.failed"] } } }
                  }
                }
              },
              "responses": {
                "201": {
                  "description": "Created.",
                  "headers": { "Location": { "$ref": "#/components/headers/Location" } },
                  "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookEndpointWithSecret" } } },
                  "links": {
                    "read": { "operationId": "getWebhookEndpoint", "parameters": { "id": "$response.body#/id" } },
                    "update": { "operationId": "updateWebhookEndpoint", "parameters": { "id": "$response.body#/id" } },
                    "rotate": { "operationId": "rotateWebhookSecret", "parameters": { "id": "$response.body#/id" } },
                    "test": { "operationId": "testWebhookEndpoint", "parameters": { "id": "$response.body#/id" } },
                    "deliveries": { "operationId": "listWebhookDeliveries", "parameters": { "id": "$response.body#/id" } },
                    "replay": { "operationId": "replayWebhookDeliveries", "parameters": { "id": "$response.body#/id" } },
                    "delete": { "operationId": "deleteWebhookEndpoint", "parameters": { "id": "$response.body#/id" } }
                  }
                }
              }
            }
            """#),
        DescribedCall(
            "GET", "/v1/webhook_endpoints", .secretKey, problems: [.invalidParameter],
            #"""
            {
              "operationId": "listWebhookEndpoints",
              "summary": "List endpoints",
              "description": "All of them; takes no parameters.",
              "responses": {
                "200": { "description": "All endpoints of the app in the key's environment.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookEndpointList" } } } }
              }
            }
            """#),
        DescribedCall(
            "GET", "/v1/webhook_endpoints/{id}", .secretKey, problems: [.notFound],
            #"""
            {
              "operationId": "getWebhookEndpoint",
              "summary": "Read an endpoint",
              "parameters": [ { "$ref": "#/components/parameters/WebhookEndpointId" } ],
              "responses": {
                "200": { "description": "The endpoint, without its secret.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookEndpoint" } } } }
              }
            }
            """#),
        DescribedCall(
            "POST", "/v1/webhook_endpoints/{id}", .secretKey, problems: .readingBody + [.notFound, .invalidWebhookURL],
            #"""
            {
              "operationId": "updateWebhookEndpoint",
              "summary": "Change an endpoint",
              "description": "Members left out stay as they are. Enabling an endpoint again also forgets its failures.",
              "parameters": [ { "$ref": "#/components/parameters/WebhookEndpointId" } ],
              "requestBody": {
                "required": true,
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookEndpointChange" }, "examples": { "enable": { "value": { "enabled": true } } } } }
              },
              "responses": {
                "200": { "description": "The endpoint as it is now.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookEndpoint" } } } }
              }
            }
            """#),
        DescribedCall(
            "DELETE", "/v1/webhook_endpoints/{id}", .secretKey, problems: [.notFound],
            #"""
            {
              "operationId": "deleteWebhookEndpoint",
              "summary": "Delete an endpoint",
              "description": "Also deletes its deliveries. Events stay.",
              "parameters": [ { "$ref": "#/components/parameters/WebhookEndpointId" } ],
              "responses": { "204": { "description": "Deleted." } }
            }
            """#),
        DescribedCall(
            "POST", "/v1/webhook_endpoints/{id}/rotate", .secretKey, problems: .readingBody + [.notFound, .limitReached],
            #"""
            {
              "operationId": "rotateWebhookSecret",
              "summary": "Change the secret",
              "description": "The new secret is shown in this answer only. Until the overlap ends, deliveries are signed with both; whoever rotates again within it keeps the earlier ones as well, up to five secrets in all.",
              "parameters": [ { "$ref": "#/components/parameters/WebhookEndpointId" } ],
              "requestBody": {
                "required": false,
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookRotation" }, "examples": { "hour": { "value": { "overlap_seconds": 3600 } } } } }
              },
              "responses": {
                "200": { "description": "The endpoint with its new secret.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookEndpointWithSecret" } } } }
              }
            }
            """#),
    ]

    private static let deliveryCalls = [
        DescribedCall(
            "POST", "/v1/webhook_endpoints/{id}/test", .secretKey, problems: [.notFound, .tooManyRequests],
            #"""
            {
              "operationId": "testWebhookEndpoint",
              "summary": "Send a test event",
              "description": "Sends an event of type `webhook.test` at once, once, and tells how it went. One test at a time. No body is read.",
              "parameters": [ { "$ref": "#/components/parameters/WebhookEndpointId" } ],
              "responses": {
                "200": { "description": "What came of it; `delivered` tells whether it was received.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookTest" } } } }
              }
            }
            """#),
        DescribedCall(
            "GET", "/v1/webhook_endpoints/{id}/deliveries", .secretKey, problems: .readingQuery + [.notFound],
            #"""
            {
              "operationId": "listWebhookDeliveries",
              "summary": "List deliveries",
              "description": "What was given to the endpoint, newest event first, with every try.",
              "parameters": [
                { "$ref": "#/components/parameters/WebhookEndpointId" },
                { "$ref": "#/components/parameters/Limit" },
                { "$ref": "#/components/parameters/After" }
              ],
              "responses": {
                "200": { "description": "One page.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookDeliveryList" } } } }
              }
            }
            """#),
        DescribedCall(
            "POST", "/v1/webhook_endpoints/{id}/deliveries/{event}/resend", .secretKey, problems: [.notFound],
            #"""
            {
              "operationId": "resendWebhookDelivery",
              "summary": "Deliver one event again",
              "description": "No body is read.",
              "parameters": [
                { "$ref": "#/components/parameters/WebhookEndpointId" },
                { "name": "event", "in": "path", "required": true, "schema": { "$ref": "#/components/schemas/EventId" } }
              ],
              "responses": {
                "202": { "description": "Due now.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookRedelivery" } } } }
              }
            }
            """#),
        DescribedCall(
            "POST", "/v1/webhook_endpoints/{id}/replay", .secretKey, problems: .readingBody + [.notFound],
            #"""
            {
              "operationId": "replayWebhookDeliveries",
              "summary": "Deliver everything that failed again",
              "parameters": [ { "$ref": "#/components/parameters/WebhookEndpointId" } ],
              "requestBody": {
                "required": true,
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookReplay" }, "examples": { "since": { "value": { "failed_since": "2026-11-21T00:00:00Z" } } } } }
              },
              "responses": {
                "202": { "description": "How many are due now.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WebhookRedelivery" } } } }
              }
            }
            """#),
    ]
}
