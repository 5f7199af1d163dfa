// swift-format-ignore-file
/// Money out, and questions to operators.
extension DescribedPart {
    static let payouts = DescribedPart(
        "Payouts", "Pay money out to a customer's wallet.",
        [
            DescribedCall(
                "POST", "/v1/payouts", .secretKey,
                problems: .idempotent + .readingBody + .describingPayment + [.noEligibleProvider, .noProviderAvailable, .possibleDuplicate, .invalidRepeat, .limitReached],
                #"""
                {
                  "operationId": "createPayout",
                  "summary": "Pay out",
                  "description": "Chooses a provider by `payout_routing` of `providers.json`, checks what is known of our balance there, stores and sends. A payout whose end is not known is never tried elsewhere.\n\nGive `reference`: one order number and payee is one payout, whatever the key and the amount. Asking again is refused with `possible_duplicate` unless the earlier one certainly executed nothing, or has succeeded and is named in `repeat_of`.",
                  "parameters": [ { "$ref": "#/components/parameters/Prefer" } ],
                  "requestBody": {
                    "required": true,
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/PayoutRequest" }, "examples": { "togo": { "value": { "amount": 5000, "currency": "XOF", "channel": "tmoney", "party": { "phone": "+22890000001" } } } } } }
                  },
                  "responses": {
                    "201": {
                      "description": "Stored, and the operator's first answer is known.",
                      "headers": { "Location": { "$ref": "#/components/headers/Location" } },
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payout" } } }
                    },
                    "202": {
                      "description": "Stored, and the operator has not answered yet.",
                      "headers": { "Location": { "$ref": "#/components/headers/Location" } },
                      "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Payout" } } }
                    }
                  }
                }
                """#),
            DescribedCall(
                "GET", "/v1/payouts", .secretKey, problems: .readingQuery,
                #"""
                {
                  "operationId": "listPayouts",
                  "summary": "List payouts",
                  "description": "Newest first. Filters can be combined.",
                  "parameters": [
                    \#(DescribedBasics.orderFilters)
                  ],
                  "responses": {
                    "200": { "description": "One page.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/PayoutList" } } } }
                  }
                }
                """#),
            DescribedCall(
                "GET", "/v1/payouts/{id}", .secretKey, problems: .readingQuery + [.notFound],
                #"""
                {
                  "operationId": "getPayout",
                  "summary": "Read a payout",
                  "parameters": [ { "$ref": "#/components/parameters/PayoutId" }, { "$ref": "#/components/parameters/Wait" } ],
                  "responses": { "200": { "description": "The payout with its route and timeline.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WholePayout" } } } } }
                }
                """#),
        ],
        schemas: #"""
            {
              "PayoutRequest": {
                "type": "object", "additionalProperties": false, "required": ["amount", "currency", "party"],
                "properties": {
                  "amount": { "type": "integer", "minimum": 1, "maximum": 9007199254740991, "description": "Minor units." },
                  "currency": { "type": "string", "examples": ["XOF"] },
                  "channel": { "description": "A channel's name, or a list in order of preference. Unless one is named, the wallet is that of the operator whose prefix the phone has, and never another one's.", "anyOf": [ { "type": "string" }, { "type": "array", "minItems": 1, "items": { "type": "string" } }, { "type": "null" } ] },
                  "party": {
                    "type": "object", "description": "Who gets the money.", "additionalProperties": false,
                    "properties": {
                      "phone": { "type": ["string", "null"], "description": "A mobile number in international form, or in national form where `default_country` is known." },
                      "email": { "type": ["string", "null"], "minLength": 1, "maxLength": 254, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" },
                      "name": { "type": ["string", "null"], "minLength": 1, "maxLength": 150, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" }
                    }
                  },
                  "reference": { "type": ["string", "null"], "minLength": 1, "maxLength": 100, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" },
                  "description": { "type": ["string", "null"], "minLength": 1, "maxLength": 250, "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]*$" },
                  "metadata": { "type": ["object", "null"], "maxProperties": 50, "propertyNames": { "minLength": 1, "maxLength": 40 }, "additionalProperties": { "type": "string", "maxLength": 500 } },
                  "default_country": { "anyOf": [ { "type": "string", "x-values": "country" }, { "type": "null" } ], "description": "The country whose phone numbers this request may write without the calling code (ISO 3166): with `TG`, `90 11 22 33` is +228 90 11 22 33. Your app's own (`payrouter apps default-country`) if left out." },
                  "expires_in": { "type": ["integer", "null"], "minimum": 1, "maximum": 86400 },
                  "repeat_of": { "type": ["string", "null"], "description": "The payout of the same `reference` and payee that this one repeats on purpose. It must be the newest and must have succeeded; each can be repeated once." }
                }
              },
              "ListedPayout": {
                "type": "object", "description": "A payout as lists show it.",
                "required": ["id", "object", "party", "environment", "amount", "currency", "status", "certainty", "channel", "provider", "failure", "review", "reference", "repeat_of", "description", "metadata", "created_at", "updated_at", "expires_at"],
                "properties": {
                  "id": { "$ref": "#/components/schemas/PayoutId" },
                  "object": { "type": "string", "const": "payout" },
                  "party": { "type": ["object", "null"], "required": ["phone", "email", "name"], "properties": { "phone": { "type": ["string", "null"], "description": "Masked." }, "email": { "type": ["string", "null"] }, "name": { "type": ["string", "null"] } } },
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
                  "repeat_of": { "type": ["string", "null"], "description": "The payout it repeats on purpose." },
                  "description": { "type": ["string", "null"] },
                  "metadata": { "type": "object", "additionalProperties": { "type": "string" } },
                  "created_at": { "$ref": "#/components/schemas/Time" },
                  "updated_at": { "$ref": "#/components/schemas/Time" },
                  "expires_at": { "$ref": "#/components/schemas/Time" }
                }
              },
              "Payout": { "allOf": [ { "$ref": "#/components/schemas/ListedPayout" }, { "type": "object", "required": ["attempts"], "properties": { "attempts": { "type": "array", "items": { "$ref": "#/components/schemas/Attempt" } } } } ] },
              "WholePayout": { "allOf": [ { "$ref": "#/components/schemas/Payout" }, { "type": "object", "required": ["route", "timeline"], "properties": { "route": { "type": "object", "description": "Where it went and why." }, "timeline": { "type": "array", "items": { "$ref": "#/components/schemas/TimelineEntry" } } } } ] },
              "PayoutList": {
                "type": "object", "required": ["object", "data", "has_more", "next_cursor"],
                "properties": { "object": { "type": "string", "const": "list" }, "data": { "type": "array", "items": { "$ref": "#/components/schemas/ListedPayout" } }, "has_more": { "type": "boolean" }, "next_cursor": { "$ref": "#/components/schemas/NextCursor" }, "complete_from": { "$ref": "#/components/schemas/CompleteFrom", "description": "Only with a filter by `metadata`: from this moment on every order is found by it; `null` if that is all of them." } }
              }
            }
            """#)

    static let questions = DescribedPart(
        "Balances and parties", "What operators tell about our money and about phone numbers.",
        [
            DescribedCall(
                "GET", "/v1/balances", .secretKey, problems: .readingQuery,
                #"""
                {
                  "operationId": "listBalances",
                  "summary": "List balances",
                  "description": "Our money at each provider that tells it, asked now unless it was asked seconds ago.",
                  "responses": { "200": { "description": "What is known.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/BalanceList" } } } } }
                }
                """#),
            DescribedCall(
                "GET", "/v1/parties/{phone}", .secretKey, problems: .readingQuery + [.invalidPhone, .notSupported],
                #"""
                {
                  "operationId": "lookUpParty",
                  "summary": "Ask whether a number is a customer",
                  "description": "Asks the providers whose operator tells. Nothing is told to the customer; names are masked and not stored. That a number is nobody's customer is remembered for ten minutes. Ask only about payees you are about to pay: an app may ask about 1000 numbers an hour, and about 30 of those that differ in the last three digits only (`limits` of the configuration).",
                  "parameters": [
                    { "name": "phone", "in": "path", "required": true, "description": "In international form, or in national form where `default_country` is known.", "schema": { "type": "string", "format": "phone" } },
                    { "name": "default_country", "in": "query", "description": "The country of a number in national form.", "schema": { "type": "string", "x-values": "country" } },
                    { "name": "channel", "in": "query", "description": "Only providers of this channel.", "schema": { "type": "string" } }
                  ],
                  "responses": { "200": { "description": "Each provider's answer.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/PartyList" } } } } }
                }
                """#),
        ],
        schemas: #"""
            {
              "BalanceList": {
                "type": "object", "required": ["object", "data"],
                "properties": {
                  "object": { "type": "string", "const": "list" },
                  "data": {
                    "type": "array",
                    "items": {
                      "type": "object", "required": ["provider", "currency", "available", "channels", "as_of", "error"],
                      "properties": {
                        "provider": { "type": "string" },
                        "currency": { "type": ["string", "null"] },
                        "available": { "type": ["integer", "null"], "description": "Minor units." },
                        "channels": { "type": "array", "items": { "type": "string" }, "description": "The channels whose payouts draw on it; empty means all." },
                        "as_of": { "anyOf": [ { "$ref": "#/components/schemas/Time" }, { "type": "null" } ] },
                        "error": { "type": ["string", "null"], "description": "Why the operator could not be asked now." }
                      }
                    }
                  }
                }
              },
              "PartyList": {
                "type": "object", "required": ["object", "phone", "data"],
                "properties": {
                  "object": { "type": "string", "const": "list" },
                  "phone": { "type": "string", "description": "Masked." },
                  "data": {
                    "type": "array",
                    "items": {
                      "type": "object", "required": ["provider", "channel", "is_customer", "is_active", "name", "error"],
                      "properties": {
                        "provider": { "type": "string" },
                        "channel": { "type": "string" },
                        "is_customer": { "type": ["boolean", "null"], "description": "`null` if the operator could not tell." },
                        "is_active": { "type": ["boolean", "null"] },
                        "name": { "type": ["string", "null"], "description": "Masked: `K*** A****`." },
                        "error": { "type": ["string", "null"] }
                      }
                    }
                  }
                }
              }
            }
            """#)
}
