// swift-format-ignore-file
/// What the document says before and beside the calls.
enum DescribedBasics {
    static let info = #"""
        {
          "title": "Payrouter",
          "version": "1.0.0",
          "summary": "One payment object for many ways to pay.",
          "description": "Create a payment, show the payer its `next_action`, and follow its `status` and `certainty`. The readable form of this document, with a guide, is at {{url}}/docs.\n\n**Requests are read strictly**: unknown members, duplicate members, numbers with a fraction and wrong types are refused with a pointer to the fault.\n\n**Answers must be read tolerantly**: members may be added, values may be added to every list of values, and the order of members means nothing. Ignore what you do not know.\n\nEvery path that takes GET takes HEAD too, and every path answers OPTIONS with 204 and `Allow`; other methods are answered 405 with `Allow` and the problem `method_not_allowed`. Requests that do not reach a path are answered 404 with the problem `not_found`. Every answer carries `Request-Id`; only what is no proper HTTP, or has more than 32 kB of header, is answered with a bare 400 and a closed connection.",
          "license": { "name": "Apache License 2.0", "identifier": "Apache-2.0" }
        }
        """#

    static let components = #"""
        {
          "securitySchemes": {
            "secretKey": { "type": "http", "scheme": "bearer", "bearerFormat": "sk_...", "description": "An app's secret key, from a server only. `payrouter serve --sandbox` accepts `sk_sandbox_demo`." },
            "publishableKey": { "type": "http", "scheme": "bearer", "bearerFormat": "pk_...", "description": "An app's publishable key. It may only look at channels." }
          },
          "headers": {
            "RequestId": { "required": true, "description": "The router's name for this request; quote it when something is wrong.", "schema": { "type": "string", "pattern": "^req_[0-7][0-9A-HJKMNP-TV-Z]{25}$" } },
            "NoStore": { "required": true, "description": "Always `no-store`: the answer is true for this moment only.", "schema": { "type": "string", "const": "no-store" } },
            "RetryAfter": { "required": true, "description": "Whole seconds to wait before the same request is sent again, with the same idempotency key.", "schema": { "type": "string", "pattern": "^[0-9]+$" } },
            "RateLimitPolicy": { "description": "What the caller may do (draft-ietf-httpapi-ratelimit-headers): a list of quotas `q`, each in a window of `w` seconds; with `qu=\"concurrent-requests\"` so many may be under way at once.", "schema": { "type": "string" }, "example": "\"default\";q=5000;w=1, \"concurrent\";q=2048;qu=\"concurrent-requests\"" },
            "RateLimit": { "description": "What is left of a quota: `r` requests, and all of them again after `t` seconds.", "schema": { "type": "string" }, "example": "\"default\";r=4999;t=1" },
            "WWWAuthenticate": { "required": true, "description": "The scheme to authenticate with.", "schema": { "type": "string", "pattern": "^Bearer " } },
            "Location": { "required": true, "description": "The path of what was created.", "schema": { "type": "string", "format": "uri-reference" } },
            "IdempotentReplayed": { "description": "`true` if the idempotency key was used before with the same request: nothing was done again, and the body shows the payment as it is now.", "schema": { "type": "string", "const": "true" } },
            "IdempotencyKeyEcho": { "description": "With `Idempotent-Replayed`: the key as it was sent.", "schema": { "type": "string" } },
            "OriginalRequestId": { "description": "With `Idempotent-Replayed`: the request that did the work.", "schema": { "type": "string", "pattern": "^req_[0-7][0-9A-HJKMNP-TV-Z]{25}$" } }
          },
          "parameters": {
            "IdempotencyKey": {
              "name": "Idempotency-Key", "in": "header", "required": true,
              "description": "Makes repeating the call harmless: 16 to 255 characters, bare or as a quoted string (RFC 9651). Both spellings of one text are one key. Use a UUID.",
              "schema": { "type": "string", "pattern": "^([!#-+\\--:<-~]{16,255}|\"([ !#-\\[\\]-~]|\\\\[\"\\\\]){16,255}\"(;[!-~]*)?)$" },
              "examples": {
                "bare": { "value": "0e3f9a52-7c0e-4b8a-9e64-2f0b6a1c8d37" },
                "quoted": { "value": "\"0e3f9a52-7c0e-4b8a-9e64-2f0b6a1c8d37\"" }
              }
            },
            "Prefer": {
              "name": "Prefer", "in": "header", "required": false,
              "description": "`respond-async`: answer 202 as soon as the payment is stored, without waiting for the operator. Other preferences are ignored.",
              "schema": { "type": "string" },
              "examples": { "async": { "value": "respond-async" } }
            },
            "Limit": { "name": "limit", "in": "query", "description": "How many at most; 20 if left out.", "schema": { "type": "integer", "minimum": 1, "maximum": 100, "default": 20 } },
            "After": { "name": "after", "in": "query", "description": "`next_cursor` of the page before: the page behind it, with older entries.", "schema": { "type": "string", "format": "cursor" } },
            "Before": { "name": "before", "in": "query", "description": "A cursor: only what is newer than it.", "schema": { "type": "string", "format": "cursor" } },
            "Status": { "name": "status", "in": "query", "schema": { "type": "string", "x-values": "payment_status" } },
            "ReviewReason": { "name": "review", "in": "query", "description": "`open` for every order with an open review, final ones included, or a review's reason. Payments are found by the review of their capture or release, too.", "schema": { "anyOf": [ { "type": "string", "const": "open" }, { "type": "string", "x-values": "review_reason" } ] } },
            "Channel": { "name": "channel", "in": "query", "description": "A channel's name, as in the order.", "schema": { "type": "string" } },
            "Provider": { "name": "provider", "in": "query", "description": "A provider's name, as in the order.", "schema": { "type": "string" } },
            "Reference": { "name": "reference", "in": "query", "description": "The whole `reference`.", "schema": { "type": "string" } },
            "Phone": { "name": "phone", "in": "query", "description": "The whole number of the customer in international form.", "schema": { "type": "string", "format": "phone" } },
            "CreatedWith": { "name": "idempotency_key", "in": "query", "description": "The key it was created with, without quotes.", "schema": { "type": "string" } },
            "CreatedFrom": { "name": "created_from", "in": "query", "description": "Created at or after this moment.", "schema": { "type": "string", "format": "date-time" } },
            "CreatedTo": { "name": "created_to", "in": "query", "description": "Created before this moment.", "schema": { "type": "string", "format": "date-time" } },
            "Metadata": { "name": "metadata", "in": "query", "style": "deepObject", "explode": true, "description": "`metadata[order_id]=17`: only orders with this value under this name, whole and exact; several must all hold. The app chooses the names with `PUT /v1/metadata_index`; any other is refused. While older orders are being indexed the answer has `complete_from`.", "schema": { "type": "object", "additionalProperties": { "type": "string" } } },
            "Wait": { "name": "wait", "in": "query", "description": "Seconds to wait for a change.", "schema": { "type": "integer", "minimum": 0, "maximum": 30, "default": 0 }, "examples": { "long": { "value": 20 } } },
            "WebhookEndpointId": { "name": "id", "in": "path", "required": true, "description": "The endpoint's id.", "schema": { "type": "string", "pattern": "^whe_[0-7][0-9A-HJKMNP-TV-Z]{25}$" } },
            "RefundId": { "name": "id", "in": "path", "required": true, "description": "The refund's id.", "schema": { "$ref": "#/components/schemas/RefundId" } },
            "PayoutId": { "name": "id", "in": "path", "required": true, "description": "The payout's id.", "schema": { "$ref": "#/components/schemas/PayoutId" } },
            "PaymentId": { "name": "id", "in": "path", "required": true, "description": "The payment's id.", "schema": { "$ref": "#/components/schemas/PaymentId" } }
          },
          "schemas": {
            "Problem": {
              "type": "object",
              "description": "Why a request was refused (RFC 9457). `code` and `type` are stable; `detail` is for people and must not be parsed.",
              "required": ["type", "title", "status", "detail", "code", "request_id", "retryable", "outcome"],
              "properties": {
                "type": { "type": "string", "format": "uri", "description": "The page that explains the code: cause, remedy, and whether money moved." },
                "title": { "type": "string", "description": "The same for every occurrence of a code." },
                "status": { "type": "integer", "description": "The HTTP status." },
                "detail": { "type": "string", "description": "This occurrence, for people." },
                "code": { "type": "string", "x-values": "problem_code", "description": "The stable name of the reason." },
                "request_id": { "type": "string", "description": "As in the header `Request-Id`." },
                "retryable": { "type": "boolean", "description": "Whether the very same request, with the same idempotency key, may succeed later." },
                "outcome": { "type": "string", "enum": ["not_executed", "unknown", "executed"], "description": "What happened to money because of this request." },
                "errors": {
                  "type": "array", "description": "The faults of one document.",
                  "items": {
                    "type": "object", "required": ["pointer", "code", "detail"],
                    "properties": {
                      "pointer": { "type": "string", "description": "JSON pointer (RFC 6901) to the faulty member." },
                      "code": { "type": "string", "description": "For instance `unknown_member`, `missing_member`, `wrong_type`, `not_an_integer`, `invalid_value`." },
                      "detail": { "type": "string" }
                    }
                  }
                },
                "payment_id": { "$ref": "#/components/schemas/OrderId", "description": "The payment, payout or refund concerned, when there is one." },
                "hosted_url": { "type": "string", "description": "With `possible_duplicate`: the page where the payer can go on with the open payment." },
                "repeat_of": { "$ref": "#/components/schemas/OrderId", "description": "With `possible_duplicate`: what to send as `repeat_of` if the order shall be repeated on purpose. Missing if it may not be repeated now." },
                "available": { "type": "integer", "minimum": 0, "description": "With `amount_too_large`: what is left to refund or capture, in minor units." },
                "limit": { "type": "string", "description": "With `rate_limited`, and with `unavailable` where everybody together has as many streams as there may be: the limit that is used up, for instance `app_rate`." },
                "candidates": { "type": "array", "items": { "$ref": "#/components/schemas/RouteCandidate" }, "description": "With `no_eligible_provider` and `no_provider_available`: why each provider was not chosen." }
              }
            },
            "OrderId": { "type": "string", "pattern": "^(pay|po|re|cap|void)_[0-7][0-9A-HJKMNP-TV-Z]{25}$", "description": "The id of a payment, payout, refund, capture or void.", "examples": ["re_01M7Y8G2S83KY03KAYDH4HV29B"] },
            "RefundId": { "type": "string", "pattern": "^re_[0-7][0-9A-HJKMNP-TV-Z]{25}$", "description": "The id of a refund.", "examples": ["re_01M7Y8G2S83KY03KAYDH4HV29B"] },
            "PayoutId": { "type": "string", "pattern": "^po_[0-7][0-9A-HJKMNP-TV-Z]{25}$", "description": "The id of a payout.", "examples": ["po_01M7Y8G2S83KY03KAYDH4HV29B"] },
            "PaymentId": { "type": "string", "pattern": "^pay_[0-7][0-9A-HJKMNP-TV-Z]{25}$", "description": "The id of a payment. Opaque; sorts by time of creation.", "examples": ["pay_01M7Y8G2S83KY03KAYDH4HV29B"] },
            "Time": { "type": "string", "format": "date-time", "description": "RFC 3339 in UTC with milliseconds.", "examples": ["2026-11-21T09:30:00.000Z"] },
            "CompleteFrom": { "type": ["string", "null"], "format": "date-time", "description": "In a list only with a filter by `metadata`: from this moment on every order is found by it; of older ones some may be missing, because they are still being indexed. `null` when all are indexed." },
            "NextCursor": { "type": ["string", "null"], "description": "For `after`: the next page. `null` on the last one." }
          }
        }
        """#

    /// The parameters of every list of orders, to stand in a call's `parameters`.
    static let orderFilters = [
        "Limit", "After", "Before", "Status", "ReviewReason", "Channel", "Provider", "Reference", "Phone", "CreatedWith", "CreatedFrom",
        "CreatedTo", "Metadata",
    ].map { ##"{ "$ref": "#/components/parameters/\##($0)" }"## }.joined(separator: ", ")

    /// The operation of one webhook. `{{type}}` is the type of the event, `{{operation}}` the same as an identifier.
    static let webhook = #"""
        {
          "operationId": "on_{{operation}}",
          "tags": ["Webhooks"],
          "summary": "The event `{{type}}`",
          "description": "Sent to every enabled endpoint that wants the type. Delivered at least once and in no certain order: drop repetitions by `webhook-id`, and older states by `sequence`.",
          "security": [],
          "parameters": [
            { "name": "webhook-id", "in": "header", "required": true, "description": "The event's id, the same on every try.", "schema": { "type": "string" } },
            { "name": "webhook-timestamp", "in": "header", "required": true, "description": "When this try was made, in seconds since 1970. Refuse more than five minutes either way.", "schema": { "type": "string", "pattern": "^[0-9]+$" } },
            { "name": "webhook-signature", "in": "header", "required": true, "description": "Standard Webhooks: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. While a secret is being rotated there are two, separated by a space.", "schema": { "type": "string" } }
          ],
          "requestBody": {
            "required": true,
            "content": {
              "application/json": {
                "schema": { "allOf": [ { "$ref": "#/components/schemas/EventBody" }, { "type": "object", "properties": { "type": { "const": "{{type}}" } } } ] }
              }
            }
          },
          "responses": {
            "2XX": { "description": "Received. Answer quickly, with an empty body." },
            "410": { "description": "No more of this, please: the endpoint is disabled." },
            "default": { "description": "Not received: tried again later, ten times over about 75 hours. Redirects are not followed." }
          }
        }
        """#
}
