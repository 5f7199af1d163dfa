import Router
import RouterTestKit
import Testing

@testable import Host

/// The bodies of payouts to billers, and what their refusals say.
@Suite("Bodies with bill accounts") struct BillBodyTests {
    private static let wallet = "wal_01JD3K0000PPPPPPPPPPPPPPPP"

    private func payout(_ more: String) throws -> OrderRequest {
        let body = try StrictJSON.parse(Array(#"{"amount":5000,"currency":"XOF",\#(more)}"#.utf8))
        return try JSONBody.decode(PayoutInput.self, body)
            .checked(knownChannels: ["electricity", "tmoney"], country: nil)
    }

    @Test func `a payout names the account at the biller, and the wallet that pays`() throws {
        let bill = try payout(
            #""channel":"electricity","party":{"bill_account":"37000000001","phone":"+22890112233"},"#
                + #""source":{"wallet":"\#(Self.wallet)"}"#)
        #expect(bill.billAccount == "37000000001" && bill.channels == ["electricity"] && bill.wallet == nil)
        #expect(bill.account?.wallet?.text == Self.wallet && bill.customer.phone != nil)
        #expect(try payout(#""party":{"bill_account":null}"#).billAccount == nil)
        #expect(try payout(#""party":{"bill_account":"12/34-A.b_c"}"#).billAccount == "12/34-A.b_c")
    }

    static let wrong: [(String, String)] = [
        (#""party":{"bill_account":""}"#, "/party/bill_account"),
        (#""party":{"bill_account":"370 00"}"#, "/party/bill_account"),
        (#""party":{"bill_account":"../x"}"#, "/party/bill_account"),
        (#""party":{"bill_account":"37\u0007"}"#, "/party/bill_account"),
        (#""party":{"bill_account":"٣٧"}"#, "/party/bill_account"),
        (#""party":{"bill_account":"\#(String(repeating: "1", count: 65))"}"#, "/party/bill_account"),
        (#""party":{"bill_account":37}"#, "/party/bill_account"),
        (#""party":{"bill_account":"37","wallet":"\#(wallet)"}"#, "/party/bill_account"),
        (#""party":{"bill_acount":"37"}"#, "/party/bill_acount"),
    ]

    @Test(arguments: wrong.indices)
    func `what is wrong with an account is pointed to`(index: Int) {
        let (more, pointer) = Self.wrong[index]
        let problem = #expect(throws: Problem.self) { try payout(more) }
        #expect(problem?.code == .invalidRequest)
        #expect(problem?.errors.map(\.pointer).contains(pointer) == true, "\(problem?.errors ?? [])")
    }

    @Test func `account numbers cannot be gone through`() throws {
        let limits = RequestLimits(LimitSettings(), time: TestTime(), random: CountingRandom())
        let app = try RequestLimitsTests.app(1)
        let asked = (0..<200).count { limits.lookUp("37000000\(100 + $0)", at: "alpha", by: app) == nil }
        #expect(asked == 30)
        #expect(limits.lookUp("37000000100", at: "beta", by: app) == nil, "another biller's numbers")
        #expect(try limits.lookUp("37000000100", at: "alpha", by: RequestLimitsTests.app(2)) == nil)
    }
}
