import Router
import Testing
import WebText

@testable import Providers

/// What kinds share and no kind's own tests look at.
@Suite struct SharedTests {
    @Test(arguments: [
        ("https://pay.operator.example/x", true), ("https://operator.example", true),
        ("https://operator.example:443/x", true), ("https://operator.example:8443/x", false),
        ("http://operator.example/x", false), ("https://notoperator.example/x", false),
        ("https://operator.example.evil.example/x", false), ("javascript:alert(1)", false),
        ("http://127.0.0.1:8090/page", false),
    ])
    func `links are the operators`(_ link: String, _ expected: Bool) {
        let domains = ["operator.example"]
        let production = PayerLinks(environment: .production, root: "http://127.0.0.1:8090/op", domains: domains)
        #expect(production.allow(link) == expected)
        let sandbox = PayerLinks(environment: .sandbox, root: "http://127.0.0.1:8090/op", domains: domains)
        #expect(sandbox.allow(link) == (expected || link.hasPrefix("http://127.0.0.1:8090/")))
    }

    @Test func `links may lead to any bank`() {
        let links = PayerLinks(environment: .production, root: "https://operator.example", domains: nil)
        #expect(links.allow("https://bank.example:8443/3ds"))
        #expect(!links.allow("http://bank.example/3ds"))
    }

    @Test func `alphabets`() {
        #expect("0123456789".consists(of: .digits, 1...10))
        #expect(!"0123456789".consists(of: .digits, 1...9) && !"".consists(of: .digits, 1...9))
        #expect(!"٣".consists(of: .digits) && !"1a".consists(of: .digits))
        #expect("mch30000".consists(of: .lowerCase) && !"MCH".consists(of: .lowerCase))
        #expect("pm_1-A".consists(of: .word) && !"a b".consists(of: .word) && !"a/b".consists(of: .word))
        #expect("!~".consists(of: .visible) && !"a b".consists(of: .visible) && !"a\u{7F}".consists(of: .visible))
        #expect("a b".consists(of: .printable) && !"a\n".consists(of: .printable) && !"é".consists(of: .printable))
    }

    @Test(arguments: [
        (1, 0, true), (5_000, 0, true), (5_001, 0, false), (0, 0, false), (-1, 0, false), (1_000, 4_000, true),
        (1_001, 4_000, false), (1, 5_000, false),
    ])
    func `refunds are of what is left`(_ minorUnits: Int64, _ refunded: Int64, _ expected: Bool) throws {
        var order = try Sample.followUp(for: "card intents", minorUnits, refunded: refunded)
        #expect(order.isWithinRest == expected)
        #expect(order.isWithinHold == (1...5_000).contains(minorUnits))
        #expect(order.isWhole == (minorUnits == 5_000 && refunded == 0))
        order.amount = Money(1, .xof)
        #expect(!order.isWithinRest && !order.isWithinHold)
    }

    @Test func `credentials in the body need a body`() {
        let request = WireRequest.json("https://operator.example", ["a": "b"])
        #expect(request.with([.init("key", "k"), .init("a", "c")]).bodyText == #"{"a":"c","key":"k"}"#)
        let question = WireRequest.question("https://operator.example", [("a", "b c")])
        #expect(question.with([.init("key", "k")]) == question)
        #expect(question.url == "https://operator.example?a=b%20c")
    }

    @Test func `what proves nothing is no answer`() {
        #expect(StatusCheckResult(.unknown(Doubt(.unlisted, providerCode: "7"))) == .couldNotAnswer("7"))
        #expect(StatusCheckResult(.unknown(Doubt(.inProgress))) == .couldNotAnswer("in_progress"))
        #expect(StatusCheckResult(.pending(Progress())) == .found(.pending(Progress())))
    }
}
