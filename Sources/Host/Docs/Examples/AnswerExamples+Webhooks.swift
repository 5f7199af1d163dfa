// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Webhooks.
    static let webhooks: [String: String] = [
        "createWebhookEndpoint": #"""
            {
              "id": "whe_01M8H1SAHJDBK5VGE4919D9H5Q",
              "object": "webhook_endpoint",
              "app": "app_01M8H1S9W2XHAVJS2PXK7C934S",
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
              "created_at": "2026-11-28T12:23:53.650Z",
              "secret": "whsec_bm90LWEtc2VjcmV0LWJ1dC1hbi1leGFtcGxl"
            }
            """#,
        "listWebhookEndpoints": #"""
            {
              "object": "list",
              "data": [
                {
                  "id": "whe_01M8H1SAHJDBK5VGE4919D9H5Q",
                  "object": "webhook_endpoint",
                  "app": "app_01M8H1S9W2XHAVJS2PXK7C934S",
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
                  "created_at": "2026-11-28T12:23:53.650Z"
                }
              ],
              "has_more": false,
              "next_cursor": null
            }
            """#,
        "getWebhookEndpoint": #"""
            {
              "id": "whe_01M8H1SAHJDBK5VGE4919D9H5Q",
              "object": "webhook_endpoint",
              "app": "app_01M8H1S9W2XHAVJS2PXK7C934S",
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
              "created_at": "2026-11-28T12:23:53.650Z"
            }
            """#,
        "updateWebhookEndpoint": #"""
            {
              "id": "whe_01M8H1SAHJDBK5VGE4919D9H5Q",
              "object": "webhook_endpoint",
              "app": "app_01M8H1S9W2XHAVJS2PXK7C934S",
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
              "created_at": "2026-11-28T12:23:53.650Z"
            }
            """#,
        "rotateWebhookSecret": #"""
            {
              "id": "whe_01M8H1SAHJDBK5VGE4919D9H5Q",
              "object": "webhook_endpoint",
              "app": "app_01M8H1S9W2XHAVJS2PXK7C934S",
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
              "old_secret_expires_at": "2026-11-28T13:23:53.684Z",
              "created_at": "2026-11-28T12:23:53.650Z",
              "secret": "whsec_bm90LWEtc2VjcmV0LWJ1dC1hbi1leGFtcGxl"
            }
            """#,
        "testWebhookEndpoint": #"""
            {
              "object": "webhook_test",
              "webhook_id": "evt_01M8H1SAJC0ERKP68X325FPNEW",
              "delivered": true,
              "at": "2026-11-28T12:23:53.676Z",
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
                  "event": "evt_01M8H1T17HQ96TXNSKV6TRW3EB",
                  "type": "payment.under_review",
                  "order": "pay_01M8H1SCA2ACDKDT0SN92PHJGF",
                  "sequence": 4,
                  "state": "delivered",
                  "next_attempt_at": null,
                  "attempts": [
                    {
                      "at": "2026-11-28T12:24:17.205Z",
                      "status": 204,
                      "detail": "HTTP 204",
                      "milliseconds": 108
                    }
                  ]
                }
              ],
              "has_more": true,
              "next_cursor": "6576745f30314d3848315431374851393654584e534b5636545257334542"
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
