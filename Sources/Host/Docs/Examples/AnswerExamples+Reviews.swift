// swift-format-ignore-file
// Written by scripts/answer-examples from a router's real answers.
extension AnswerExamples {
    /// Reviews.
    static let reviews: [String: String] = [
        "listReviews": #"""
            {
              "object": "list",
              "data": [
                {
                  "object": "review",
                  "order": "pay_01M8H483J8TYPTRM06T4SD672K",
                  "order_kind": "payment",
                  "payment": null,
                  "reason": "outcome_unknown",
                  "since": "2026-11-28T13:07:16.315Z",
                  "age_seconds": 0,
                  "status": "under_review",
                  "certainty": "unknown",
                  "amount": 7000,
                  "currency": "TND",
                  "money_at_risk": 7000,
                  "provider": "flouci-code-tn",
                  "reference": null,
                  "next_check_at": null,
                  "signatures": 0
                }
              ],
              "has_more": false,
              "next_cursor": null
            }
            """#,
    ]
}
