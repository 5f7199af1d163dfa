// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Payments.
    static let payments: [String: String] = [
        "createPayment": #"""
            {
              "id": "pay_01M8H481WGZHG9HMY7742P7Q96",
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
              "hosted_url": "{{url}}/pay/pay_01M8H481WGZHG9HMY7742P7Q96?t=1795958513-e152066f407dfe8500b41e0a90bf3d15",
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
              "created_at": "2026-11-28T13:06:53.456Z",
              "updated_at": "2026-11-28T13:06:53.503Z",
              "expires_at": "2026-11-28T13:21:53.456Z",
              "attempts": [
                {
                  "id": "att_01M8H481X317EN8BKFW8JJCPDD",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "pending",
                  "reference": "b0e62d49-8e72-47c6-b36a-083ca910bb0a",
                  "operator_reference": null,
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T13:06:53.475Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T13:06:53.486Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "pending",
                      "at": "2026-11-28T13:06:53.502Z",
                      "cause": "response: in_progress"
                    }
                  ]
                }
              ]
            }
            """#,
        "listPayments": #"""
            {
              "object": "list",
              "data": [
                {
                  "id": "pay_01M8H481WGZHG9HMY7742P7Q96",
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
                  "hosted_url": "{{url}}/pay/pay_01M8H481WGZHG9HMY7742P7Q96?t=1795958513-e152066f407dfe8500b41e0a90bf3d15",
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
                  "created_at": "2026-11-28T13:06:53.456Z",
                  "updated_at": "2026-11-28T13:06:54.530Z",
                  "expires_at": "2026-11-28T13:21:53.456Z"
                }
              ],
              "has_more": false,
              "next_cursor": null
            }
            """#,
        "getPayment": #"""
            {
              "id": "pay_01M8H481WGZHG9HMY7742P7Q96",
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
              "hosted_url": "{{url}}/pay/pay_01M8H481WGZHG9HMY7742P7Q96?t=1795958513-e152066f407dfe8500b41e0a90bf3d15",
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
              "created_at": "2026-11-28T13:06:53.456Z",
              "updated_at": "2026-11-28T13:06:54.530Z",
              "expires_at": "2026-11-28T13:21:53.456Z",
              "attempts": [
                {
                  "id": "att_01M8H481X317EN8BKFW8JJCPDD",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "succeeded",
                  "reference": "b0e62d49-8e72-47c6-b36a-083ca910bb0a",
                  "operator_reference": "TM1795871213500243442612",
                  "transmissions": 1,
                  "checks": 2,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T13:06:53.475Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T13:06:53.486Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "pending",
                      "at": "2026-11-28T13:06:53.502Z",
                      "cause": "response: in_progress"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T13:06:54.530Z",
                      "cause": "check: executed"
                    }
                  ]
                }
              ],
              "route": {
                "plan": [
                  {
                    "provider": "tmoney-tg",
                    "channel": "tmoney"
                  }
                ],
                "rules": [
                  {
                    "name": "Togo phones",
                    "matched": true,
                    "decided": true,
                    "why_not": []
                  },
                  {
                    "name": "Tunisian dinars",
                    "matched": false,
                    "decided": false,
                    "why_not": [
                      "an earlier rule decided"
                    ]
                  },
                  {
                    "name": "MTN wallets",
                    "matched": false,
                    "decided": false,
                    "why_not": [
                      "an earlier rule decided"
                    ]
                  },
                  {
                    "name": "PayGate on request",
                    "matched": false,
                    "decided": false,
                    "why_not": [
                      "an earlier rule decided"
                    ]
                  },
                  {
                    "name": "Moov wallets of Togo",
                    "matched": false,
                    "decided": false,
                    "why_not": [
                      "an earlier rule decided"
                    ]
                  },
                  {
                    "name": "TMoney's page",
                    "matched": false,
                    "decided": false,
                    "why_not": [
                      "an earlier rule decided"
                    ]
                  },
                  {
                    "name": "Thai wallets, chosen on a page",
                    "matched": false,
                    "decided": false,
                    "why_not": [
                      "an earlier rule decided"
                    ]
                  },
                  {
                    "name": "LINE Pay, which a page alone has, with what the payment allows beside it",
                    "matched": false,
                    "decided": false,
                    "why_not": [
                      "an earlier rule decided"
                    ]
                  },
                  {
                    "name": "Thai wallets",
                    "matched": false,
                    "decided": false,
                    "why_not": [
                      "an earlier rule decided"
                    ]
                  },
                  {
                    "name": "otherwise",
                    "matched": false,
                    "decided": false,
                    "why_not": [
                      "an earlier rule decided"
                    ]
                  }
                ],
                "candidates": [
                  {
                    "provider": "tmoney-tg",
                    "channel": "tmoney",
                    "rule": "Togo phones",
                    "kept": true,
                    "why_not": []
                  }
                ]
              },
              "timeline": [
                {
                  "at": "2026-11-28T13:06:53.456Z",
                  "what": "accepted",
                  "request_id": "req_01M8H481WDKPQS6GP9YQQBH1QC",
                  "caller_request_id": null
                },
                {
                  "at": "2026-11-28T13:06:53.475Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H481X317EN8BKFW8JJCPDD",
                  "provider": "tmoney-tg",
                  "state": "prepared",
                  "cause": "route chosen"
                },
                {
                  "at": "2026-11-28T13:06:53.486Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H481X317EN8BKFW8JJCPDD",
                  "provider": "tmoney-tg",
                  "state": "sending",
                  "cause": "send_opened"
                },
                {
                  "at": "2026-11-28T13:06:53.502Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H481X317EN8BKFW8JJCPDD",
                  "provider": "tmoney-tg",
                  "state": "pending",
                  "cause": "response: in_progress"
                },
                {
                  "at": "2026-11-28T13:06:53.502Z",
                  "what": "evidence",
                  "attempt": "att_01M8H481X317EN8BKFW8JJCPDD",
                  "source": "response",
                  "strength": "strong",
                  "claim": "in_progress",
                  "detail": "",
                  "http_status": 200
                },
                {
                  "at": "2026-11-28T13:06:54.016Z",
                  "what": "evidence",
                  "attempt": "att_01M8H481X317EN8BKFW8JJCPDD",
                  "source": "check",
                  "strength": "strong",
                  "claim": "in_progress",
                  "detail": "",
                  "http_status": null
                },
                {
                  "at": "2026-11-28T13:06:54.511Z",
                  "what": "evidence",
                  "attempt": "att_01M8H481X317EN8BKFW8JJCPDD",
                  "source": "callback",
                  "strength": "weak",
                  "claim": "unclear",
                  "detail": "anybody can have sent it",
                  "http_status": null
                },
                {
                  "at": "2026-11-28T13:06:54.530Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H481X317EN8BKFW8JJCPDD",
                  "provider": "tmoney-tg",
                  "state": "succeeded",
                  "cause": "check: executed"
                },
                {
                  "at": "2026-11-28T13:06:54.530Z",
                  "what": "evidence",
                  "attempt": "att_01M8H481X317EN8BKFW8JJCPDD",
                  "source": "check",
                  "strength": "strong",
                  "claim": "executed",
                  "detail": "",
                  "http_status": null
                }
              ]
            }
            """#,
    ]
}
