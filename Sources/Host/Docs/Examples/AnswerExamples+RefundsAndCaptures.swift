// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Refunds and captures.
    static let refundsAndCaptures: [String: String] = [
        "createRefund": #"""
            {
              "id": "re_01M8H1SBQ0C2HY5ZB3EW0YDF2X",
              "object": "refund",
              "payment": "pay_01M8H1SAJZEKGJ25SZ91DSTK4K",
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
              "created_at": "2026-11-28T12:23:54.848Z",
              "updated_at": "2026-11-28T12:23:54.874Z",
              "expires_at": "2026-11-28T13:23:54.848Z",
              "attempts": [
                {
                  "id": "att_01M8H1SBQ9KGA88WDMT4M8KSCF",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "succeeded",
                  "reference": "6e960c87-132e-4325-a83c-057ebfcaffca",
                  "operator_reference": "TM1795868634866974494796",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T12:23:54.857Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T12:23:54.857Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T12:23:54.873Z",
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
                  "id": "re_01M8H1SBQ0C2HY5ZB3EW0YDF2X",
                  "object": "refund",
                  "payment": "pay_01M8H1SAJZEKGJ25SZ91DSTK4K",
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
                  "created_at": "2026-11-28T12:23:54.848Z",
                  "updated_at": "2026-11-28T12:23:54.874Z",
                  "expires_at": "2026-11-28T13:23:54.848Z"
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
                  "id": "re_01M8H1SBQ0C2HY5ZB3EW0YDF2X",
                  "object": "refund",
                  "payment": "pay_01M8H1SAJZEKGJ25SZ91DSTK4K",
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
                  "created_at": "2026-11-28T12:23:54.848Z",
                  "updated_at": "2026-11-28T12:23:54.874Z",
                  "expires_at": "2026-11-28T13:23:54.848Z"
                }
              ],
              "has_more": false,
              "next_cursor": null
            }
            """#,
        "getRefund": #"""
            {
              "id": "re_01M8H1SBQ0C2HY5ZB3EW0YDF2X",
              "object": "refund",
              "payment": "pay_01M8H1SAJZEKGJ25SZ91DSTK4K",
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
              "created_at": "2026-11-28T12:23:54.848Z",
              "updated_at": "2026-11-28T12:23:54.874Z",
              "expires_at": "2026-11-28T13:23:54.848Z",
              "attempts": [
                {
                  "id": "att_01M8H1SBQ9KGA88WDMT4M8KSCF",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "succeeded",
                  "reference": "6e960c87-132e-4325-a83c-057ebfcaffca",
                  "operator_reference": "TM1795868634866974494796",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T12:23:54.857Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T12:23:54.857Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T12:23:54.873Z",
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
                  "at": "2026-11-28T12:23:54.848Z",
                  "what": "accepted",
                  "request_id": "req_01M8H1SBPS5S0CZ1X537E2QJGN",
                  "caller_request_id": null
                },
                {
                  "at": "2026-11-28T12:23:54.857Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H1SBQ9KGA88WDMT4M8KSCF",
                  "provider": "tmoney-tg",
                  "state": "prepared",
                  "cause": "route chosen"
                },
                {
                  "at": "2026-11-28T12:23:54.857Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H1SBQ9KGA88WDMT4M8KSCF",
                  "provider": "tmoney-tg",
                  "state": "sending",
                  "cause": "send_opened"
                },
                {
                  "at": "2026-11-28T12:23:54.870Z",
                  "what": "evidence",
                  "attempt": "att_01M8H1SBQ9KGA88WDMT4M8KSCF",
                  "source": "callback",
                  "strength": "weak",
                  "claim": "unclear",
                  "detail": "anybody can have sent it",
                  "http_status": null
                },
                {
                  "at": "2026-11-28T12:23:54.873Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H1SBQ9KGA88WDMT4M8KSCF",
                  "provider": "tmoney-tg",
                  "state": "succeeded",
                  "cause": "response: executed"
                },
                {
                  "at": "2026-11-28T12:23:54.873Z",
                  "what": "evidence",
                  "attempt": "att_01M8H1SBQ9KGA88WDMT4M8KSCF",
                  "source": "response",
                  "strength": "strong",
                  "claim": "executed",
                  "detail": "",
                  "http_status": 200
                }
              ]
            }
            """#,
        "capturePayment": #"""
            {
              "id": "pay_01M8H1SBWAAQPT510RVY5YR7QX",
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
                  "id": "cap_01M8H1SBYSVDQKN1GRD289E8TY",
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
              "hosted_url": "{{url}}/pay/pay_01M8H1SBWAAQPT510RVY5YR7QX?t=1795955935-be6e77a7ee1bcd697d2ee8f079268be4",
              "acceptance": null,
              "failure": null,
              "review": null,
              "cancel_requested": false,
              "customer": null,
              "reference": null,
              "repeat_of": null,
              "description": null,
              "metadata": {},
              "created_at": "2026-11-28T12:23:55.018Z",
              "updated_at": "2026-11-28T12:23:55.119Z",
              "expires_at": "2026-11-28T12:38:55.018Z",
              "attempts": [
                {
                  "id": "att_01M8H1SBWA0FCC4Y9233SWRAY7",
                  "provider": "card-main",
                  "channel": "card",
                  "state": "succeeded",
                  "reference": "53dc550c-4891-44d7-8aff-f6cad7ef68be",
                  "operator_reference": "pi_V8JTABVNbYpA66w05IWfr3eD",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T12:23:55.018Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T12:23:55.033Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T12:23:55.053Z",
                      "cause": "response: executed"
                    }
                  ]
                }
              ]
            }
            """#,
    ]
}
