import Router
import Testing

@testable import Host

/// The body of a transfer, and its fee.
@Suite("Bodies of transfers") struct TransferBodyTests {
    private static let wallet = "wal_01JD3K0000PPPPPPPPPPPPPPPP"
    private static let other = "wal_01JD3K0000PPPPPPPPPPPPPPPA"
    private static let channels = TransferInput.Channels(
        paying: ["tmoney", "card", "wallet"], paid: ["tmoney", "flooz", "wallet"])
    private static let phone = #"{"channel":"tmoney","phone":"+22890112233"}"#

    private func transfer(_ from: String, _ to: String, _ more: String = "") throws -> OrderRequest {
        let text = #"{"from":\#(from),"to":\#(to),"amount":5000,"currency":"XOF"\#(more)}"#
        let body = try StrictJSON.parse(Array(text.utf8))
        return try JSONBody.decode(TransferInput.self, body).checked(Self.channels, country: "TG")
    }

    @Test func `both ends are read, with who is there`() throws {
        let request = try transfer(
            #"{"channel":"tmoney","phone":"90 11 22 33","name":"Ama"}"#, #"{"channel":"flooz","phone":"+22898000001"}"#,
            #","fee":"recipient","description":"rent","language":"fr""#)
        let terms = try #require(request.transfer)
        #expect(terms.from == .channel("tmoney") && terms.to == .channel("flooz") && terms.feePayer == .recipient)
        #expect(request.customer.phone?.e164 == "+22890112233" && request.customer.name == "Ama")
        #expect(terms.recipient.phone?.e164 == "+22898000001")
        let inside = try transfer(#"{"wallet":"\#(Self.wallet)"}"#, #"{"wallet":"\#(Self.other)"}"#)
        #expect(inside.transfer?.shape == .inside && inside.transfer?.feePayer == .sender)
    }

    struct Wrong: Sendable {
        var from = TransferBodyTests.phone
        var to = #"{"channel":"flooz","phone":"+22898000001"}"#
        var more = ""
        var code = ProblemCode.invalidRequest
        var pointer: String
    }

    @Test(arguments: [
        Wrong(from: "{}", pointer: "/from"), Wrong(to: "{}", pointer: "/to"),
        Wrong(from: #"{"wallet":"\#(wallet)","channel":"tmoney"}"#, pointer: "/from"),
        Wrong(to: #"{"wallet":"wal_7"}"#, pointer: "/to/wallet"),
        Wrong(to: #"{"wallet":"\#(wallet)","phone":"+22890112233"}"#, pointer: "/to/phone"),
        Wrong(from: #"{"channel":"pigeon"}"#, code: .unknownChannel, pointer: "/from/channel"),
        Wrong(to: #"{"channel":"card"}"#, code: .unknownChannel, pointer: "/to/channel"),
        Wrong(to: #"{"channel":"wallet"}"#, code: .unknownChannel, pointer: "/to/channel"),
        Wrong(from: #"{"channel":"tmoney","phone":"12"}"#, code: .invalidPhone, pointer: "/from/phone"),
        Wrong(to: #"{"channel":"tmoney","phone":"+22890112233"}"#, code: .invalidPhone, pointer: "/to/phone"),
        Wrong(to: #"{"channel":"tmoney","phone":"0022890112233"}"#, code: .invalidPhone, pointer: "/to/phone"),
        Wrong(
            from: #"{"wallet":"\#(wallet)"}"#, to: #"{"wallet":"\#(wallet)"}"#, code: .walletUnusable,
            pointer: "/to/wallet"),
        Wrong(more: #","fee":"nobody""#, pointer: "/fee"), Wrong(more: #","expires_in":0"#, pointer: "/expires_in"),
        Wrong(more: #","language":"french""#, pointer: "/language"),
        Wrong(more: #","default_country":"XX""#, pointer: "/default_country"),
        Wrong(more: #","quote":"x""#, pointer: "/quote"),
        Wrong(more: #","return_urls":{"success":"shop"}"#, pointer: "/return_urls/success"),
    ])
    func `what is wrong is pointed to, with what helps`(_ wrong: Wrong) {
        let problem = #expect(throws: Problem.self) { try transfer(wrong.from, wrong.to, wrong.more) }
        #expect(problem?.code == wrong.code, "\(problem?.detail ?? "")")
        #expect(problem?.errors.map(\.pointer).contains(wrong.pointer) == true, "\(problem?.errors ?? [])")
        #expect(problem?.errors.allSatisfy { !$0.detail.isEmpty } == true)
        #expect(problem?.detail.contains("90112233") == false, "no number in clear")
    }

    @Test(arguments: [0, -1, 9_007_199_254_740_992] as [Int64])
    func `an amount is a positive number of minor units`(_ units: Int64) throws {
        let text = #"{"from":\#(Self.phone),"to":{"wallet":"\#(Self.wallet)"},"amount":\#(units),"currency":"XOF"}"#
        let body = try StrictJSON.parse(Array(text.utf8))
        let problem = #expect(throws: Problem.self) {
            try JSONBody.decode(TransferInput.self, body).checked(Self.channels, country: nil)
        }
        #expect(problem?.errors.map(\.pointer) == ["/amount"])
    }

    @Test(
        arguments: [
            (0, 0, 0, nil, 5_000, 0), (100, 50, 0, 5_000, 5_000, 100), (100, 0, 80, nil, 5_000, 80),
            (100, 50, 0, 60, 5_000, 60), (1, 0, 0, nil, 1, 1), (10_000, 0, 0, nil, .max / 2, nil),
            (10_000, 0, 0, 500, .max / 2, 500),
        ] as [(Int64, Int64, Int64, Int64?, Int64, Int64?)])
    func `a fee is a part and a fixed sum between two ends`(
        _ points: Int64, _ fixed: Int64, _ least: Int64, _ most: Int64?, _ amount: Int64, _ fee: Int64?
    ) {
        let rule = Fee(basisPoints: points, fixed: fixed, minimum: least, maximum: most)
        #expect(rule.of(Money(amount, .xof))?.minorUnits == fee)
    }

    @Test func `a fee that leaves nothing, or makes too much, is refused`() throws {
        let request = try transfer(Self.phone, #"{"wallet":"\#(Self.wallet)"}"#, #","fee":"recipient""#)
        #expect(try TransferFees.with(4_999, request).fee == 4_999)
        for fee in [5_000, 5_001] as [Int64] {
            let problem = #expect(throws: Problem.self) { try TransferFees.with(fee, request) }
            #expect(problem?.code == .feeExceedsAmount && problem?.errors.map(\.pointer) == ["/amount"])
        }
        var large = try transfer(Self.phone, #"{"wallet":"\#(Self.wallet)"}"#)
        large.amount = Money(9_007_199_254_740_990, .xof)
        #expect(try TransferFees.with(1, large).fee == 1)
        let problem = #expect(throws: Problem.self) { try TransferFees.with(2, large) }
        #expect(problem?.code == .amountTooLarge && problem?.errors.map(\.pointer) == ["/amount"])
    }
}
