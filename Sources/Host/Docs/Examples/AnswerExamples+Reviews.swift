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
                  "order": "pay_01M8H1SCA2ACDKDT0SN92PHJGF",
                  "order_kind": "payment",
                  "payment": null,
                  "reason": "outcome_unknown",
                  "since": "2026-11-28T12:24:16.881Z",
                  "age_seconds": 1,
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
