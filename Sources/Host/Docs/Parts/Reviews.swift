// swift-format-ignore-file
/// What waits for people.
extension DescribedPart {
    static let reviews = DescribedPart(
        "Reviews", "Orders whose money nobody knows enough about: people of the platform ask the operator, and two of them sign what they found.",
        [
            DescribedCall(
                "GET", "/v1/reviews", .secretKey, problems: .readingQuery,
                #"""
                {
                  "operationId": "listReviews",
                  "summary": "List open reviews",
                  "description": "Of every kind of order of your app, final ones with a contradiction included. Reviews are ended by people of the platform, with `payrouter reviews`; you hear of it by `payment.review_resolved` and the like.",
                  "parameters": [
                    { "$ref": "#/components/parameters/Limit" }, { "$ref": "#/components/parameters/After" },
                    { "name": "reason", "in": "query", "description": "Only reviews for this reason.", "schema": { "type": "string", "x-values": "review_reason" } }
                  ],
                  "responses": {
                    "200": { "description": "One page.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ReviewList" } } } }
                  }
                }
                """#),
        ],
        schemas: #"""
            {
              "Review": {
                "type": "object",
                "required": ["object", "order", "order_kind", "payment", "reason", "since", "age_seconds", "status", "certainty", "amount", "currency", "money_at_risk", "provider", "reference", "next_check_at", "signatures"],
                "properties": {
                  "object": { "type": "string", "const": "review" },
                  "order": { "$ref": "#/components/schemas/OrderId" },
                  "order_kind": { "type": "string", "enum": ["payment", "payout", "refund", "capture", "void"] },
                  "payment": { "type": ["string", "null"], "description": "The payment that a refund, capture or void belongs to." },
                  "reason": { "type": "string", "x-values": "review_reason", "description": "- `conflict`: the evidence contradicts itself or the request\n- `outcome_unknown`: the end has not been known for too long\n- `no_answer_from_customer`: the payer has not acted, or the operator does not tell\n- `discrepancy`: evidence contradicts something final\n- `reference_collision`: the operator knew our reference before\n- `repeated_reference`: the operator gave a reference that proves another attempt\n- `provider_missing`: the provider is not configured any more, or its id means another operator or account now" },
                  "since": { "$ref": "#/components/schemas/Time" },
                  "age_seconds": { "type": "integer", "minimum": 0 },
                  "status": { "type": "string", "x-values": "payment_status" },
                  "certainty": { "type": "string", "x-values": "certainty" },
                  "amount": { "type": "integer", "minimum": 1 },
                  "currency": { "type": "string", "x-values": "currency" },
                  "money_at_risk": { "type": "integer", "minimum": 0, "description": "Minor units that may be lost or owed." },
                  "provider": { "type": ["string", "null"] },
                  "reference": { "type": ["string", "null"] },
                  "next_check_at": { "description": "When the operator is asked again; `null` if only people can end it.", "anyOf": [ { "$ref": "#/components/schemas/Time" }, { "type": "null" } ] },
                  "signatures": { "type": "integer", "minimum": 0, "description": "How many people have signed a finding; two that agree end the review." }
                }
              },
              "ReviewList": {
                "type": "object", "required": ["object", "data", "has_more", "next_cursor"],
                "properties": {
                  "object": { "type": "string", "const": "list" },
                  "data": { "type": "array", "items": { "$ref": "#/components/schemas/Review" } },
                  "has_more": { "type": "boolean" },
                  "next_cursor": { "$ref": "#/components/schemas/NextCursor" }
                }
              },
              "Discrepancy": {
                "type": "object", "description": "What an operator says against a final attempt. The attempt's state stays; what the discrepancy says about the money counts until people dismiss it.",
                "required": ["attempt", "kind", "executed", "currency", "state", "at"],
                "properties": {
                  "attempt": { "type": "string" },
                  "kind": { "type": "string", "x-values": "discrepancy_kind" },
                  "executed": { "type": "integer", "description": "What was really executed, in minor units: as claimed or, once confirmed, as people found." },
                  "currency": { "type": "string", "x-values": "currency" },
                  "state": { "type": "string", "enum": ["open", "confirmed", "dismissed"] },
                  "at": { "$ref": "#/components/schemas/Time" }
                }
              }
            }
            """#)
}
