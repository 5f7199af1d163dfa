// swift-format-ignore-file
/// What happened, for those who ask.
extension DescribedPart {
    static let events = DescribedPart(
        "Events", "What happened to payments, payouts and refunds, in order; also for those who missed a webhook.",
        [
            DescribedCall(
                "GET", "/v1/events", .secretKey, problems: .readingQuery,
                #"""
                {
                  "operationId": "listEvents",
                  "summary": "List events",
                  "description": "Newest first.",
                  "parameters": [
                    { "$ref": "#/components/parameters/Limit" },
                    { "$ref": "#/components/parameters/After" },
                    { "name": "payment", "in": "query", "description": "Only of this payment.", "schema": { "$ref": "#/components/schemas/PaymentId" } },
                    { "name": "order", "in": "query", "description": "Only of this payment, payout, refund, capture or void.", "schema": { "$ref": "#/components/schemas/OrderId" } },
                    { "name": "type", "in": "query", "description": "Only of this type, for instance `payment.succeeded`.", "schema": { "type": "string", "x-values": "event_type" } }
                  ],
                  "responses": {
                    "200": {
                      "description": "One page.",
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/EventList" } } },
                      "links": {
                        "next": { "operationId": "listEvents", "parameters": { "after": "$response.body#/next_cursor" } },
                        "first": { "operationId": "getEvent", "parameters": { "id": "$response.body#/data/0/id" } }
                      }
                    }
                  }
                }
                """#),
            DescribedCall(
                "GET", "/v1/events/{id}", .secretKey, problems: [.notFound],
                #"""
                {
                  "operationId": "getEvent",
                  "summary": "Read an event",
                  "parameters": [ { "name": "id", "in": "path", "required": true, "schema": { "$ref": "#/components/schemas/EventId" } } ],
                  "responses": {
                    "200": { "description": "The event.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Event" } } } }
                  }
                }
                """#),
        ],
        schemas: #"""
            {
              "EventId": { "type": "string", "pattern": "^evt_[0-7][0-9A-HJKMNP-TV-Z]{25}$", "examples": ["evt_01M7Y8G339XD40VNYEF710HXT4"] },
              "Event": {
                "type": "object", "required": ["id", "object", "type", "order", "sequence", "created_at", "data"],
                "properties": {
                  "id": { "$ref": "#/components/schemas/EventId" },
                  "object": { "type": "string", "const": "event" },
                  "type": { "type": "string", "x-values": "event_type" },
                  "order": { "$ref": "#/components/schemas/OrderId", "description": "What it happened to." },
                  "sequence": { "type": "integer", "minimum": 1, "description": "Counts the events of one order without gaps." },
                  "created_at": { "$ref": "#/components/schemas/Time" },
                  "data": { "description": "The payment, payout, refund, capture or void as it was at that moment.", "anyOf": [ { "$ref": "#/components/schemas/Payment" }, { "$ref": "#/components/schemas/Payout" }, { "$ref": "#/components/schemas/FollowUp" } ] }
                }
              },
              "EventList": {
                "type": "object", "required": ["object", "data", "has_more", "next_cursor"],
                "properties": {
                  "object": { "type": "string", "const": "list" },
                  "data": { "type": "array", "items": { "$ref": "#/components/schemas/Event" } },
                  "has_more": { "type": "boolean" },
                  "next_cursor": { "$ref": "#/components/schemas/NextCursor" }
                }
              },
              "EventBody": {
                "type": "object",
                "description": "What a webhook carries. The bytes are the same on every try.",
                "required": ["type", "timestamp", "sequence", "data"],
                "properties": {
                  "type": { "type": "string", "description": "The type of the event." },
                  "timestamp": { "$ref": "#/components/schemas/Time", "description": "When it happened." },
                  "sequence": { "type": "integer", "minimum": 0, "description": "Counts the events of one order from 1. Discard an event whose sequence is lower than one you have seen." },
                  "data": { "description": "The payment, payout, refund, capture or void as it was at that moment.", "anyOf": [ { "$ref": "#/components/schemas/Payment" }, { "$ref": "#/components/schemas/Payout" }, { "$ref": "#/components/schemas/FollowUp" } ] }
                }
              }
            }
            """#)
}
