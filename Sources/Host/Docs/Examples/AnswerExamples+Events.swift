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
                  "id": "evt_01M8H4830YAG6DB08DNZQSTJFA",
                  "object": "event",
                  "type": "payment.refunded",
                  "order": "pay_01M8H481WGZHG9HMY7742P7Q96",
                  "sequence": 4,
                  "created_at": "2026-11-28T13:06:54.622Z",
                  "data": {
                    "id": "pay_01M8H481WGZHG9HMY7742P7Q96",
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
                        "id": "re_01M8H48300RDDWZ1FYZ3FCSFQG",
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
                    "updated_at": "2026-11-28T13:06:54.622Z",
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
                    ]
                  }
                }
              ],
              "has_more": true,
              "next_cursor": "6576745f30314d3848343833305941473644423038444e5a5153544a4641"
            }
            """#,
        "getEvent": #"""
            {
              "id": "evt_01M8H4830YAG6DB08DNZQSTJFA",
              "object": "event",
              "type": "payment.refunded",
              "order": "pay_01M8H481WGZHG9HMY7742P7Q96",
              "sequence": 4,
              "created_at": "2026-11-28T13:06:54.622Z",
              "data": {
                "id": "pay_01M8H481WGZHG9HMY7742P7Q96",
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
                    "id": "re_01M8H48300RDDWZ1FYZ3FCSFQG",
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
                "updated_at": "2026-11-28T13:06:54.622Z",
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
                ]
              }
            }
            """#,
    ]
}
