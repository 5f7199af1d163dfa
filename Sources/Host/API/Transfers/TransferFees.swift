package import Router
import Synchronization

/// What the platform keeps of transfers, by currency code; another version of the configuration replaces it.
package final class TransferFees: Sendable {
    private let current: Mutex<[String: Fee]>

    package init(_ byCurrency: [String: Fee]) { current = Mutex(byCurrency) }

    /// As it is configured now.
    var byCurrency: [String: Fee] { current.withLock(\.self) }

    /// Takes others from now on.
    func replace(_ byCurrency: [String: Fee]) { current.withLock { $0 = byCurrency } }

    /// The fee of a transfer as it is configured now, in minor units.
    func fee(of request: OrderRequest) throws(Problem) -> Int64 {
        guard let rule = byCurrency[request.amount.currency.code] else { return 0 }
        guard let fee = rule.of(request.amount) else { throw Self.tooLarge }
        return fee.minorUnits
    }

    /// The request with its fee, which leaves something for the recipient.
    static func with(_ fee: Int64, _ request: OrderRequest) throws(Problem) -> OrderRequest {
        let (units, currency) = (request.amount.minorUnits, request.amount.currency)
        var request = request
        request.fee = fee
        switch request.transfer?.feePayer {
        case .recipient where fee >= units:
            throw refused(
                .feeExceedsAmount,
                "the fee of \(Money(fee, currency)), which the recipient pays, leaves nothing of \(request.amount)",
                "must be more than the fee of \(fee), or let the sender pay it: \"fee\": \"sender\"")
        case .recipient, nil: break
        case .sender where units > largest - fee: throw tooLarge
        case .sender: break
        }
        return request
    }

    private static let largest: Int64 = 9_007_199_254_740_991

    private static let tooLarge = refused(
        .amountTooLarge, "the amount is too large to add a fee to it",
        "must be at most 2^53 - 1 together with the fee")

    private static func refused(_ code: ProblemCode, _ what: String, _ remedy: String) -> Problem {
        Problem(code, what, errors: [JSONIssue(pointer: "/amount", code: code.rawValue, detail: remedy)])
    }
}
