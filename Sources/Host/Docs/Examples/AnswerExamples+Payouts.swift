// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Payouts.
    static let payouts: [String: String] = [
        "createPayout": #"""
            {
              "id": "po_01M8H4832FK371K4DQWMYX0CM2",
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
              "created_at": "2026-11-28T13:06:54.671Z",
              "updated_at": "2026-11-28T13:06:54.725Z",
              "expires_at": "2026-11-28T13:21:54.671Z",
              "attempts": [
                {
                  "id": "att_01M8H4832FYWN6RKH3EAM33Q2S",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "succeeded",
                  "reference": "d2d58d09-5a0c-42a5-8cca-97227ab9e3d2",
                  "operator_reference": "TM1795871214718475557031",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T13:06:54.671Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T13:06:54.703Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T13:06:54.722Z",
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
                  "id": "po_01M8H4832FK371K4DQWMYX0CM2",
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
                  "created_at": "2026-11-28T13:06:54.671Z",
                  "updated_at": "2026-11-28T13:06:54.725Z",
                  "expires_at": "2026-11-28T13:21:54.671Z"
                }
              ],
              "has_more": false,
              "next_cursor": null
            }
            """#,
        "getPayout": #"""
            {
              "id": "po_01M8H4832FK371K4DQWMYX0CM2",
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
              "created_at": "2026-11-28T13:06:54.671Z",
              "updated_at": "2026-11-28T13:06:54.725Z",
              "expires_at": "2026-11-28T13:21:54.671Z",
              "attempts": [
                {
                  "id": "att_01M8H4832FYWN6RKH3EAM33Q2S",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "succeeded",
                  "reference": "d2d58d09-5a0c-42a5-8cca-97227ab9e3d2",
                  "operator_reference": "TM1795871214718475557031",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T13:06:54.671Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T13:06:54.703Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T13:06:54.722Z",
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
                  "at": "2026-11-28T13:06:54.671Z",
                  "what": "accepted",
                  "request_id": "req_01M8H4832DXWE6FY0BCW02Y8ZN",
                  "caller_request_id": null
                },
                {
                  "at": "2026-11-28T13:06:54.671Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H4832FYWN6RKH3EAM33Q2S",
                  "provider": "tmoney-tg",
                  "state": "prepared",
                  "cause": "route chosen"
                },
                {
                  "at": "2026-11-28T13:06:54.703Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H4832FYWN6RKH3EAM33Q2S",
                  "provider": "tmoney-tg",
                  "state": "sending",
                  "cause": "send_opened"
                },
                {
                  "at": "2026-11-28T13:06:54.721Z",
                  "what": "evidence",
                  "attempt": "att_01M8H4832FYWN6RKH3EAM33Q2S",
                  "source": "callback",
                  "strength": "weak",
                  "claim": "unclear",
                  "detail": "anybody can have sent it",
                  "http_status": null
                },
                {
                  "at": "2026-11-28T13:06:54.722Z",
                  "what": "attempt_state",
                  "attempt": "att_01M8H4832FYWN6RKH3EAM33Q2S",
                  "provider": "tmoney-tg",
                  "state": "succeeded",
                  "cause": "response: executed"
                },
                {
                  "at": "2026-11-28T13:06:54.722Z",
                  "what": "evidence",
                  "attempt": "att_01M8H4832FYWN6RKH3EAM33Q2S",
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
