// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Finding by metadata.
    static let findingByMetadata: [String: String] = [
        "getMetadataIndex": #"""
            {
              "object": "metadata_index",
              "names": [
                {
                  "name": "cart",
                  "complete": true,
                  "complete_from": {
                    "payments": null,
                    "payouts": null,
                    "refunds": null
                  }
                },
                {
                  "name": "order_id",
                  "complete": true,
                  "complete_from": {
                    "payments": null,
                    "payouts": null,
                    "refunds": null
                  }
                }
              ],
              "leaving": []
            }
            """#,
        "setMetadataIndex": #"""
            {
              "object": "metadata_index",
              "names": [
                {
                  "name": "cart",
                  "complete": false,
                  "complete_from": {
                    "payments": "2026-11-28T13:06:53.447Z",
                    "payouts": "2026-11-28T13:06:53.447Z",
                    "refunds": "2026-11-28T13:06:53.447Z"
                  }
                },
                {
                  "name": "order_id",
                  "complete": false,
                  "complete_from": {
                    "payments": "2026-11-28T13:06:53.447Z",
                    "payouts": "2026-11-28T13:06:53.447Z",
                    "refunds": "2026-11-28T13:06:53.447Z"
                  }
                }
              ],
              "leaving": []
            }
            """#,
    ]
}
