// swift-format-ignore-file
/// Giving money back, and collecting or releasing what is held.
extension DescribedPart {
    static let refunds = DescribedPart(
        "Refunds and captures", "Give money back, collect money that is held, or release it with `POST /v1/payments/{id}/cancel`.",
        [
            DescribedCall(
                "POST", "/v1/payments/{id}/refunds", .secretKey,
                problems: .idempotent + .readingBody + [.notFound, .paymentStateConflict, .amountTooLarge, .notSupported],
                #"""
                {
                  "operationId": "createRefund",
                  "summary": "Refund a payment",
                  "description": "All of what was collected, or a part. A payment that failed or was cancelled, and that an operator executed all the same (`discrepancies`), can be refunded up to what the operator took. The refund and its payment are stored together, so that refunds made at the same time can never exceed what was collected; a refund whose end is not known holds its amount. Where the operator has no refunds, the money is paid out to the payer's wallet, and `method` says so. Of a payment made on an operator's own page the operator is asked which wallet was used; a wallet that gives nothing back (PromptPay) fails the refund at once, with that wallet as `provider_code`. What the operator cannot do is refused before anything is sent.",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" }, { "$ref": "#/components/parameters/Prefer" } ],
                  "requestBody": {
                    "required": false,
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/RefundRequest" }, "examples": { "all": { "value": {} }, "part": { "value": { "amount": 1000, "reason": "one item came back" } } } } }
                  },
                  "responses": {
                    "201": {
                      "description": "Stored, and the operator's first answer is known.",
                      "headers": { "Location": { "$ref": "#/components/headers/Location" } },
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/FollowUp" } } }
                    },
                    "202": {
                      "description": "Stored, and the operator has not answered yet.",
                      "headers": { "Location": { "$ref": "#/components/headers/Location" } },
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/FollowUp" } } }
                    }
                  }
                }
                """#),
            DescribedCall(
                "GET", "/v1/payments/{id}/refunds", .secretKey, problems: .readingQuery + [.notFound],
                #"""
                {
                  "operationId": "listPaymentRefunds",
                  "summary": "List the refunds of a payment",
                  "description": "Newest first. Filters can be combined.",
                  "parameters": [
                    { "$ref": "#/components/parameters/PaymentId" },
                    \#(DescribedBasics.orderFilters)
                  ],
                  "responses": {
                    "200": { "description": "One page.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/FollowUpList" } } } }
                  }
                }
                """#),
            DescribedCall(
                "GET", "/v1/refunds", .secretKey, problems: .readingQuery,
                #"""
                {
                  "operationId": "listRefunds",
                  "summary": "List refunds",
                  "description": "Newest first. Filters can be combined.",
                  "parameters": [
                    \#(DescribedBasics.orderFilters)
                  ],
                  "responses": {
                    "200": { "description": "One page.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/FollowUpList" } } } }
                  }
                }
                """#),
            DescribedCall(
                "GET", "/v1/refunds/{id}", .secretKey, problems: .readingQuery + [.notFound],
                #"""
                {
                  "operationId": "getRefund",
                  "summary": "Read a refund",
                  "parameters": [ { "$ref": "#/components/parameters/RefundId" }, { "$ref": "#/components/parameters/Wait" } ],
                  "responses": { "200": { "description": "The refund with its timeline.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WholeFollowUp" } } } } }
                }
                """#),
            DescribedCall(
                "POST", "/v1/payments/{id}/capture", .secretKey,
                problems: .idempotent + .readingBody + [.notFound, .paymentStateConflict, .amountTooLarge, .notSupported],
                #"""
                {
                  "operationId": "capturePayment",
                  "summary": "Capture a held amount",
                  "description": "For payments with `status` `authorized`. A smaller amount is collected where the operator allows it; the rest is then released. A payment is captured once.",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" }, { "$ref": "#/components/parameters/Prefer" } ],
                  "requestBody": {
                    "required": false,
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/CaptureRequest" }, "examples": { "all": { "value": {} } } } }
                  },
                  "responses": {
                    "200": {
                      "description": "The payment after the operator's answer.",
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } }
                    },
                    "202": {
                      "description": "The capture is stored and on its way.",
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } }
                    }
                  }
                }
                """#),
        ],
        schemas: #"""
            {
              "RefundRequest": {
                "type": "object", "additionalProperties": false,
                "properties": {
                  "amount": { "type": ["integer", "null"], "minimum": 1, "maximum": 9007199254740991, "description": "Minor units of the payment's currency; all that is left if left out." },
                  "reference": { "type": ["string", "null"], "minLength": 1, "maxLength": 100, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" },
                  "reason": { "type": ["string", "null"], "minLength": 1, "maxLength": 250, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$", "description": "Shown to the payer where the operator allows it." },
                  "metadata": { "type": ["object", "null"], "maxProperties": 50, "propertyNames": { "minLength": 1, "maxLength": 40 }, "additionalProperties": { "type": "string", "maxLength": 500 } }
                }
              },
              "CaptureRequest": { "type": "object", "additionalProperties": false, "properties": { "amount": { "type": ["integer", "null"], "minimum": 1, "maximum": 9007199254740991, "description": "Minor units of the payment's currency; all that is left if left out." } } },
              "ListedFollowUp": {
                "type": "object", "description": "A refund, capture or void as lists show it.",
                "required": ["id", "object", "payment", "environment", "amount", "currency", "status", "certainty", "channel", "provider", "failure", "review", "reference", "description", "metadata", "created_at", "updated_at", "expires_at"],
                "properties": {
                  "id": { "$ref": "#/components/schemas/OrderId" },
                  "object": { "type": "string", "enum": ["refund", "capture", "void"] },
                  "payment": { "$ref": "#/components/schemas/PaymentId" },
                  "method": { "type": "string", "enum": ["refund", "payout"], "description": "Refunds: `payout` where the operator has no refunds and the money is paid out to the payer." },
                  "environment": { "type": "string", "x-values": "environment" },
                  "amount": { "type": "integer", "minimum": 1, "description": "Minor units." },
                  "currency": { "type": "string", "x-values": "currency" },
                  "status": { "type": "string", "x-values": "payment_status", "description": "`processing`, `succeeded`, `failed` or `under_review`." },
                  "certainty": { "type": "string", "x-values": "certainty", "description": "`unknown` never means failed: do not ask for it again. `disputed`: an operator contradicts what is recorded." },
                  "discrepancies": { "type": "array", "items": { "$ref": "#/components/schemas/Discrepancy" }, "description": "Only there if there is one." },
                  "channel": { "type": ["string", "null"] },
                  "provider": { "type": ["string", "null"] },
                  "failure": { "anyOf": [ { "$ref": "#/components/schemas/Failure" }, { "type": "null" } ] },
                  "review": { "type": ["object", "null"], "required": ["reason", "since"], "properties": { "reason": { "type": "string", "x-values": "review_reason" }, "since": { "$ref": "#/components/schemas/Time" } } },
                  "reference": { "type": ["string", "null"] },
                  "description": { "type": ["string", "null"] },
                  "metadata": { "type": "object", "additionalProperties": { "type": "string" } },
                  "created_at": { "$ref": "#/components/schemas/Time" },
                  "updated_at": { "$ref": "#/components/schemas/Time" },
                  "expires_at": { "$ref": "#/components/schemas/Time" }
                }
              },
              "FollowUp": { "allOf": [ { "$ref": "#/components/schemas/ListedFollowUp" }, { "type": "object", "required": ["attempts"], "properties": { "attempts": { "type": "array", "items": { "$ref": "#/components/schemas/Attempt" } } } } ] },
              "WholeFollowUp": { "allOf": [ { "$ref": "#/components/schemas/FollowUp" }, { "type": "object", "required": ["route", "timeline"], "properties": { "route": { "type": "object", "description": "Where it went and why." }, "timeline": { "type": "array", "items": { "$ref": "#/components/schemas/TimelineEntry" } } } } ] },
              "FollowUpList": {
                "type": "object", "required": ["object", "data", "has_more", "next_cursor"],
                "properties": { "object": { "type": "string", "const": "list" }, "data": { "type": "array", "items": { "$ref": "#/components/schemas/ListedFollowUp" } }, "has_more": { "type": "boolean" }, "next_cursor": { "$ref": "#/components/schemas/NextCursor" }, "complete_from": { "$ref": "#/components/schemas/CompleteFrom", "description": "Only with a filter by `metadata`: from this moment on every order is found by it; `null` if that is all of them." } }
              }
            }
            """#)
}
