import Router
import Testing

@testable import Host

/// Card data spread over the members of an object.
@Suite struct CardMembersTests {
    private func found(_ json: String) throws -> String? {
        CardScan.find(in: try StrictJSON.parse(Array(json.utf8)))
    }

    private static let cards = [
        "4242424242424242", "378282246310005", "6011111111111117", "36227206271667", "4222222222222",
    ]

    @Test(arguments: cards)
    func `a number beside its code is found`(_ card: String) throws {
        for (number, expiry, code) in [
            ("number", "expiry", "cvc"), ("cardNumber", "expiryDate", "cvv"),
            ("card_number", "exp_month", "security_code"),
            ("pan", "exp", "cvv2"), ("numero_carte", "date_expiration", "cryptogramme"), ("number1", "expiry1", "cvc1"),
        ] {
            let json = #"{"metadata":{"\#(number)":"\#(card)","\#(expiry)":"12/27","\#(code)":"123"}}"#
            #expect(try found(json) == "/metadata/\(number)")
            let wide = card.map { "\($0)" }.joined(separator: "  ")
            #expect(try found(#"{"\#(number)":"\#(wide)","\#(code)":123}"#) == "/\(number)")
        }
    }

    @Test(arguments: cards)
    func `a number in pieces is found`(_ card: String) throws {
        let half = card.count / 2
        for (one, two) in [
            ("card1", "card2"), ("number_1", "number_2"), ("card_number1", "card_number2"), ("number", "number2"),
            ("pan-1", "pan-2"), ("card1_number", "card2_number"), ("CardNo1", "CardNo2"), ("part1", "part2"),
        ] {
            #expect(
                try found(#"{"\#(one)":"\#(card.prefix(half))","\#(two)":"\#(card.dropFirst(half))"}"#) == "/\(one)")
            #expect(
                try found(#"{"a":[{"\#(two)":"\#(card.dropFirst(half))","\#(one)":"\#(card.prefix(half))"}]}"#) != nil)
        }
    }

    @Test(arguments: [
        #"{"order_number":"42424242","order_number2":"42424242"}"#, #"{"number":"1234567890128"}"#,
        #"{"phone1":"42424242","phone2":"42424242"}"#, #"{"number":"17","expiry":"12/27"}"#,
        #"{"number1":"4242","number2":"4243"}"#, #"{"card":"visa","cvc":"123"}"#,
        #"{"number":"INV-1234567890128","exp":"12"}"#,
    ])
    func `other members are left alone`(_ json: String) throws {
        #expect(try found(json) == nil)
    }

    @Test func `phones of payers and payees are no cards`() throws {
        #expect(try found(#"{"customer":{"phone":"4222222222222"},"party":{"phone":"4222222222222"}}"#) == nil)
        #expect(try found(#"{"customer":{"name":"4222222222222"}}"#) == "/customer/name")
        // What a code is asked for is the body of the call that it shall allow.
        #expect(try found(#"{"purpose":"cash_out","for":{"phone":"4222222222222","code":"493027"}}"#) == nil)
        #expect(try found(#"{"purpose":"transfer","for":{"to":{"phone":"4222222222222"}}}"#) == nil)
        #expect(try found(#"{"for":{"description":"4222222222222"}}"#) == "/for/description")
    }
}
