import Testing

@testable import Router

@Suite("Names that may have been meant") struct NearestNameTests {
    private static let members = [
        "amount", "currency", "channel", "customer", "source", "reference", "description", "metadata", "return_urls",
        "expires_in", "repeat_of", "id",
    ]

    @Test(arguments: [
        ("amout", "amount"), ("amuont", "amount"), ("Amount", "amount"), ("ammount", "amount"), ("amnt", "amount"),
        ("curency", "currency"), ("custmer", "customer"), ("returnUrls", "return_urls"),
        ("return-urls", "return_urls"), ("return urls", "return_urls"), ("ref", "reference"),
        ("desc", "description"), ("meta", "metadata"), ("amount_minor", "amount"), ("ID", "id"),
        ("repeat.of", "repeat_of"),
    ])
    func `a slip of the finger, another case, another separator, a beginning`(_ written: String, _ meant: String) {
        #expect(NearestName.of(written, among: Self.members) == meant)
    }

    @Test(arguments: [
        "", "_", "x", "ie", "ip", "phone", "webhook", "price", "c", "\u{E9}t\u{E9}",
        String(repeating: "amount", count: 20),
    ])
    func `what is like nothing is like nothing`(_ written: String) {
        #expect(NearestName.of(written, among: Self.members) == nil)
    }

    @Test
    func `of two beginnings alike none is meant, of two slips the first`() {
        #expect(NearestName.of("pro", among: ["provider", "processing"]) == nil)
        #expect(NearestName.of("cart", among: ["card", "carp"]) == "card")
        #expect(NearestName.of("x", among: []) == nil)
    }

    @Test
    func `the remedy is the near one, else all of them`() {
        #expect(NearestName.remedy("amout", among: Self.members) == "; did you mean \"amount\"?")
        #expect(NearestName.remedy("phone", among: ["a", "b"]) == "; known: a, b")
        #expect(NearestName.remedy("phone", among: []) == "")
    }
}
