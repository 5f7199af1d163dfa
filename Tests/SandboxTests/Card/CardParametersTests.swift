import Testing

@testable import Sandbox

/// The form parser (docs/protocols/card.md, 1.3).
@Suite struct CardParametersTests {
    @Test func `official vector`() throws {
        let body =
            "amount=5000&currency=usd&source=tok_visa&metadata[order_id]=15&metadata[a+b]=%C3%BC%26%3D"
            + "&expand[0]=customer&expand[1]=balance_transaction&capture=false"
        let parameters = try CardParameters(body: Array(body.utf8))
        #expect(parameters["amount"] == "5000")
        #expect(parameters.map("metadata") == ["order_id": "15", "a b": "ü&="])
        #expect(parameters.list("expand") == ["customer", "balance_transaction"])
        #expect(try parameters.flag("capture") == false)
        #expect(try parameters.flag("confirm") == nil)
    }

    @Test func `brackets may be encoded`() throws {
        let raw = try CardParameters(body: Array("a[b]=1&c[]=2".utf8))
        let encoded = try CardParameters(body: Array("c%5B%5D=2&a%5Bb%5D=1".utf8))
        #expect(raw.canonical == encoded.canonical)
        #expect(raw.list("c") == ["2"])
    }

    @Test(arguments: ["%", "a=%G1", "a=%ff", "[a]=1", "a[b=1", "a]=1&a[b]]=1"])
    func `refuses broken text`(_ body: String) {
        #expect(throws: CardRefusal.self) {
            let parameters = try CardParameters(body: Array(body.utf8))
            try parameters.check(against: ["a": .object(["b"])])
        }
    }

    @Test func `shapes`() throws {
        let parameters = try CardParameters(body: Array("a=1&m[x]=1&l[0]=1&l[]=2&o[k]=1".utf8))
        let good: [String: CardParameters.Shape] = ["a": .text, "m": .map, "l": .list, "o": .object(["k"])]
        try parameters.check(against: good)
        for (name, wrong) in [("a", CardParameters.Shape.map), ("m", .text), ("m", .list), ("o", .object(["z"]))] {
            var shapes = good
            shapes[name] = wrong
            #expect(throws: CardRefusal.self) { try parameters.check(against: shapes) }
        }
    }
}
