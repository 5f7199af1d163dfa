import Router

/// What the document is written from: the files of `Resources/openapi`, as they are in this program.
struct OpenAPISource: Sendable {
    /// What stands before and beside the calls: `info`, and the shared components.
    var basics: JSONValue
    /// The operation of one webhook.
    ///
    /// `{{type}}` is the type of the event, `{{operation}}` the same as an identifier.
    var webhook: String
    /// The parts, in the order in which they are read.
    var parts: [DescribedPart]

    /// - Throws: If a file is no JSON, or not what a part should be; a test rules that out.
    static func embedded() throws(OpenAPIFault) -> OpenAPISource {
        let examples = Dictionary(Resources.Openapi.Examples.all) { first, _ in first }
        var parts: [DescribedPart] = []
        for file in inReadingOrder(Resources.Openapi.all) {
            let answers = try examples[file.name].map { text throws(OpenAPIFault) in try parsed(text, file.name) }
            parts.append(try DescribedPart(try parsed(file.text, file.name), examples: answers))
        }
        return OpenAPISource(
            basics: try parsed(Resources.Openapi.basics, "basics"), webhook: Resources.Openapi.webhook, parts: parts)
    }

    /// The headings in the order of reading, by file name; what is not named here comes last.
    private static let order = [
        "payments", "payment-actions", "refunds-and-captures", "payouts", "wallets", "transfers", "bills",
        "ledger", "billers", "balances-and-parties", "choosing-a-channel", "hosted-page", "holders", "holders-pages",
        "finding-by-metadata", "reviews", "events", "webhooks", "operators-notifications", "operations",
        "documentation",
    ].map { $0 + ".json" }

    private static func inReadingOrder(
        _ files: [(name: String, text: String)]
    ) -> [(name: String, text: String)] {
        files.filter { !["basics.json", "webhook.json"].contains($0.name) }
            .sorted { (order.firstIndex(of: $0.name) ?? .max) < (order.firstIndex(of: $1.name) ?? .max) }
    }

    static func parsed(_ text: String, _ place: String) throws(OpenAPIFault) -> JSONValue {
        do throws(JSONSyntaxError) {
            return try StrictJSON.parse(Array(text.utf8), maximumDepth: 64)
        } catch { throw OpenAPIFault(description: "\(place): \(error)") }
    }
}
