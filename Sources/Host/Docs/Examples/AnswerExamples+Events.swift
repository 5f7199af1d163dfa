// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Events.
    static let events: [String: String] = [
        "listEvents": #"""
            {
              "object": "list",
              "data": [
                {
                  "id": "evt_01M8H1SBQT9KCBPHCA7RJQ8MK9",
                  "object": "event",
                  "type": "payment.refunded",
                  "order": "pay_01M8H1SAJZEKGJ25SZ91DSTK4K",
                  "sequence": 4,
                  "created_at": "2026-11-28T12:23:54.874Z",
                  "data": {
                    "id": "pay_01M8H1SAJZEKGJ25SZ91DSTK4K",
                    "object": "payment",
                    "environment": "sandbox",
                    "amount": 5000,
                    "currency": "XOF",
                    "capture": true,
                    "amount_collected": 5000,
                    "amount_refunded": 1000,
                    "amount_refundable": 4000,
                    "related": [
                      {
                        "id": "re_01M8H1SBQ0C2HY5ZB3EW0YDF2X",
                        "object": "refund",
                        "amount": 1000,
                        "status": "succeeded",
                        "certainty": "confirmed",
                        "review": null
                      }
                    ],
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
                    "updated_at": "2026-11-28T12:23:54.874Z",
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
                }
              ],
              "has_more": true,
              "next_cursor": "6576745f30314d38483153425154394b43425048434137524a51384d4b39"
            }
            """#,
        "getEvent": #"""
            {
              "id": "evt_01M8H1SBQT9KCBPHCA7RJQ8MK9",
              "object": "event",
              "type": "payment.refunded",
              "order": "pay_01M8H1SAJZEKGJ25SZ91DSTK4K",
              "sequence": 4,
              "created_at": "2026-11-28T12:23:54.874Z",
              "data": {
                "id": "pay_01M8H1SAJZEKGJ25SZ91DSTK4K",
                "object": "payment",
                "environment": "sandbox",
                "amount": 5000,
                "currency": "XOF",
                "capture": true,
                "amount_collected": 5000,
                "amount_refunded": 1000,
                "amount_refundable": 4000,
                "related": [
                  {
                    "id": "re_01M8H1SBQ0C2HY5ZB3EW0YDF2X",
                    "object": "refund",
                    "amount": 1000,
                    "status": "succeeded",
                    "certainty": "confirmed",
                    "review": null
                  }
                ],
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
                "updated_at": "2026-11-28T12:23:54.874Z",
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
            }
            """#,
    ]
}
