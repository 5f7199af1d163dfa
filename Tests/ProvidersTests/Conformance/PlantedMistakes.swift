import Router
import RouterTestKit
import WebText

/// Providers with one mistake each, as people make them.
enum Planted {
    /// A proxy's page with the operator's own 202 is taken for acceptance.
    struct TrustsTheStatus: WholeProvider {
        func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
            reply.status == 202 ? .pending(Progress()) : right.answer(reply)
        }
    }

    /// Whatever is not listed is a success.
    struct TakesUnknownForSuccess: WholeProvider {
        func readConfirmation(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
            let answer = right.answer(reply)
            guard reply.status == 200, case .unknown = answer, JSONMember.text(reply, "state") != nil,
                let value = try? StrictJSON.parse(reply.body), let statement = right.statement(value)
            else { return answer }
            return .succeeded(statement)
        }
    }

    /// Taken is paid.
    struct TakesPendingForSucceeded: WholeProvider {
        func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
            guard reply.status == 202, JSONMember.text(reply, "state") == "open",
                let value = try? StrictJSON.parse(reply.body), let statement = right.statement(value)
            else { return right.answer(reply) }
            return .succeeded(statement)
        }
    }

    /// A wrong row: 503 with E_TIMEOUT is a refusal.
    struct TakesTimeoutForRefusal: WholeProvider {
        func readCapture(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
            if reply.status == 503, JSONMember.text(reply, "state") == "E_TIMEOUT" {
                return .rejected(Refusal(.operatorUnavailable, providerCode: "E_TIMEOUT"))
            }
            return right.answer(reply)
        }
    }

    /// A refusal that may turn is taken for the last word.
    struct TakesLaterForNever: WholeProvider {
        func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
            guard case .rejected(var refusal) = right.answer(reply) else { return right.answer(reply) }
            refusal.isDefinitive = true
            return .rejected(refusal)
        }
    }

    /// The amount is the order's, whatever the operator says.
    struct EchoesTheAmount: WholeProvider {
        func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
            guard case .succeeded(var statement) = right.answer(reply) else { return right.answer(reply) }
            statement.amount = .money(order.amount)
            return .succeeded(statement)
        }
    }

    /// The currency is not looked at when asked.
    struct IgnoresTheCurrency: WholeProvider {
        func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
            await wire.ask(WireRequest(.get, RightProvider.base + "/" + order.reference)) { reply in
                guard case .found(.succeeded(var statement)) = right.found(reply) else { return right.found(reply) }
                if let units = statement.minorUnits { statement.amount = .units(units) }
                return .found(.succeeded(statement))
            }
        }
    }

    /// Somebody else's payment will do.
    struct IgnoresTheReference: WholeProvider {
        func readVoid(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
            guard case .succeeded(var statement) = right.answer(reply) else { return right.answer(reply) }
            statement.reference = nil
            return .succeeded(statement)
        }
    }

    /// A bare 404 is taken for "no such transaction".
    struct BelievesAnyAbsence: WholeProvider {
        func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
            await wire.ask(WireRequest(.get, RightProvider.base + "/" + order.reference)) { reply in
                reply.status == 404 ? .absent : right.found(reply)
            }
        }
    }

    /// The signature is not verified at all.
    struct VerifiesNothing: WholeProvider {
        func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict { received(callback) }
    }

    /// The signature is verified where there is one.
    struct VerifiesIfSigned: WholeProvider {
        func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
            guard let text = callback.header("x-signature"), !text.isEmpty else { return received(callback) }
            guard let code = Hex.bytes(text),
                MessageCode.sha256.isValid(code, of: callback.body, key: RightProvider.webhookKey)
            else { return .refused(.unverified) }
            return received(callback)
        }
    }

    /// The login gives a token whatever the body says.
    struct LogsInAnyhow: WholeProvider {
        func readLogin(_ reply: WireReply) -> LoginResult {
            guard reply.status == 200 else { return reply.status == 401 ? .refused(providerCode: "401") : .unreadable }
            let token = JSONMember.text(reply, "token") ?? String(decoding: reply.body, as: UTF8.self)
            return .token(token, lifetimeSeconds: 1)
        }
    }

    /// No readable balance is none.
    struct CountsNothingAsZero: WholeProvider {
        func balances(asking wire: any Asking) async -> BalanceFinding {
            await wire.ask(WireRequest(.get, RightProvider.base + "/balance")) { reply in
                let units = (try? StrictJSON.parse(reply.body)).flatMap { StatedAmount($0["available"]).units }
                return .known([Balance(Money(units ?? 0, .xof))])
            }
        }
    }

    /// Any 404 says that the number is nobody's.
    struct KnowsNobody: WholeProvider {
        func party(_ phone: MSISDN, on channel: PaymentChannel, asking wire: any Asking) async -> PartyFinding {
            await wire.ask(WireRequest(.get, RightProvider.base + "/accounts")) { reply in
                if reply.status == 404 { return .notCustomer }
                return reply.status == 200 && JSONMember.text(reply, "account") == "open"
                    ? .customer(Party(isActive: true)) : .couldNotAnswer("unreadable")
            }
        }
    }

    /// "Paid already" ends a page as well.
    struct EndsPaidPages: WholeProvider {
        func withdraw(_ order: CollectInstruction, asking wire: any Asking) async -> Withdrawal {
            await wire.ask(WireRequest(.post, RightProvider.base + "/expire")) { reply in
                reply.status == 200 && JSONMember.text(reply, "page") != nil
                    ? .withdrawn(providerCode: nil) : .couldNotAnswer("open")
            }
        }
    }
}
