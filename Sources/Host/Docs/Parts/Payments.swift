// swift-format-ignore-file
/// Creating payments and following them.
extension DescribedPart {
    static let payments = DescribedPart(
        "Payments", "Collect money: create a payment, show the payer what to do, follow it to its end.",
        [
            DescribedCall(
                "POST", "/v1/payments", .secretKey,
                problems: .idempotent + .readingBody + .describingPayment + [.noEligibleProvider, .noProviderAvailable, .possibleDuplicate, .invalidRepeat],
                #"""
                {
                  "operationId": "createPayment",
                  "summary": "Create a payment",
                  "description": "Stores the payment, chooses a provider and waits up to 8 seconds for the operator's first answer. A payment that the payer's side refuses is not an error: it is a payment with `status` `failed`.\n\nRepeating the call with the same `Idempotency-Key` and the same body never pays twice: it answers with the payment as it is **now**, the status of the first answer and `Idempotent-Replayed: true`. The same key with another body is refused. Refusals before the payment is stored are not remembered: the key stays free.",
                  "parameters": [
                    { "$ref": "#/components/parameters/Prefer" }
                  ],
                  "requestBody": {
                    "required": true,
                    "content": {
                      "application/json": {
                        "schema": { "$ref": "#/components/schemas/PaymentRequest" },
                        "examples": {
                          "tmoney": { "summary": "A phone prompt that succeeds in the sandbox", "value": { "amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": { "phone": "+22890000001" } } },
                          "tmoney_insufficient": { "summary": "A phone prompt that fails: insufficient funds", "value": { "amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": { "phone": "+22890000003" }, "reference": "order-1042" } },
                          "flouci": { "summary": "A hosted page: 1.001 dinars succeed in the sandbox", "value": { "amount": 1001, "currency": "TND", "channel": "flouci", "return_urls": { "success": "https://shop.example/paid", "failure": "https://shop.example/failed" } } },
                          "flouci_code": { "summary": "A QR code and a code to type; confirm with 111111", "value": { "amount": 7000, "currency": "TND", "channel": "flouci-code" } },
                          "card": { "summary": "A card token that succeeds in the sandbox", "value": { "amount": 5000, "currency": "USD", "channel": "card", "source": { "token": "tok_visa" } } },
                          "any": { "summary": "Let the router choose the channel", "value": { "amount": 5000, "currency": "XOF", "channel": ["tmoney", "card"], "customer": { "phone": "+22890000001", "name": "Ama" }, "metadata": { "cart": "77" }, "expires_in": 600 } }
                        }
                      }
                    }
                  },
                  "responses": {
                    "201": {
                      "description": "Created, and the operator's first answer is known. Any status is possible, also `failed`.",
                      "headers": { "Location": { "$ref": "#/components/headers/Location" } },
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } },
                      "links": {
                        "read": { "operationId": "getPayment", "parameters": { "id": "$response.body#/id" } },
                        "confirm": { "operationId": "confirmPayment", "parameters": { "id": "$response.body#/id" } },
                        "check": { "operationId": "checkPayment", "parameters": { "id": "$response.body#/id" } },
                        "cancel": { "operationId": "cancelPayment", "parameters": { "id": "$response.body#/id" } },
                        "events": { "operationId": "listEvents", "parameters": { "payment": "$response.body#/id" } }
                      }
                    },
                    "202": {
                      "description": "Stored, and the operator has not answered yet: after 8 seconds, or at once with `Prefer: respond-async`.",
                      "headers": { "Location": { "$ref": "#/components/headers/Location" } },
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } },
                      "links": {
                        "read": { "operationId": "getPayment", "parameters": { "id": "$response.body#/id" } },
                        "check": { "operationId": "checkPayment", "parameters": { "id": "$response.body#/id" } },
                        "cancel": { "operationId": "cancelPayment", "parameters": { "id": "$response.body#/id" } },
                        "events": { "operationId": "listEvents", "parameters": { "payment": "$response.body#/id" } }
                      }
                    }
                  }
                }
                """#),
            DescribedCall(
                "GET", "/v1/payments", .secretKey, problems: .readingQuery,
                #"""
                {
                  "operationId": "listPayments",
                  "summary": "List payments",
                  "description": "The app's payments in the key's environment, newest first. Filters can be combined. `idempotency_key` finds the payment of a create call whose answer was lost.",
                  "parameters": [
                    \#(DescribedBasics.orderFilters)
                  ],
                  "responses": {
                    "200": {
                      "description": "One page.",
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/PaymentList" } } },
                      "links": { "next": { "operationId": "listPayments", "parameters": { "after": "$response.body#/next_cursor" } } }
                    }
                  }
                }
                """#),
            DescribedCall(
                "GET", "/v1/payments/{id}", .secretKey, problems: .readingQuery + [.notFound],
                #"""
                {
                  "operationId": "getPayment",
                  "summary": "Read a payment",
                  "description": "Cheap and always safe. `wait` holds the answer back until the status or an attempt changes, so that nobody needs a loop; a final payment is answered at once.",
                  "parameters": [
                    { "$ref": "#/components/parameters/PaymentId" },
                    { "$ref": "#/components/parameters/Wait" }
                  ],
                  "responses": {
                    "200": { "description": "The payment with its route and timeline.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WholePayment" } } } }
                  }
                }
                """#),
        ],
        schemas: PaymentSchemas.text)
}
