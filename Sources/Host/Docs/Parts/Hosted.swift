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
                  "parameters": \#(pageParameters),
                  "responses": {
                    "200": {
                      "description": "The page.",
                      "headers": { "Cache-Control": { "$ref": "#/components/headers/NoStore" } },
                      "content": { "text/html": { "schema": { "type": "string" } } }
                    },
                    \#(badLinks)
                  }
                }
                """#),
            DescribedCall(
                "GET", "/pay/{id}/events", .open, problems: .readingQuery + [.unavailable],
                #"""
                {
                  "operationId": "followPaymentPage",
                  "summary": "Follow the payment page",
                  "parameters": \#(pageParameters),
                  "responses": {
                    "200": {
                      "description": "Server-sent events: `mark` whenever the page changes, `end` at the end. A link may have four streams open; whoever gets none reads the page anew every few seconds.",
                      "content": { "text/event-stream": { "schema": { "type": "string" } } }
                    },
                    \#(badLinks)
                  }
                }
                """#),
            pageForm(
                "choose", "choosePaymentChannel", "Choose a channel",
                fields: #"{ "channel": { "type": "string" }, "phone": { "type": "string" } }"#),
            pageForm(
                "confirm", "confirmOnPaymentPage", "Send a typed code", fields: #"{ "code": { "type": "string" } }"#),
            pageForm("check", "checkOnPaymentPage", "Look again", fields: "{}"),
            pageForm("cancel", "cancelOnPaymentPage", "Give up before anything was sent, or where the operator can end its page", fields: "{}"),
            pageForm("change", "changePaymentChannel", "Have the operator's page ended and choose again", fields: "{}"),
            asset("/pay/pay.css", "getPaymentPageStyle", "The page's style", "text/css"),
            asset("/pay/pay.js", "getPaymentPageScript", "The page's script", "text/javascript"),
            asset("/checkout.js", "getCheckoutScript", "The script for shops' pages", "text/javascript"),
            DescribedCall(
                "GET", "/checkout", .open, problems: .readingQuery + .describingPayment + [.invalidRequest, .unauthorized, .unavailable],
                #"""
                {
                  "operationId": "openCheckout",
                  "summary": "Open the checkout",
                  "description": "What `checkout.js` shows in its dialog. Needs `amount` with `currency`. Makes no payment yet, so that no preview or prefetch makes one.",
                  "parameters": [
                    { "name": "key", "in": "query", "required": true, "schema": { "$ref": "#/components/schemas/PublishableKey" } },
                    { "name": "amount", "in": "query", "required": true, "schema": { "$ref": "#/components/schemas/CheckoutAmount" } },
                    { "name": "currency", "in": "query", "required": true, "schema": { "type": "string", "x-values": "currency" } },
                    { "name": "reference", "in": "query", "schema": { "type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" } },
                    { "name": "description", "in": "query", "schema": { "type": "string", "minLength": 1, "maxLength": 250, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" } },
                    { "name": "channel", "in": "query", "schema": { "type": "string", "minLength": 1 } },
                    { "name": "nonce", "in": "query", "schema": { "$ref": "#/components/schemas/CheckoutNonce" } },
                    { "name": "lang", "in": "query", "schema": { "$ref": "#/components/schemas/PageLanguage" } }
                  ],
                  "responses": {
                    "200": { "description": "A form that asks for the payment.", "content": { "text/html": { "schema": { "type": "string" } } } },
                    "403": { "description": "The app is disabled; nothing can be paid here at present.", "content": { "text/html": { "schema": { "type": "string" } } } },
                    "303": { "description": "To the payment's page.", "headers": { "Location": { "$ref": "#/components/headers/Location" } } }
                  }
                }
                """#),
            DescribedCall(
                "POST", "/checkout", .open, problems: .readingQuery + .describingPayment + [.invalidRequest, .unauthorized, .noEligibleProvider, .noProviderAvailable, .idempotencyKeyReused, .possibleDuplicate, .bodyTooLarge, .unsupportedMediaType, .unavailable],
                #"""
                {
                  "operationId": "beginCheckout",
                  "summary": "Begin a hosted payment",
                  "description": "With a publishable key. The amount comes from the browser, so the payment waits as `awaiting_acceptance` until your server accepts it with `POST /v1/payments/{id}/accept`; unaccepted it lapses and nothing is taken. Only an app that was set to `allow-unaccepted` takes money without.",
                  "requestBody": {
                    "required": true,
                    "content": { "application/x-www-form-urlencoded": { "schema": { "$ref": "#/components/schemas/CheckoutForm" } } }
                  },
                  "responses": {
                    "303": { "description": "To the payment's page.", "headers": { "Location": { "$ref": "#/components/headers/Location" } } },
                    "403": { "description": "The app is disabled; nothing can be paid here at present.", "content": { "text/html": { "schema": { "type": "string" } } } }
                  }
                }
                """#),
        ],
        schemas: #"""
            {
              "PublishableKey": { "type": "string", "pattern": "^pk_[a-z]+_[0-9A-Za-z_]{4,80}$", "examples": ["pk_sandbox_demo"] },
              "PageLanguage": { "type": "string", "enum": ["fr", "en", "th"], "description": "If left out, what the browser prefers." },
              "CheckoutAmount": { "type": "string", "pattern": "^[1-9][0-9]{0,14}$", "description": "In minor units.", "examples": ["5000"] },
              "CheckoutNonce": { "type": "string", "pattern": "^[0-9a-z]{16,64}$", "description": "Makes a repetition harmless: the same order is paid once." },
              "CheckoutForm": {
                "type": "object", "additionalProperties": false, "required": ["key", "amount", "currency", "nonce"],
                "properties": {
                  "key": { "$ref": "#/components/schemas/PublishableKey" },
                  "amount": { "$ref": "#/components/schemas/CheckoutAmount" },
                  "currency": { "type": "string", "x-values": "currency" },
                  "reference": { "type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" },
                  "description": { "type": "string", "minLength": 1, "maxLength": 250, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" },
                  "channel": { "type": "string", "minLength": 1 },
                  "nonce": { "$ref": "#/components/schemas/CheckoutNonce" },
                  "lang": { "$ref": "#/components/schemas/PageLanguage" }
                }
              }
            }
            """#)

    /// What every address of a payment's page carries.
    private static let pageParameters = #"""
        [
          { "$ref": "#/components/parameters/PaymentId" },
          { "name": "t", "in": "query", "description": "The link's token.", "schema": { "type": "string" } },
          { "name": "lang", "in": "query", "description": "`fr`, `en` or `th`.", "schema": { "type": "string" } },
          { "name": "payment_id", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } },
          { "name": "status", "in": "query", "description": "Appended by some operators; not read.", "schema": { "type": "string" } }
        ]
        """#

    /// What is answered to links that open nothing.
    private static let badLinks = #"""
        "403": { "description": "The app is disabled; nothing can be paid here at present.", "content": { "text/html": { "schema": { "type": "string" } } } },
        "404": { "description": "The link is not valid.", "content": { "text/html": { "schema": { "type": "string" } } } },
        "410": { "description": "The link has expired.", "content": { "text/html": { "schema": { "type": "string" } } } }
        """#

    /// A form of the payment's page.
    private static func pageForm(_ name: String, _ operation: String, _ summary: String, fields: String) -> DescribedCall {
        DescribedCall(
            "POST", "/pay/{id}/\(name)", .open, problems: .readingQuery + [.bodyTooLarge, .unsupportedMediaType, .unavailable],
            #"""
            {
              "operationId": "\#(operation)",
              "summary": "\#(summary)",
              "description": "Sent by the page's own form.",
              "parameters": \#(pageParameters),
              "requestBody": {
                "required": false,
                "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "additionalProperties": false, "properties": \#(fields) } } }
              },
              "responses": {
                "303": { "description": "Back to the page.", "headers": { "Location": { "$ref": "#/components/headers/Location" } } },
                \#(badLinks),
                "422": { "description": "The page, saying what to correct.", "content": { "text/html": { "schema": { "type": "string" } } } }
              }
            }
            """#)
    }

    /// A file of the page.
    private static func asset(_ path: String, _ operation: String, _ summary: String, _ type: String) -> DescribedCall {
        DescribedCall(
            "GET", path, .open,
            #"""
            {
              "operationId": "\#(operation)",
              "summary": "\#(summary)",
              "responses": { "200": { "description": "The file.", "content": { "\#(type)": { "schema": { "type": "string" } } } } }
            }
            """#)
    }
}
