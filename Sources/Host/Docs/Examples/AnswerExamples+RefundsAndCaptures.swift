// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Refunds and captures.
    static let refundsAndCaptures: [String: String] = [
        "createRefund": #"""
            {
              "id": "re_01M8H48300RDDWZ1FYZ3FCSFQG",
              "object": "refund",
              "payment": "pay_01M8H481WGZHG9HMY7742P7Q96",
              "environment": "sandbox",
              "amount": 1000,
              "currency": "XOF",
              "method": "payout",
              "status": "succeeded",
              "certainty": "confirmed",
              "channel": "tmoney",
              "provider": "tmoney-tg",
              "failure": null,
              "review": null,
              "reference": null,
              "description": "one item came back",
              "metadata": {},
              "created_at": "2026-11-28T13:06:54.592Z",
              "updated_at": "2026-11-28T13:06:54.622Z",
              "expires_at": "2026-11-28T14:06:54.592Z",
              "attempts": [
                {
                  "id": "att_01M8H4830GZ6ZBNNZA2J29G0ZD",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "succeeded",
                  "reference": "d888ff56-774b-4d69-9402-6e9d5bf7ff33",
                  "operator_reference": "TM1795871214619119350166",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T13:06:54.608Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T13:06:54.609Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T13:06:54.621Z",
                      "cause": "response: executed"
                    }
                  ]
                }
              ]
            }
            """#,
        "listPaymentRefunds": #"""
            {
              "object": "list",
              "data": [
                {
                  "id": "re_01M8H48300RDDWZ1FYZ3FCSFQG",
                  "object": "refund",
                  "payment": "pay_01M8H481WGZHG9HMY7742P7Q96",
                  "environment": "sandbox",
                  "amount": 1000,
                  "currency": "XOF",
                  "method": "payout",
                  "status": "succeeded",
                  "certainty": "confirmed",
                  "channel": "tmoney",
                  "provider": "tmoney-tg",
                  "failure": null,
                  "review": null,
                  "reference": null,
                  "description": "one item came back",
                  "metadata": {},
                  "created_at": "2026-11-28T13:06:54.592Z",
                  "updated_at": "2026-11-28T13:06:54.622Z",
                  "expires_at": "2026-11-28T14:06:54.592Z"
                }
              ],
              "has_more": false,
              "next_cursor": null
            }
            """#,
        "listRefunds": #"""
            {
              "object": "list",
              "data": [
                {
                  "id": "re_01M8H48300RDDWZ1FYZ3FCSFQG",
                  "object": "refund",
                  "payment": "pay_01M8H481WGZHG9HMY7742P7Q96",
                  "environment": "sandbox",
                  "amount": 1000,
                  "currency": "XOF",
                  "method": "payout",
                  "status": "succeeded",
                  "certainty": "confirmed",
                  "channel": "tmoney",
                  "provider": "tmoney-tg",
                  "failure": null,
                  "review": null,
                  "reference": null,
                  "description": "one item came back",
                  "metadata": {},
                  "created_at": "2026-11-28T13:06:54.592Z",
                  "updated_at": "2026-11-28T13:06:54.622Z",
                  "expires_at": "2026-11-28T14:06:54.592Z"
                }
              ],
              "has_more": false,
              "next_cursor": null
            }
            """#,
        "getRefund": #"""
            {
              "id": "re_01M8H48300RDDWZ1FYZ3FCSFQG",
              "object": "refund",
              "payment": "pay_01M8H481WGZHG9HMY7742P7Q96",
              "environment": "sandbox",
              "amount": 1000,
              "currency": "XOF",
              "method": "payout",
              "status": "succeeded",
              "certainty": "confirmed",
              "channel": "tmoney",
              "provider": "tmoney-tg",
              "failure": null,
              "review": null,
              "reference": null,
              "description": "one item came back",
              "metadata": {},
              "created_at": "2026-11-28T13:06:54.592Z",
              "updated_at": "2026-11-28T13:06:54.622Z",
              "expires_at": "2026-11-28T14:06:54.592Z",
              "attempts": [
                {
                  "id": "att_01M8H4830GZ6ZBNNZA2J29G0ZD",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "succeeded",
                  "reference": "d888ff56-774b-4d69-9402-6e9d5bf7ff33",
                  "operator_reference": "TM1795871214619119350166",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T13:06:54.608Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T13:06:54.609Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T13:06:54.621Z",
                      "cause": "response: executed"
                    }
                  ]
                }
              ],
              "route": {
                "plan": [
                  {
                    "provider": "tmoney-tg",
                    "channel": "tmoney"
                  },
                  {
                    "provider": "paygate-tg",
                    "channel": "tmoney"
                  }
                ],
                "rules": [
                  {
                    "name": "TMoney wallets",
                    "matched": true,
                    "decided": true,
                    "why_not": []
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
                    "name": "MTN wallets",
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
                    "rule": "TMoney wallets",
                    "kept": true,
                    "why_not": []
                  },
                  {
                    "provider": "paygate-tg",
                    "channel": "tmoney",
                    "rule": "TMoney wallets",
                    "kept": true,
                    "why_not": []
                  }
                ]
              },
              "timeline": [
                {
                  "at": "2026-11-28T13:06:54.592Z",
                  "what": "accepted",
                  "request_id": "req_01M8H482ZS2WH2TGRD9N4JR4FV",
                  "caller_request_id": null
                },
                {
                  "at": "2026-11-28T13:06:54.608Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H4830GZ6ZBNNZA2J29G0ZD",
                  "provider": "tmoney-tg",
                  "state": "prepared",
                  "cause": "route chosen"
                },
                {
                  "at": "2026-11-28T13:06:54.609Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H4830GZ6ZBNNZA2J29G0ZD",
                  "provider": "tmoney-tg",
                  "state": "sending",
                  "cause": "send_opened"
                },
                {
                  "at": "2026-11-28T13:06:54.621Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H4830GZ6ZBNNZA2J29G0ZD",
                  "provider": "tmoney-tg",
                  "state": "succeeded",
                  "cause": "response: executed"
                },
                {
                  "at": "2026-11-28T13:06:54.621Z",
                  "what": "evidence",
                  "attempt": "att_01M8H4830GZ6ZBNNZA2J29G0ZD",
                  "source": "response",
                  "strength": "strong",
                  "claim": "executed",
                  "detail": "",
                  "http_status": 200
                },
                {
                  "at": "2026-11-28T13:06:54.623Z",
                  "what": "evidence",
                  "attempt": "att_01M8H4830GZ6ZBNNZA2J29G0ZD",
                  "source": "callback",
                  "strength": "weak",
                  "claim": "unclear",
                  "detail": "anybody can have sent it",
                  "http_status": null
                }
              ]
            }
            """#,
        "capturePayment": #"""
            {
              "id": "pay_01M8H4835AVP65TXZMEG9H03Y9",
              "object": "payment",
              "environment": "sandbox",
              "amount": 5000,
              "currency": "USD",
              "capture": false,
              "amount_collected": 5000,
              "amount_refunded": 0,
              "amount_refundable": 5000,
              "authorized_until": null,
              "related": [
                {
                  "id": "cap_01M8H48379VF5EZBZJGKW16YSK",
                  "object": "capture",
                  "amount": 5000,
                  "status": "succeeded",
                  "certainty": "confirmed",
                  "review": null
                }
              ],
              "status": "succeeded",
              "certainty": "confirmed",
              "channel": "card",
              "provider": "card-main",
              "next_action": null,
              "hosted_url": "{{url}}/pay/pay_01M8H4835AVP65TXZMEG9H03Y9?t=1795958514-dd0202a21e15b67c36e278efc54c0a94",
              "acceptance": null,
              "failure": null,
              "review": null,
              "cancel_requested": false,
              "customer": null,
              "reference": null,
              "repeat_of": null,
              "description": null,
              "metadata": {},
              "created_at": "2026-11-28T13:06:54.762Z",
              "updated_at": "2026-11-28T13:06:54.852Z",
              "expires_at": "2026-11-28T13:21:54.762Z",
              "attempts": [
                {
                  "id": "att_01M8H4835A3EZ80PWRE4MCJWEG",
                  "provider": "card-main",
                  "channel": "card",
                  "state": "succeeded",
                  "reference": "753d0fe6-7eee-4294-b130-9a4dbeb09002",
                  "operator_reference": "pi_f2fCfHpR2yuBeMlzUle0Ovwz",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T13:06:54.762Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T13:06:54.771Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T13:06:54.792Z",
                      "cause": "response: executed"
                    }
                  ]
                }
              ]
            }
            """#,
    ]
}
