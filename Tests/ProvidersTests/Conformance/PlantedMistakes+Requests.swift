import Router
import Synchronization

extension Planted {
    /// The password is sealed with the request.
    struct SealsThePassword: WholeProvider {
        func preparePayout(
            _ order: PayoutInstruction, asking wire: any Asking
        ) async throws(PreparationFailure) -> MoneyRequest {
            var money = right.request("/credits", order.reference, order.amount)
            money.request.headers.append(.init("X-Password", RightProvider.password.reveal()))
            return money
        }
    }

    /// Every preparation of a release has a number of its own.
    final class NumbersEveryRequest: WholeProvider {
        private let count = Mutex(0)

        func prepareVoid(
            _ order: FollowUpInstruction, asking wire: any Asking
        ) async throws(PreparationFailure) -> MoneyRequest {
            let number = count.withLock { count in
                count += 1
                return count
            }
            return right.request("/voids?try=\(number)", order.reference, order.amount)
        }
    }

    /// Signing writes the amount anew.
    struct SignsAnotherAmount: WholeProvider {
        func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
            var request = request
            request.headers.append(.init("Authorization", "Bearer " + (context.token ?? "")))
            request.body = Array(String(decoding: request.body, as: UTF8.self).replacing("5000", with: "50.00").utf8)
            return request
        }
    }

    /// A refund is prepared although nobody said that the sale was paid.
    struct AsksInVain: WholeProvider {
        func prepareRefund(
            _ order: FollowUpInstruction, asking wire: any Asking
        ) async throws(PreparationFailure) -> MoneyRequest {
            _ = try await wire.askToPrepare(WireRequest(.get, RightProvider.base + "/sales"))
            return right.request("/refunds", order.reference, order.amount)
        }
    }

    /// It asks before a refund, and says that it does not.
    struct AsksUndeclared: WholeProvider {
        func preparation(of order: Instruction, confirmedBy confirmation: Router.Confirmation?) -> Preparation {
            .offline
        }
    }

    /// Our own reference is passed off as the operator's.
    struct NamesItself: WholeProvider {
        func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
            guard case .pending(var progress) = right.answer(reply) else { return right.answer(reply) }
            progress.operatorReference = order.reference
            return .pending(progress)
        }
    }
}
