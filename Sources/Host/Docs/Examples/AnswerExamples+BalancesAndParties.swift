// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Balances and parties.
    static let balancesAndParties: [String: String] = [
        "listBalances": #"""
            {
              "object": "list",
              "data": [
                {
                  "provider": "card-main",
                  "currency": "USD",
                  "available": 1005000,
                  "channels": [],
                  "as_of": "2026-11-28T13:07:16.459Z",
                  "error": null
                },
                {
                  "provider": "mtn-cm",
                  "currency": "XAF",
                  "available": 1000000000,
                  "channels": [],
                  "as_of": "2026-11-28T13:07:16.466Z",
                  "error": null
                },
                {
                  "provider": "paygate-tg",
                  "currency": "XOF",
                  "available": 50000000,
                  "channels": [
                    "flooz"
                  ],
                  "as_of": "2026-11-28T13:07:16.476Z",
                  "error": null
                },
                {
                  "provider": "paygate-tg",
                  "currency": "XOF",
                  "available": 50000000,
                  "channels": [
                    "tmoney"
                  ],
                  "as_of": "2026-11-28T13:07:16.476Z",
                  "error": null
                },
                {
                  "provider": "tmoney-tg",
                  "currency": "XOF",
                  "available": 99999000,
                  "channels": [
                    "tmoney"
                  ],
                  "as_of": "2026-11-28T13:06:54.722Z",
                  "error": null
                }
              ]
            }
            """#,
        "lookUpParty": #"""
            {
              "object": "list",
              "phone": "+237*******01",
              "data": [
                {
                  "provider": "mtn-cm",
                  "channel": "mtn-momo",
                  "is_customer": true,
                  "is_active": true,
                  "name": "S*** B**",
                  "error": null
                }
              ]
            }
            """#,
    ]
}
