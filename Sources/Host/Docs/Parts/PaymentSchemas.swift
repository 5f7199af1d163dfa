// swift-format-ignore-file
/// The shapes of payments: asked for, listed, read.
enum PaymentSchemas {
    static let text = #"""
        {
          "PaymentRequest": {
            "type": "object",
            "description": "What is to be collected. Unknown members are refused; `null` is as if the member were left out. Nothing that looks like a card number is accepted anywhere.",
            "additionalProperties": false,
            "required": ["amount", "currency"],
            "properties": {
              "amount": { "type": "integer", "minimum": 1, "maximum": 9007199254740991, "description": "Minor units, written as an integer: 5000 XOF is 5000, 1.250 TND is 1250, 9.99 USD is 999." },
              "currency": { "type": "string", "description": "ISO 4217 code in upper case.", "examples": ["XOF", "TND", "USD"] },
              "channel": {
                "description": "A channel's name, or a list of names in order of preference. Left out, the router chooses among all. Where it chooses, the prefix of `customer.phone` decides between the wallets of mobile operators; before a second operator's wallet is tried the payer is asked: the payment is `awaiting_customer` with a `redirect` to `hosted_url`. One name is taken as it is: numbers are ported. Where an operator's own page lets the payer choose (Ksher, channel `thai-wallets`), a list of several of its channels, such as `[\"linepay\", \"promptpay\"]`, opens that page with exactly those that the provider serves, and the payment's `channel` is that page's name.",
                "anyOf": [ { "type": "string" }, { "type": "array", "minItems": 1, "items": { "type": "string" } }, { "type": "null" } ]
              },
              "customer": {
                "type": ["object", "null"], "description": "The payer.", "additionalProperties": false,
                "properties": {
                  "phone": { "type": ["string", "null"], "description": "A mobile number in international form, such as +228 90 11 22 33, or in national form where `default_country` is known. Spaces, dashes, dots, slashes and brackets of every script, and what cannot be seen, are skipped; `tel:` addresses are read. Of countries whose numbers the router does not know any number is taken, for channels that need no phone. Shown masked afterwards." },
                  "email": { "type": ["string", "null"], "minLength": 1, "maxLength": 254, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" },
                  "name": { "type": ["string", "null"], "minLength": 1, "maxLength": 150, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" }
                }
              },
              "source": {
                "type": ["object", "null"], "description": "For cards: the token that the card gateway made in the browser.", "additionalProperties": false, "required": ["token"],
                "properties": { "token": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" } }
              },
              "reference": { "type": ["string", "null"], "minLength": 1, "maxLength": 100, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$", "description": "Your own number of the order. While a payment of it is open, another one of the same amount and currency is refused with `possible_duplicate`, unless both name a phone in `customer` and name different ones; a succeeded one excludes nothing. Compared without outer white space, with each inner run of it as one space; case counts." },
              "description": { "type": ["string", "null"], "minLength": 1, "maxLength": 250, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$", "description": "Shown to the payer where the operator allows it." },
              "return_urls": {
                "type": ["object", "null"], "description": "Where a payer's browser goes after a hosted page. Coming back proves nothing: read the payment.", "additionalProperties": false,
                "properties": {
                  "success": { "$ref": "#/components/schemas/ReturnURL" },
                  "failure": { "$ref": "#/components/schemas/ReturnURL" },
                  "cancel": { "$ref": "#/components/schemas/ReturnURL" }
                }
              },
              "metadata": {
                "type": ["object", "null"], "description": "Your own texts, returned everywhere. Routing rules may read them.",
                "maxProperties": 50, "propertyNames": { "minLength": 1, "maxLength": 40 }, "additionalProperties": { "type": "string", "maxLength": 500 }
              },
              "capture": { "type": ["boolean", "null"], "description": "`false` holds the amount until `POST /v1/payments/{id}/capture`; only providers that can hold money are eligible." },
              "repeat_of": { "type": ["string", "null"], "description": "The payment of the same `reference`, amount and currency that this one repeats on purpose: it must be the newest open one, and `under_review`. It gets a wish to cancel; should it succeed late, it can be refunded. Each payment can be repeated once." },
              "language": { "type": ["string", "null"], "pattern": "^[a-z]{2}$", "description": "The payer's language for hosted pages, such as `fr` or `en`." },
              "hosted": { "type": ["boolean", "null"], "description": "`true` sends nothing before the payer has chosen a channel on the page at `hosted_url`." },
              "default_country": { "anyOf": [ { "type": "string", "x-values": "country" }, { "type": "null" } ], "description": "The country whose phone numbers this request may write without the calling code (ISO 3166): with `TG`, `90 11 22 33` is +228 90 11 22 33. Your app's own (`payrouter apps default-country`) if left out." },
              "expires_in": { "type": ["integer", "null"], "minimum": 1, "maximum": 86400, "description": "Seconds after which nothing new is started; 900 if left out. It proves nothing about what was started before." }
            }
          },
          "ReturnURL": { "type": ["string", "null"], "minLength": 9, "maxLength": 1000, "pattern": "^https?://[\\x21-\\x7e]+$", "description": "An absolute http or https address." },
          "Confirmation": {
            "type": "object", "additionalProperties": false, "required": ["code"],
            "properties": {
              "code": { "type": "string", "description": "What the payer typed." },
              "operator_payment_id": { "type": ["string", "null"], "description": "The operator's own payment id, where its form supplies one. May be left out where the router can ask for it." },
              "amount": { "type": ["integer", "null"], "minimum": 1, "maximum": 9007199254740991, "description": "What you expect the payment to be about, in minor units; needs `currency` beside it. Accepts a payment begun with a publishable key." },
              "currency": { "type": ["string", "null"], "description": "ISO 4217 code; needs `amount` beside it." }
            }
          },
          "Acceptance": {
            "type": "object", "additionalProperties": false, "required": ["amount", "currency"],
            "properties": {
              "amount": { "type": "integer", "minimum": 1, "maximum": 9007199254740991, "description": "What your order costs, in minor units." },
              "currency": { "type": "string", "description": "ISO 4217 code in upper case." }
            }
          },
          "ListedPayment": {
            "type": "object",
            "description": "A payment as lists show it.",
            "required": ["id", "object", "environment", "amount", "currency", "capture", "amount_collected", "amount_refunded", "amount_refundable", "status", "certainty", "channel", "provider", "next_action", "hosted_url", "acceptance", "failure", "review", "cancel_requested", "customer", "reference", "repeat_of", "description", "metadata", "created_at", "updated_at", "expires_at"],
            "properties": {
              "id": { "$ref": "#/components/schemas/PaymentId" },
              "object": { "type": "string", "const": "payment" },
              "environment": { "type": "string", "x-values": "environment", "description": "Practice money or real money; follows from the key." },
              "amount": { "type": "integer", "minimum": 1, "description": "Minor units." },
              "currency": { "type": "string", "x-values": "currency", "description": "ISO 4217 code." },
              "capture": { "type": "boolean", "description": "`false`: the amount is only held until it is captured, as you asked, or because you have not accepted it yet." },
              "amount_collected": { "type": "integer", "minimum": 0, "description": "Minor units collected, before refunds." },
              "amount_refunded": { "type": "integer", "minimum": 0, "description": "Minor units given back for certain." },
              "amount_refundable": { "type": "integer", "minimum": 0, "description": "Minor units that a new refund may ask for. Refunds that are open hold their amount." },
              "authorized_until": { "description": "`capture` is `false`: until when the operator holds the amount.", "anyOf": [ { "$ref": "#/components/schemas/Time" }, { "type": "null" } ] },
              "related": {
                "type": "array", "description": "Refunds, captures and releases of this payment, oldest first.",
                "items": {
                  "type": "object", "required": ["id", "object", "amount", "status", "certainty", "review"],
                  "properties": {
                    "id": { "$ref": "#/components/schemas/OrderId" },
                    "object": { "type": "string", "enum": ["refund", "capture", "void"] },
                    "amount": { "type": "integer", "minimum": 1 },
                    "status": { "type": "string", "x-values": "payment_status" },
                    "certainty": { "type": "string", "x-values": "certainty" },
                    "review": { "description": "Why a person has to look at it; `null` if nobody has to.", "anyOf": [ { "type": "string", "x-values": "review_reason" }, { "type": "null" } ] }
                  }
                }
              },
              "notices": {
                "type": "array", "description": "Disputes and refunds that happened at the operator without our asking.",
                "items": {
                  "type": "object", "required": ["type", "operator_reference", "amount", "currency", "reason", "at"],
                  "properties": {
                    "type": { "type": "string", "x-values": "notice_kind" },
                    "operator_reference": { "type": "string" },
                    "amount": { "type": ["integer", "null"] },
                    "currency": { "type": ["string", "null"] },
                    "reason": { "type": ["string", "null"] },
                    "at": { "$ref": "#/components/schemas/Time" }
                  }
                }
              },
              "status": { "type": "string", "x-values": "payment_status", "description": "- `processing`: the router or an operator is at work\n- `awaiting_customer`: the payer has to act, see `next_action`\n- `awaiting_acceptance`: you have to accept the amount, see `acceptance`; nothing is taken before\n- `authorized`: reserved, not collected\n- `succeeded`: collected; final\n- `failed`: not collected and never will be; final\n- `cancelled`: given up before anything was executed; final\n- `under_review`: a person has to look; checks go on" },
              "certainty": { "type": "string", "x-values": "certainty", "description": "Whether the router knows where the money is. `unknown` never means failed: do not collect again. `disputed`: an operator contradicts what is recorded; see `review` and `discrepancies`." },
              "discrepancies": { "type": "array", "items": { "$ref": "#/components/schemas/Discrepancy" }, "description": "Only there if there is one." },
              "channel": { "type": ["string", "null"], "description": "The channel in use; `null` until one is." },
              "provider": { "type": ["string", "null"], "description": "The provider in use; `null` until one is." },
              "next_action": { "description": "What the payer has to do; `null` if nothing.", "anyOf": [ { "$ref": "#/components/schemas/NextAction" }, { "type": "null" } ] },
              "hosted_url": { "type": ["string", "null"], "format": "uri", "description": "The payment's page for the payer: signed, valid until a day after `expires_at`. Who has the link can act as the payer." },
              "acceptance": {
                "type": ["object", "null"], "description": "Whether you have to accept the amount, because a browser chose it; `null` if not.", "required": ["accepted_at", "accept_by", "accept_url"],
                "properties": {
                  "accepted_at": { "description": "`null` until you did.", "anyOf": [ { "$ref": "#/components/schemas/Time" }, { "type": "null" } ] },
                  "accept_by": { "$ref": "#/components/schemas/Time", "description": "Unaccepted until then, it lapses and nothing is taken." },
                  "accept_url": { "type": "string", "format": "uri" }
                }
              },
              "failure": { "description": "Why it failed; `null` unless `status` is `failed`.", "anyOf": [ { "$ref": "#/components/schemas/Failure" }, { "type": "null" } ] },
              "review": {
                "type": ["object", "null"], "description": "Why a person has to look.", "required": ["reason", "since", "order"],
                "properties": {
                  "reason": { "type": "string", "x-values": "review_reason" },
                  "since": { "$ref": "#/components/schemas/Time" },
                  "order": { "description": "The payment's capture or release that the review is about, and under whose id people end it; `null` if it is the payment's own.", "anyOf": [ { "$ref": "#/components/schemas/OrderId" }, { "type": "null" } ] }
                }
              },
              "cancel_requested": { "type": "boolean", "description": "Whether the wish to cancel was recorded." },
              "customer": {
                "type": ["object", "null"], "required": ["phone", "email", "name"],
                "properties": {
                  "phone": { "type": ["string", "null"], "description": "Masked: `+228******01`." },
                  "email": { "type": ["string", "null"] },
                  "name": { "type": ["string", "null"] }
                }
              },
              "reference": { "type": ["string", "null"] },
              "repeat_of": { "type": ["string", "null"], "description": "The payment it repeats on purpose." },
              "description": { "type": ["string", "null"] },
              "metadata": { "type": "object", "additionalProperties": { "type": "string" } },
              "created_at": { "$ref": "#/components/schemas/Time" },
              "updated_at": { "$ref": "#/components/schemas/Time" },
              "expires_at": { "$ref": "#/components/schemas/Time", "description": "Nothing new is started after this moment." }
            }
          },
          "Payment": {
            "description": "A payment with its attempts.",
            "allOf": [
              { "$ref": "#/components/schemas/ListedPayment" },
              { "type": "object", "required": ["attempts"], "properties": { "attempts": { "type": "array", "items": { "$ref": "#/components/schemas/Attempt" } } } }
            ]
          },
          "WholePayment": {
            "description": "A payment with its attempts, the decision that routed it, and everything that happened to it.",
            "allOf": [
              { "$ref": "#/components/schemas/Payment" },
              {
                "type": "object", "required": ["route", "timeline"],
                "properties": {
                  "route": { "$ref": "#/components/schemas/RouteDecision", "description": "The decision made when the payment was created." },
                  "timeline": { "type": "array", "items": { "$ref": "#/components/schemas/TimelineEntry" }, "description": "In order of time." }
                }
              }
            ]
          },
          "PaymentList": {
            "type": "object", "required": ["object", "data", "has_more", "next_cursor"],
            "properties": {
              "object": { "type": "string", "const": "list" },
              "data": { "type": "array", "items": { "$ref": "#/components/schemas/ListedPayment" } },
              "has_more": { "type": "boolean" },
              "next_cursor": { "$ref": "#/components/schemas/NextCursor" },
              "complete_from": { "$ref": "#/components/schemas/CompleteFrom", "description": "Only with a filter by `metadata`: from this moment on every order is found by it; `null` if that is all of them." }
            }
          },
        """# + PaymentPieces.text + "}"
}
