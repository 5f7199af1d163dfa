/// What a router with practice operators answered to each call, by operation.
///
/// `scripts/answer-examples` writes them; `{{url}}` is the router's address.
enum AnswerExamples {
    /// The example of an operation as JSON text; `nil` if it answers with no JSON.
    static func text(of operation: String) -> String? {
        for part in parts { if let text = part[operation] { return text } }
        return nil
    }

    private static let parts = [
        payments, paymentActions, refundsAndCaptures, payouts, balancesAndParties,
        choosingAChannel, findingByMetadata, reviews, events, webhooks, operations,
    ]
}
