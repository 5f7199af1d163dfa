// swift-format-ignore-file
/// The page payers see, and the script that opens it.
extension DescribedPart {
    static let hosted = DescribedPart(
        "Hosted page", "The payer's page of a payment, reached by `hosted_url`, and `checkout.js` for shops' web pages. For browsers.",
        [
            DescribedCall(
                "GET", "/pay/{id}", .open, problems: .readingQuery + [.unavailable],
                #"""
                {
                  "operationId": "showPaymentPage",
                  "summary": "Show the payment page",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" }, { "name": "t", "in": "query", "description": "The link's token.", "schema": { "type": "string" } }, { "name": "lang", "in": "query", "description": "`fr`, `en` or `th`.", "schema": { "type": "string" } }, { "name": "payment_id", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } }, { "name": "status", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } } ],
                  "responses": { "200": { "description": "The page.", "headers": { "Cache-Control": { "$ref": "#/components/headers/NoStore" } }, "content": { "text/html": { "schema": { "type": "string" } } } }, "404": { "description": "The link is not valid.", "content": { "text/html": { "schema": { "type": "string" } } } }, "410": { "description": "The link has expired.", "content": { "text/html": { "schema": { "type": "string" } } } } }
                }
                """#),
            DescribedCall(
                "GET", "/pay/{id}/events", .open, problems: .readingQuery + [.unavailable],
                #"""
                {
                  "operationId": "followPaymentPage",
                  "summary": "Follow the payment page",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" }, { "name": "t", "in": "query", "description": "The link's token.", "schema": { "type": "string" } }, { "name": "lang", "in": "query", "description": "`fr`, `en` or `th`.", "schema": { "type": "string" } }, { "name": "payment_id", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } }, { "name": "status", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } } ],
                  "responses": { "200": { "description": "Server-sent events: `mark` whenever the page changes, `end` at the end.", "content": { "text/event-stream": { "schema": { "type": "string" } } } }, "404": { "description": "The link is not valid.", "content": { "text/html": { "schema": { "type": "string" } } } }, "410": { "description": "The link has expired.", "content": { "text/html": { "schema": { "type": "string" } } } } }
                }
                """#),
            DescribedCall(
                "POST", "/pay/{id}/choose", .open, problems: .readingQuery + [.bodyTooLarge, .unavailable],
                #"""
                {
                  "operationId": "choosePaymentChannel",
                  "summary": "Choose a channel",
                  "description": "Sent by the page's own form.",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" }, { "name": "t", "in": "query", "description": "The link's token.", "schema": { "type": "string" } }, { "name": "lang", "in": "query", "description": "`fr`, `en` or `th`.", "schema": { "type": "string" } }, { "name": "payment_id", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } }, { "name": "status", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } } ],
                  "requestBody": { "required": false, "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "properties": { "channel": { "type": "string" }, "phone": { "type": "string" } } } } } },
                  "responses": { "303": { "description": "Back to the page.", "headers": { "Location": { "$ref": "#/components/headers/Location" } } }, "404": { "description": "The link is not valid.", "content": { "text/html": { "schema": { "type": "string" } } } }, "410": { "description": "The link has expired.", "content": { "text/html": { "schema": { "type": "string" } } } }, "422": { "description": "The page, saying what to correct.", "content": { "text/html": { "schema": { "type": "string" } } } } }
                }
                """#),
            DescribedCall(
                "POST", "/pay/{id}/confirm", .open, problems: .readingQuery + [.bodyTooLarge, .unavailable],
                #"""
                {
                  "operationId": "confirmOnPaymentPage",
                  "summary": "Send a typed code",
                  "description": "Sent by the page's own form.",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" }, { "name": "t", "in": "query", "description": "The link's token.", "schema": { "type": "string" } }, { "name": "lang", "in": "query", "description": "`fr`, `en` or `th`.", "schema": { "type": "string" } }, { "name": "payment_id", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } }, { "name": "status", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } } ],
                  "requestBody": { "required": false, "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "properties": { "code": { "type": "string" } } } } } },
                  "responses": { "303": { "description": "Back to the page.", "headers": { "Location": { "$ref": "#/components/headers/Location" } } }, "404": { "description": "The link is not valid.", "content": { "text/html": { "schema": { "type": "string" } } } }, "410": { "description": "The link has expired.", "content": { "text/html": { "schema": { "type": "string" } } } }, "422": { "description": "The page, saying what to correct.", "content": { "text/html": { "schema": { "type": "string" } } } } }
                }
                """#),
            DescribedCall(
                "POST", "/pay/{id}/check", .open, problems: .readingQuery + [.bodyTooLarge, .unavailable],
                #"""
                {
                  "operationId": "checkOnPaymentPage",
                  "summary": "Look again",
                  "description": "Sent by the page's own form.",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" }, { "name": "t", "in": "query", "description": "The link's token.", "schema": { "type": "string" } }, { "name": "lang", "in": "query", "description": "`fr`, `en` or `th`.", "schema": { "type": "string" } }, { "name": "payment_id", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } }, { "name": "status", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } } ],
                  "requestBody": { "required": false, "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "properties": {  } } } } },
                  "responses": { "303": { "description": "Back to the page.", "headers": { "Location": { "$ref": "#/components/headers/Location" } } }, "404": { "description": "The link is not valid.", "content": { "text/html": { "schema": { "type": "string" } } } }, "410": { "description": "The link has expired.", "content": { "text/html": { "schema": { "type": "string" } } } }, "422": { "description": "The page, saying what to correct.", "content": { "text/html": { "schema": { "type": "string" } } } } }
                }
                """#),
            DescribedCall(
                "POST", "/pay/{id}/cancel", .open, problems: .readingQuery + [.bodyTooLarge, .unavailable],
                #"""
                {
                  "operationId": "cancelOnPaymentPage",
                  "summary": "Give up before anything was sent",
                  "description": "Sent by the page's own form.",
                  "parameters": [ { "$ref": "#/components/parameters/PaymentId" }, { "name": "t", "in": "query", "description": "The link's token.", "schema": { "type": "string" } }, { "name": "lang", "in": "query", "description": "`fr`, `en` or `th`.", "schema": { "type": "string" } }, { "name": "payment_id", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } }, { "name": "status", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } } ],
                  "requestBody": { "required": false, "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "properties": {  } } } } },
                  "responses": { "303": { "description": "Back to the page.", "headers": { "Location": { "$ref": "#/components/headers/Location" } } }, "404": { "description": "The link is not valid.", "content": { "text/html": { "schema": { "type": "string" } } } }, "410": { "description": "The link has expired.", "content": { "text/html": { "schema": { "type": "string" } } } }, "422": { "description": "The page, saying what to correct.", "content": { "text/html": { "schema": { "type": "string" } } } } }
                }
                """#),
            DescribedCall(
                "GET", "/pay/pay.css", .open, problems: [],
                #"""
                {
                  "operationId": "getPaymentPageStyle",
                  "summary": "The page's style",
                  
                  "responses": { "200": { "description": "The file.", "content": { "text/css": { "schema": { "type": "string" } } } } }
                }
                """#),
            DescribedCall(
                "GET", "/pay/pay.js", .open, problems: [],
                #"""
                {
                  "operationId": "getPaymentPageScript",
                  "summary": "The page's script",
                  
                  "responses": { "200": { "description": "The file.", "content": { "text/javascript": { "schema": { "type": "string" } } } } }
                }
                """#),
            DescribedCall(
                "GET", "/checkout.js", .open, problems: [],
                #"""
                {
                  "operationId": "getCheckoutScript",
                  "summary": "The script for shops' pages",
                  
                  "responses": { "200": { "description": "The file.", "content": { "text/javascript": { "schema": { "type": "string" } } } } }
                }
                """#),
            DescribedCall(
                "GET", "/checkout", .open, problems: .readingQuery + .describingPayment + [.invalidRequest, .unauthorized, .notFound, .unavailable],
                #"""
                {
                  "operationId": "openCheckout",
                  "summary": "Open the checkout",
                  "parameters": [ { "name": "key", "in": "query", "schema": { "type": "string" } }, { "name": "payment", "in": "query", "schema": { "type": "string" } }, { "name": "amount", "in": "query", "schema": { "type": "string" } }, { "name": "currency", "in": "query", "schema": { "type": "string" } }, { "name": "reference", "in": "query", "schema": { "type": "string" } }, { "name": "description", "in": "query", "schema": { "type": "string" } }, { "name": "channel", "in": "query", "schema": { "type": "string" } }, { "name": "nonce", "in": "query", "schema": { "type": "string" } }, { "name": "lang", "in": "query", "schema": { "type": "string" } } ],
                  "responses": { "200": { "description": "A form that asks for the payment.", "content": { "text/html": { "schema": { "type": "string" } } } }, "303": { "description": "To the payment's page.", "headers": { "Location": { "$ref": "#/components/headers/Location" } } } }
                }
                """#),
            DescribedCall(
                "POST", "/checkout", .open, problems: .readingQuery + .describingPayment + [.invalidRequest, .unauthorized, .notFound, .noEligibleProvider, .noProviderAvailable, .idempotencyKeyReused, .possibleDuplicate, .bodyTooLarge, .unavailable],
                #"""
                {
                  "operationId": "beginCheckout",
                  "summary": "Begin a hosted payment",
                  "description": "With a publishable key. The amount comes from the browser: compare the payment with your order on your server before you deliver. `nonce` makes a repetition harmless.",
                  "requestBody": { "required": true, "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "properties": { "key": { "type": "string" }, "payment": { "type": "string" }, "amount": { "type": "string" }, "currency": { "type": "string" }, "reference": { "type": "string" }, "description": { "type": "string" }, "channel": { "type": "string" }, "nonce": { "type": "string" }, "lang": { "type": "string" } } } } } },
                  "responses": { "303": { "description": "To the payment's page.", "headers": { "Location": { "$ref": "#/components/headers/Location" } } } }
                }
                """#),
        ])
}
