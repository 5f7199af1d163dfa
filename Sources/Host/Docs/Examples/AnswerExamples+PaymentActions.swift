// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Payment actions.
    static let paymentActions: [String: String] = [
        "acceptPayment": #"""
            {
              "id": "pay_01M8H1SC5JKQWVJFY1N3JXMS66",
              "object": "payment",
              "environment": "sandbox",
              "amount": 5000,
              "currency": "XOF",
              "capture": true,
              "amount_collected": 0,
              "amount_refunded": 0,
              "amount_refundable": 0,
              "status": "awaiting_customer",
              "certainty": "confirmed",
              "channel": "tmoney",
              "provider": "tmoney-tg",
              "next_action": {
                "type": "approve_on_phone",
                "hint": null
              },
              "hosted_url": "{{url}}/pay/pay_01M8H1SC5JKQWVJFY1N3JXMS66?t=1795955935-f1ecd52a3a5f24bfe887fd25522b6748",
              "acceptance": {
                "accepted_at": "2026-11-28T12:23:55.367Z",
                "accept_by": "2026-11-28T12:38:55.314Z",
                "accept_url": "{{url}}/v1/payments/pay_01M8H1SC5JKQWVJFY1N3JXMS66/accept"
              },
              "failure": null,
              "review": null,
              "cancel_requested": false,
              "customer": {
                "phone": "+228******01",
                "email": null,
                "name": null
              },
              "reference": null,
              "repeat_of": null,
              "description": null,
              "metadata": {},
              "created_at": "2026-11-28T12:23:55.314Z",
              "updated_at": "2026-11-28T12:23:55.388Z",
              "expires_at": "2026-11-28T12:38:55.314Z",
              "attempts": [
                {
                  "id": "att_01M8H1SC7J4RTHPGY7CKEQJ97Y",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "pending",
                  "reference": "9f93fe4c-7afd-449d-b64d-a30f39609d0b",
                  "operator_reference": null,
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T12:23:55.378Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T12:23:55.379Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "pending",
                      "at": "2026-11-28T12:23:55.388Z",
                      "cause": "response: in_progress"
                    }
                  ]
                }
              ]
            }
            """#,
        "confirmPayment": #"""
            {
              "id": "pay_01M8H1SC8CJEQF9MR5BXCR732Y",
              "object": "payment",
              "environment": "sandbox",
              "amount": 7000,
              "currency": "TND",
              "capture": true,
              "amount_collected": 7000,
              "amount_refunded": 0,
              "amount_refundable": 7000,
              "status": "succeeded",
              "certainty": "confirmed",
              "channel": "flouci-code",
              "provider": "flouci-code-tn",
              "next_action": null,
              "hosted_url": "{{url}}/pay/pay_01M8H1SC8CJEQF9MR5BXCR732Y?t=1795955935-30c0884d517c0de5ad2fdba55ebc28b5",
              "acceptance": null,
              "failure": null,
              "review": null,
              "cancel_requested": false,
              "customer": null,
              "reference": null,
              "repeat_of": null,
              "description": null,
              "metadata": {},
              "created_at": "2026-11-28T12:23:55.404Z",
              "updated_at": "2026-11-28T12:23:55.446Z",
              "expires_at": "2026-11-28T12:38:55.404Z",
              "attempts": [
                {
                  "id": "att_01M8H1SC9A378631N8FNHCW52P",
                  "provider": "flouci-code-tn",
                  "channel": "flouci-code",
                  "state": "succeeded",
                  "reference": "6488a66d-717e-4662-9d18-e69356c14e49",
                  "operator_reference": "sandbox-form-47bb655a",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T12:23:55.434Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T12:23:55.434Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T12:23:55.445Z",
                      "cause": "response: executed"
                    }
                  ]
                }
              ]
            }
            """#,
        "checkPayment": #"""
            {
              "id": "pay_01M8H1SAJZEKGJ25SZ91DSTK4K",
              "object": "payment",
              "environment": "sandbox",
              "amount": 5000,
              "currency": "XOF",
              "capture": true,
              "amount_collected": 5000,
              "amount_refunded": 0,
              "amount_refundable": 5000,
              "status": "succeeded",
              "certainty": "confirmed",
              "channel": "tmoney",
              "provider": "tmoney-tg",
              "next_action": null,
              "hosted_url": "{{url}}/pay/pay_01M8H1SAJZEKGJ25SZ91DSTK4K?t=1795955933-48a717c118abca7f25c54eab140e78a7",
              "acceptance": null,
              "failure": null,
              "review": null,
              "cancel_requested": false,
              "customer": {
                "phone": "+228******01",
                "email": null,
                "name": null
              },
              "reference": "order-1042",
              "repeat_of": null,
              "description": null,
              "metadata": {},
              "created_at": "2026-11-28T12:23:53.695Z",
              "updated_at": "2026-11-28T12:23:54.782Z",
              "expires_at": "2026-11-28T12:38:53.695Z",
              "attempts": [
                {
                  "id": "att_01M8H1SAKEMDJDR3FXHS070604",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "succeeded",
                  "reference": "e5d1c96a-b999-4ba4-ba77-20c238b5a275",
                  "operator_reference": "TM1795868633730151752916",
                  "transmissions": 1,
                  "checks": 2,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T12:23:53.710Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T12:23:53.718Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "pending",
                      "at": "2026-11-28T12:23:53.731Z",
                      "cause": "response: in_progress"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T12:23:54.782Z",
                      "cause": "check: executed"
                    }
                  ]
                }
              ]
            }
            """#,
        "cancelPayment": #"""
            {
              "id": "pay_01M8H1SC0HGYES37M699GYCC41",
              "object": "payment",
              "environment": "sandbox",
              "amount": 5000,
              "currency": "USD",
              "capture": false,
              "amount_collected": 0,
              "amount_refunded": 0,
              "amount_refundable": 0,
              "authorized_until": null,
              "related": [
                {
                  "id": "void_01M8H1SC3F56YY9R3413H9RXX5",
                  "object": "void",
                  "amount": 5000,
                  "status": "succeeded",
                  "certainty": "confirmed",
                  "review": null
                }
              ],
              "status": "cancelled",
              "certainty": "confirmed",
              "channel": "card",
              "provider": "card-main",
              "next_action": null,
              "hosted_url": "{{url}}/pay/pay_01M8H1SC0HGYES37M699GYCC41?t=1795955935-c4f312252d6ea1744f3a27e1db044c0d",
              "acceptance": null,
              "failure": null,
              "review": null,
              "cancel_requested": false,
              "customer": null,
              "reference": null,
              "repeat_of": null,
              "description": null,
              "metadata": {},
              "created_at": "2026-11-28T12:23:55.153Z",
              "updated_at": "2026-11-28T12:23:55.283Z",
              "expires_at": "2026-11-28T12:38:55.153Z",
              "attempts": [
                {
                  "id": "att_01M8H1SC0H4G8DPT1Z7EXZHQEQ",
                  "provider": "card-main",
                  "channel": "card",
                  "state": "succeeded",
                  "reference": "46a05ee4-e312-414a-bbbf-33c0b6c40d90",
                  "operator_reference": "pi_hnCbEFcafCfjGIIZxgFUXynQ",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T12:23:55.153Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T12:23:55.170Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T12:23:55.201Z",
                      "cause": "response: executed"
                    }
                  ]
                }
              ]
            }
            """#,
    ]
}
