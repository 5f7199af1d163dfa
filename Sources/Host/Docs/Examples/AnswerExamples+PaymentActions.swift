// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Payment actions.
    static let paymentActions: [String: String] = [
        "acceptPayment": #"""
            {
              "id": "pay_01M8H483DE1J4VQBZN8BHWN5TS",
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
              "hosted_url": "{{url}}/pay/pay_01M8H483DE1J4VQBZN8BHWN5TS?t=1795958515-8767ca2e9c9c76993f4e5510078679b5",
              "acceptance": {
                "accepted_at": "2026-11-28T13:06:55.077Z",
                "accept_by": "2026-11-28T13:21:55.022Z",
                "accept_url": "{{url}}/v1/payments/pay_01M8H483DE1J4VQBZN8BHWN5TS/accept"
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
              "created_at": "2026-11-28T13:06:55.022Z",
              "updated_at": "2026-11-28T13:06:55.103Z",
              "expires_at": "2026-11-28T13:21:55.022Z",
              "attempts": [
                {
                  "id": "att_01M8H483FCDY0AYF86GG5714DM",
                  "provider": "tmoney-tg",
                  "channel": "tmoney",
                  "state": "pending",
                  "reference": "30c4c316-2617-4c6f-ae50-d52f42f56f79",
                  "operator_reference": null,
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T13:06:55.084Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T13:06:55.085Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "pending",
                      "at": "2026-11-28T13:06:55.102Z",
                      "cause": "response: in_progress"
                    }
                  ]
                }
              ]
            }
            """#,
        "confirmPayment": #"""
            {
              "id": "pay_01M8H483GJFEV2M34QVHGYKPNM",
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
              "hosted_url": "{{url}}/pay/pay_01M8H483GJFEV2M34QVHGYKPNM?t=1795958515-275035db2244f5ca3a3d9f9c20d72d0a",
              "acceptance": null,
              "failure": null,
              "review": null,
              "cancel_requested": false,
              "customer": null,
              "reference": null,
              "repeat_of": null,
              "description": null,
              "metadata": {},
              "created_at": "2026-11-28T13:06:55.122Z",
              "updated_at": "2026-11-28T13:06:55.160Z",
              "expires_at": "2026-11-28T13:21:55.122Z",
              "attempts": [
                {
                  "id": "att_01M8H483HFZDP4HXSGG5SD0FDJ",
                  "provider": "flouci-code-tn",
                  "channel": "flouci-code",
                  "state": "succeeded",
                  "reference": "40a32fec-f43a-4cc3-a4bf-322d8ed4a45a",
                  "operator_reference": "sandbox-form-a2a98160",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T13:06:55.151Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T13:06:55.152Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T13:06:55.160Z",
                      "cause": "response: executed"
                    }
                  ]
                }
              ]
            }
            """#,
        "checkPayment": #"""
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
              ]
            }
            """#,
        "cancelPayment": #"""
            {
              "id": "pay_01M8H4838TDEYYD0HZZZ34TXCH",
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
                  "id": "void_01M8H483B24V6RDW4X1Y0S56JW",
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
              "hosted_url": "{{url}}/pay/pay_01M8H4838TDEYYD0HZZZ34TXCH?t=1795958514-be576f5bf7cfe6da464170e110fc8ada",
              "acceptance": null,
              "failure": null,
              "review": null,
              "cancel_requested": false,
              "customer": null,
              "reference": null,
              "repeat_of": null,
              "description": null,
              "metadata": {},
              "created_at": "2026-11-28T13:06:54.874Z",
              "updated_at": "2026-11-28T13:06:54.988Z",
              "expires_at": "2026-11-28T13:21:54.874Z",
              "attempts": [
                {
                  "id": "att_01M8H4838T0V14J690CB5G8BEZ",
                  "provider": "card-main",
                  "channel": "card",
                  "state": "succeeded",
                  "reference": "8b5edd8b-6841-439b-99c0-adb020934736",
                  "operator_reference": "pi_G8qThSkWyHO9jNkTExXSk9so",
                  "transmissions": 1,
                  "checks": 0,
                  "refusal": null,
                  "history": [
                    {
                      "state": "prepared",
                      "at": "2026-11-28T13:06:54.874Z",
                      "cause": "route chosen"
                    },
                    {
                      "state": "sending",
                      "at": "2026-11-28T13:06:54.894Z",
                      "cause": "send_opened"
                    },
                    {
                      "state": "succeeded",
                      "at": "2026-11-28T13:06:54.911Z",
                      "cause": "response: executed"
                    }
                  ]
                }
              ]
            }
            """#,
    ]
}
