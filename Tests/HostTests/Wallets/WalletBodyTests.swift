import Router
import RouterTestKit
import Testing

@testable import Host

/// The bodies of payments and payouts that name wallets.
@Suite("Bodies with wallets") struct WalletBodyTests {
    private static let wallet = "wal_01JD3K0000PPPPPPPPPPPPPPPP"
    private static let other = "wal_01JD3K0000PPPPPPPPPPPPPPPA"
    private static let channels: Set<PaymentChannel> = ["tmoney", "wallet", "card"]

    private func payment(_ more: String) throws -> OrderRequest {
        let body = try StrictJSON.parse(Array(#"{"amount":5000,"currency":"XOF",\#(more)}"#.utf8))
        return try PaymentInput.read(body).checked(knownChannels: Self.channels, country: nil)
    }

    private func payout(_ more: String) throws -> OrderRequest {
        let body = try StrictJSON.parse(Array(#"{"amount":5000,"currency":"XOF",\#(more)}"#.utf8))
        return try JSONBody.decode(PayoutInput.self, body).checked(knownChannels: Self.channels, country: nil)
    }

    @Test func `a payment by wallet takes the wallet's channel, whether that is said or not`() throws {
        for channel in ["", #","channel":"wallet""#, #","channel":["wallet"]"#, #","channel":null"#] {
            let request = try payment(#""source":{"wallet":"\#(Self.wallet)"}"# + channel)
            #expect(request.wallet?.text == Self.wallet && request.channels == ["wallet"] && request.account == nil)
            #expect(request.sourceToken == nil)
        }
    }

    @Test func `a top-up goes to the wallet over any channel, and from another wallet`() throws {
        let top = try payment(#""channel":"tmoney","destination":{"wallet":"\#(Self.wallet)"}"#)
        #expect(top.account?.name == "wallet:\(Self.wallet)" && top.wallet == nil && top.channels == ["tmoney"])
        let inside = try payment(
            #""source":{"wallet":"\#(Self.other)"},"destination":{"wallet":"\#(Self.wallet)"}"#)
        #expect(inside.wallet?.text == Self.other && inside.account?.wallet?.text == Self.wallet)
    }

    @Test func `a payout names the wallet that it takes from, and the one that it goes to`() throws {
        let out = try payout(
            #""channel":"tmoney","party":{"phone":"+22890112233"},"source":{"wallet":"\#(Self.wallet)"}"#)
        #expect(out.account?.wallet?.text == Self.wallet && out.wallet == nil && out.channels == ["tmoney"])
        let into = try payout(#""party":{"wallet":"\#(Self.wallet)","name":"Ama"}"#)
        #expect(into.wallet?.text == Self.wallet && into.channels == ["wallet"] && into.account == nil)
        #expect(into.customer.name == "Ama")
    }

    @Test(arguments: [
        (#""source":{"wallet":"wal_1"}"#, "/source/wallet"),
        (#""source":{"wallet":"pay_01JD3K0000PPPPPPPPPPPPPPPP"}"#, "/source/wallet"),
        (#""destination":{"wallet":"wal_1"}"#, "/destination/wallet"),
        (#""source":{"wallet":"\#(wallet)"},"channel":"tmoney""#, "/channel"),
        (#""source":{"wallet":"\#(wallet)"},"channel":["wallet","tmoney"]"#, "/channel"),
        (#""source":{"wallet":"\#(wallet)"},"channel":[]"#, "/channel"),
        (#""source":{"wallet":"\#(wallet)"},"hosted":true"#, "/hosted"),
        (#""source":{"wallet":"\#(wallet)","token":"tok"}"#, "/source"), (#""source":{}"#, "/source"),
    ])
    func `what is wrong with a payment's wallets is pointed to`(_ more: String, _ pointer: String) {
        let problem = #expect(throws: Problem.self) { try payment(more) }
        #expect(problem?.code == .invalidRequest)
        #expect(problem?.errors.map(\.pointer).contains(pointer) == true, "\(problem?.errors ?? [])")
        #expect(problem?.errors.allSatisfy { !$0.detail.isEmpty } == true)
    }

    @Test(arguments: [
        (#""party":{"wallet":"wal_1"}"#, "/party/wallet"),
        (#""party":{"wallet":"\#(wallet)"},"channel":"tmoney""#, "/channel"),
        (#""party":{},"source":{"wallet":"1"}"#, "/source/wallet"),
        (#""party":{},"source":{"token":"1"}"#, "/source/token"),
    ])
    func `what is wrong with a payout's wallets is pointed to`(_ more: String, _ pointer: String) {
        let problem = #expect(throws: Problem.self) { try payout(more) }
        #expect(problem?.code == .invalidRequest)
        #expect(problem?.errors.map(\.pointer).contains(pointer) == true, "\(problem?.errors ?? [])")
    }

    @Test func `every refusal of a wallet points to the member and says what helps`() throws {
        let id = WalletID(known: Self.wallet)
        let reasons: [WalletRefusal.Reason] = [.missing, .currency(.tnd), .belongsToHolder, .frozen, .closed, .itself]
        for places in [RefusalPlaces.payment, .payout, .transfer] {
            for reason in reasons {
                let problem = LedgerAnswers.problem(WalletRefusal(id, reason, isSource: true), places)
                let issue = try #require(problem.errors.first)
                #expect(issue.pointer == (reason == .itself ? places.target : places.source) && !issue.detail.isEmpty)
            }
            let target = LedgerAnswers.problem(WalletRefusal(id, .closed, isSource: false), places)
            #expect(target.errors.map(\.pointer) == [places.target])
        }
    }
}
