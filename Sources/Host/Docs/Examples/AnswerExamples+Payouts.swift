// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Payouts.
    static let payouts: [String: String] = [
        "createPayout": #"""
            {
              "id": "po_01M8H1SBTJG11TKYN4J8GJ0RBW",
              "object": "payout",
              "environment": "sandbox",
              "amount": 5000,
              "currency": "XOF",
              "status": "succeeded",
              "certainty": "confirmed",
              "channel": "tmoney",
              "provider": "tmoney-tg",
              "failure": null,
              "review": null,
              "party": {
                "phone": "+228******01",
                "email": null,
                "name": null
              },
              "reference": "payout-17",
              "repeat_of": null,
              "description": null,
              "metadata": {},
              "created_at": "2026-11-28T12:23:54.962Z",
              "updated_at": "2026-11-28T12:23:54.988Z",
              "expires_at": "2026-11-28T12:38:54.962Z",
              "attempts": [
                {
                  "id": "att_01M8H1SBTJY38QYT362DRX4CT7",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "succeeded",
                  "reference": "b0dfde93-e9d7-4d99-aa95-0306101e8326",
                  "operator_reference": "TM1795868634983347735235",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T12:23:54.962Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T12:23:54.974Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T12:23:54.987Z",
                      "cause": "response: executed"
                    }
                  ]
                }
              ]
            }
            """#,
        "listPayouts": #"""
            {
              "object": "list",
              "data": [
                {
                  "id": "po_01M8H1SBTJG11TKYN4J8GJ0RBW",
                  "object": "payout",
                  "environment": "sandbox",
                  "amount": 5000,
                  "currency": "XOF",
                  "status": "succeeded",
                  "certainty": "confirmed",
                  "channel": "tmoney",
                  "provider": "tmoney-tg",
                  "failure": null,
                  "review": null,
                  "party": {
                    "phone": "+228******01",
                    "email": null,
                    "name": null
                  },
                  "reference": "payout-17",
                  "repeat_of": null,
                  "description": null,
                  "metadata": {},
                  "created_at": "2026-11-28T12:23:54.962Z",
                  "updated_at": "2026-11-28T12:23:54.988Z",
                  "expires_at": "2026-11-28T12:38:54.962Z"
                }
              ],
              "has_more": false,
              "next_cursor": null
            }
            """#,
        "getPayout": #"""
            {
              "id": "po_01M8H1SBTJG11TKYN4J8GJ0RBW",
              "object": "payout",
              "environment": "sandbox",
              "amount": 5000,
              "currency": "XOF",
              "status": "succeeded",
              "certainty": "confirmed",
              "channel": "tmoney",
              "provider": "tmoney-tg",
              "failure": null,
              "review": null,
              "party": {
                "phone": "+228******01",
                "email": null,
                "name": null
              },
              "reference": "payout-17",
              "repeat_of": null,
              "description": null,
              "metadata": {},
              "created_at": "2026-11-28T12:23:54.962Z",
              "updated_at": "2026-11-28T12:23:54.988Z",
              "expires_at": "2026-11-28T12:38:54.962Z",
              "attempts": [
                {
                  "id": "att_01M8H1SBTJY38QYT362DRX4CT7",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "succeeded",
                  "reference": "b0dfde93-e9d7-4d99-aa95-0306101e8326",
                  "operator_reference": "TM1795868634983347735235",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T12:23:54.962Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T12:23:54.974Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T12:23:54.987Z",
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
                  "at": "2026-11-28T12:23:54.962Z",
                  "what": "accepted",
                  "request_id": "req_01M8H1SBTJH51YHSM6EP2ZSE7R",
                  "caller_request_id": null
                },
                {
                  "at": "2026-11-28T12:23:54.962Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H1SBTJY38QYT362DRX4CT7",
                  "provider": "tmoney-tg",
                  "state": "prepared",
                  "cause": "route chosen"
                },
                {
                  "at": "2026-11-28T12:23:54.974Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H1SBTJY38QYT362DRX4CT7",
                  "provider": "tmoney-tg",
                  "state": "sending",
                  "cause": "send_opened"
                },
                {
                  "at": "2026-11-28T12:23:54.984Z",
                  "what": "evidence",
                  "attempt": "att_01M8H1SBTJY38QYT362DRX4CT7",
                  "source": "callback",
                  "strength": "weak",
                  "claim": "unclear",
                  "detail": "anybody can have sent it",
                  "http_status": null
                },
                {
                  "at": "2026-11-28T12:23:54.987Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H1SBTJY38QYT362DRX4CT7",
                  "provider": "tmoney-tg",
                  "state": "succeeded",
                  "cause": "response: executed"
                },
                {
                  "at": "2026-11-28T12:23:54.987Z",
                  "what": "evidence",
                  "attempt": "att_01M8H1SBTJY38QYT362DRX4CT7",
                  "source": "response",
                  "strength": "strong",
                  "claim": "executed",
                  "detail": "",
                  "http_status": 200
                }
              ]
            }
            """#,
    ]
}
