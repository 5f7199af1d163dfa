// swift-format-ignore-file
/// What can be done with a payment that exists, and without one.
extension DescribedPart {
    static let paymentCommands = DescribedPart(
        "Payment actions", "Accept what a browser began, confirm a typed code, check now, wish to cancel, show the QR code.",
        [
            DescribedCall(
                "POST", "/v1/payments/{id}/accept", .secretKey,
                problems: .idempotent + .readingBody + [.notFound, .unsupportedCurrency, .acceptanceMismatch, .paymentStateConflict],
                #"""
                {
                  "operationId": "acceptPayment",
                  "summary": "Accept the amount",
                  "description": "For payments begun with a publishable key, whose amount a browser chose (`acceptance` is not null). Send the amount and currency of your own order. If they are what the payer was asked for, what waited is sent, or what is held is collected; otherwise the answer is `acceptance_mismatch` and nothing moves. Before `acceptance.accept_by`; unaccepted it lapses: what is held is given back, and the payment ends `failed` with `not_accepted`. Accepting twice is harmless. For a payment that needs no acceptance only the amounts are compared.",
                  "parameters": [
                    { "$ref": "#/components/parameters/PaymentId" }
                  ],
                  "requestBody": {
                    "required": true,
                    "content": {
                      "application/json": {
                        "schema": { "$ref": "#/components/schemas/Acceptance" },
                        "examples": { "order": { "summary": "What the order costs", "value": { "amount": 5000, "currency": "XOF" } } }
                      }
                    }
                  },
                  "responses": {
                    "200": {
                      "description": "The payment after the operator's first answer, or as it is if the payer has to act.",
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } }
                    },
                    "202": {
                      "description": "Accepted, and the operator has not answered within 8 seconds.",
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } }
                    }
                  }
                }
                """#),
            DescribedCall(
                "POST", "/v1/payments/{id}/confirm", .secretKey,
                problems: .idempotent + .readingBody + [.notFound, .unsupportedCurrency, .paymentNotConfirmable, .invalidConfirmation, .wrongCode, .acceptanceRequired, .acceptanceMismatch, .paymentStateConflict],
                #"""
                {
                  "operationId": "confirmPayment",
                  "summary": "Send the code the payer typed",
                  "description": "For payments whose `next_action`, or one of its `also`, is `enter_code`. Each code is one attempt with one transmission, under its own idempotency key. Three wrong codes in all end the payment, whoever refuses them: the operator's answer to the code, or to a question about it before (`wrong_code`). A lost answer counts as none and is never sent again; a malformed code costs nothing. A payment that waits for your acceptance is accepted along with its code if `amount` and `currency` say what you expect.",
                  "parameters": [
                    { "$ref": "#/components/parameters/PaymentId" }
                  ],
                  "requestBody": {
                    "required": true,
                    "content": {
                      "application/json": {
                        "schema": { "$ref": "#/components/schemas/Confirmation" },
                        "examples": { "sandbox": { "summary": "Succeeds in the sandbox, once: take another id each time", "value": { "code": "111111", "operator_payment_id": "sandbox-form-0001" } } }
                      }
                    }
                  },
                  "responses": {
                    "200": {
                      "description": "The payment after the operator's answer, whatever it was.",
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } }
                    },
                    "202": {
                      "description": "The code is on its way, and the operator has not answered within 8 seconds.",
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } }
                    }
                  }
                }
                """#),
            DescribedCall(
                "POST", "/v1/payments/{id}/check", .secretKey, problems: [.notFound, .tooManyRequests],
                #"""
                {
                  "operationId": "checkPayment",
                  "summary": "Ask the operator now",
                  "description": "The router asks by itself; this asks at once, within the rate the operator allows and once in each step of its ladder of checks (none counts for longer than a minute); where the payment itself has nothing open, about its refunds, capture or release. Moves nothing. No body is read.",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" } ],
                  "responses": {
                    "200": { "description": "The payment as it is after asking; unchanged if there is nothing to ask, or if the operator was asked a moment ago: then `Retry-After` says when it would be asked again.", "headers": { "Retry-After": { "description": "Whole seconds until the operator would be asked again; missing if it was asked now.", "schema": { "type": "string", "pattern": "^[0-9]+$" } } }, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } } }
                  }
                }
                """#),
            DescribedCall(
                "POST", "/v1/payments/{id}/cancel", .secretKey, problems: [.notFound, .paymentFinal, .paymentStateConflict, .notSupported],
                #"""
                {
                  "operationId": "cancelPayment",
                  "summary": "Wish to cancel",
                  "description": "An amount that is held is released at the operator. Otherwise records the wish; nothing new is started after it. A page that the operator can end (cards with the flow `checkout`) is ended there first, and a payer who paid before that has paid. Whatever else an operator already works on is never called cancelled: the payment ends as the operator says. Repeating the wish is harmless. No body is read.",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" } ],
                  "responses": {
                    "200": { "description": "The payment: `cancelled`, or still open with `cancel_requested`.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payment" } } } }
                  }
                }
                """#),
            DescribedCall(
                "GET", "/v1/payments/{id}/qr.svg", .open, problems: [.notFound, .unavailable],
                #"""
                {
                  "operationId": "getPaymentQRCodeSVG",
                  "summary": "The payer's QR code as SVG",
                  "description": "For a page shown to the payer; needs no key, because it tells what the payer may see anyway to whoever knows the payment's id.",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" } ],
                  "responses": {
                    "200": { "description": "The picture.", "headers": { "Cache-Control": { "$ref": "#/components/headers/NoStore" } }, "content": { "image/svg+xml": { "schema": { "type": "string" } } } }
                  }
                }
                """#),
            DescribedCall(
                "GET", "/v1/payments/{id}/qr.png", .open, problems: [.notFound, .unavailable],
                #"""
                {
                  "operationId": "getPaymentQRCodePNG",
                  "summary": "The payer's QR code as PNG",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" } ],
                  "responses": {
                    "200": { "description": "The picture.", "headers": { "Cache-Control": { "$ref": "#/components/headers/NoStore" } }, "content": { "image/png": {} } }
                  }
                }
                """#),
        ])

    static let choosing = DescribedPart(
        "Choosing a channel", "What may be offered to a payer now, and why a payment would go where.",
        [
            DescribedCall(
                "GET", "/v1/channels", .anyKey, problems: .readingQuery,
                #"""
                {
                  "operationId": "listChannels",
                  "summary": "List channels",
                  "description": "The channels of the key's environment, with limits, fees and what the payer will have to do. With `currency`, `amount` and `phone` only those that fit; with `amount` also the fee.",
                  "parameters": [
                    { "name": "currency", "in": "query", "description": "An ISO 4217 code.", "schema": { "type": "string", "x-values": "currency" }, "examples": { "franc": { "value": "XOF" } } },
                    { "name": "amount", "in": "query", "description": "Minor units; needs `currency` beside it.", "schema": { "type": "integer", "minimum": 1, "maximum": 9007199254740991 }, "examples": { "francs": { "value": 5000 } } },
                    { "name": "phone", "in": "query", "description": "The payer's number in international form, or in national form where `default_country` is known.", "schema": { "type": "string", "format": "phone" }, "examples": { "togo": { "value": "+22890112233" } } },
                    { "name": "default_country", "in": "query", "description": "The country of a number in national form; your app's own if left out.", "schema": { "type": "string", "x-values": "country" } }
                  ],
                  "responses": {
                    "200": { "description": "All channels, in alphabetical order.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ChannelList" } } } }
                  }
                }
                """#),
            DescribedCall(
                "POST", "/v1/routes/explain", .secretKey, problems: .readingBody + .describingPayment + [.invalidRepeat],
                #"""
                {
                  "operationId": "explainRoute",
                  "summary": "Explain a route",
                  "description": "The decision that a payment with this body would get now: every rule, every candidate, and why it was kept or not. Moves and stores nothing, so it takes no idempotency key. An empty `plan` means that the payment would be refused.",
                  "requestBody": {
                    "required": true,
                    "content": {
                      "application/json": {
                        "schema": { "$ref": "#/components/schemas/PaymentRequest" },
                        "examples": { "togo": { "value": { "amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": { "phone": "+22890000001" } } } }
                      }
                    }
                  },
                  "responses": {
                    "200": { "description": "The decision.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/RouteDecision" } } } }
                  }
                }
                """#),
        ],
        schemas: ChoosingSchemas.text)
}
