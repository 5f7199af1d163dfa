import Router

/// What a developer does with an app's new keys: a first payment, then webhooks.
struct FirstSteps {
    let publicURL: String
    let texts: ConsoleTexts

    /// The parts of the page.
    ///
    /// - Parameter key: The secret key of the sandbox; without one there is no line, because it would move real money.
    /// - Returns: A first payment and what comes next.
    func blocks(key: String?) -> [ConsoleBlock] {
        var payment = ConsoleBlock(heading: texts["firstPayment"])
        payment.links = [
            .init(address: publicURL + "/docs", label: texts["firstDocs"]),
            .init(address: publicURL + "/docs#test-phones", label: texts["firstNumbers"], isQuiet: true),
        ]
        if let key {
            payment.paragraphs = [(texts["firstPaymentText"], .plain)]
            payment.code = (texts["firstPayment"], Self.payment(publicURL: publicURL, key: key).text)
        } else {
            payment.paragraphs = [(texts["firstPaymentNone"], .plain)]
        }
        let next = ConsoleBlock(
            heading: texts["firstNext"], paragraphs: [(texts["firstNextText"], .plain)],
            links: [
                .init(address: publicURL + "/docs#receive", label: texts["firstReceive"], isQuiet: true),
                .init(address: publicURL + "/docs#live", label: texts["firstLive"], isQuiet: true),
            ])
        return [payment, next]
    }

    /// A payment in the sandbox that its payer approves at once.
    static func payment(publicURL: String, key: String) -> CurlCommand {
        CurlCommand(
            method: "POST", url: publicURL + "/v1/payments",
            headers: [
                ("Authorization", .text("Bearer " + key)),
                (CallLine.idempotencyKey, .filledIn("$(openssl rand -hex 16)")),
            ],
            body: [
                "amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": ["phone": "+22890000001"],
            ])
    }
}
