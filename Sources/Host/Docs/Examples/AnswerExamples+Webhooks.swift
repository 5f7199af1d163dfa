// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Webhooks.
    static let webhooks: [String: String] = [
        "createWebhookEndpoint": #"""
            {
              "id": "whe_01M8H481TK69GSAYC1R60Z3SJ5",
              "object": "webhook_endpoint",
              "app": "app_01M8H480SKF6XQD8NEQ8V3H6FD",
              "environment": "sandbox",
              "url": "https://shop.example/hooks/payments",
              "types": [
                "payment.succeeded",
                "payment.failed",
                "payment.under_review"
              ],
              "enabled": true,
              "disabled_reason": null,
              "failing_since": null,
              "old_secret_expires_at": null,
              "created_at": "2026-11-28T13:06:53.395Z",
              "secret": "whsec_bm90LWEtc2VjcmV0LWJ1dC1hbi1leGFtcGxl"
            }
            """#,
        "listWebhookEndpoints": #"""
            {
              "object": "list",
              "data": [
                {
                  "id": "whe_01M8H481TK69GSAYC1R60Z3SJ5",
                  "object": "webhook_endpoint",
                  "app": "app_01M8H480SKF6XQD8NEQ8V3H6FD",
                  "environment": "sandbox",
                  "url": "https://shop.example/hooks/payments",
                  "types": [
                    "payment.succeeded",
                    "payment.failed",
                    "payment.under_review"
                  ],
                  "enabled": true,
                  "disabled_reason": null,
                  "failing_since": null,
                  "old_secret_expires_at": null,
                  "created_at": "2026-11-28T13:06:53.395Z"
                }
              ],
              "has_more": false,
              "next_cursor": null
            }
            """#,
        "getWebhookEndpoint": #"""
            {
              "id": "whe_01M8H481TK69GSAYC1R60Z3SJ5",
              "object": "webhook_endpoint",
              "app": "app_01M8H480SKF6XQD8NEQ8V3H6FD",
              "environment": "sandbox",
              "url": "https://shop.example/hooks/payments",
              "types": [
                "payment.succeeded",
                "payment.failed",
                "payment.under_review"
              ],
              "enabled": true,
              "disabled_reason": null,
              "failing_since": null,
              "old_secret_expires_at": null,
              "created_at": "2026-11-28T13:06:53.395Z"
            }
            """#,
        "updateWebhookEndpoint": #"""
            {
              "id": "whe_01M8H481TK69GSAYC1R60Z3SJ5",
              "object": "webhook_endpoint",
              "app": "app_01M8H480SKF6XQD8NEQ8V3H6FD",
              "environment": "sandbox",
              "url": "https://shop.example/hooks/payments",
              "types": [
                "payment.succeeded",
                "payment.failed",
                "payment.under_review"
              ],
              "enabled": true,
              "disabled_reason": null,
              "failing_since": null,
              "old_secret_expires_at": null,
              "created_at": "2026-11-28T13:06:53.395Z"
            }
            """#,
        "rotateWebhookSecret": #"""
            {
              "id": "whe_01M8H481TK69GSAYC1R60Z3SJ5",
              "object": "webhook_endpoint",
              "app": "app_01M8H480SKF6XQD8NEQ8V3H6FD",
              "environment": "sandbox",
              "url": "https://shop.example/hooks/payments",
              "types": [
                "payment.succeeded",
                "payment.failed",
                "payment.under_review"
              ],
              "enabled": true,
              "disabled_reason": null,
              "failing_since": null,
              "old_secret_expires_at": "2026-11-28T14:06:53.437Z",
              "created_at": "2026-11-28T13:06:53.395Z",
              "secret": "whsec_bm90LWEtc2VjcmV0LWJ1dC1hbi1leGFtcGxl"
            }
            """#,
        "testWebhookEndpoint": #"""
            {
              "object": "webhook_test",
              "webhook_id": "evt_01M8H481VJ0R5HZ2JPHPQ9BSCS",
              "delivered": true,
              "at": "2026-11-28T13:06:53.426Z",
              "status": 204,
              "detail": "HTTP 204",
              "milliseconds": 3
            }
            """#,
        "listWebhookDeliveries": #"""
            {
              "object": "list",
              "data": [
                {
                  "object": "webhook_delivery",
                  "event": "evt_01M8H48R6WDB5PK3TPG98XMYYE",
                  "type": "payment.under_review",
                  "order": "pay_01M8H483J8TYPTRM06T4SD672K",
                  "sequence": 4,
                  "state": "delivered",
                  "next_attempt_at": null,
                  "attempts": [
                    {
                      "at": "2026-11-28T13:07:16.484Z",
                      "status": 204,
                      "detail": "HTTP 204",
                      "milliseconds": 4
                    }
                  ]
                }
              ],
              "has_more": true,
              "next_cursor": "6576745f30314d38483438523657444235504b335450473938584d595945"
            }
            """#,
        "resendWebhookDelivery": #"""
            {
              "object": "webhook_redelivery",
              "count": 1
            }
            """#,
        "replayWebhookDeliveries": #"""
            {
              "object": "webhook_redelivery",
              "count": 1
            }
            """#,
    ]
}
