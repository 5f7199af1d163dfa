import Router

/// The lists of values that the document takes from the code itself: a schema asks for one with `"x-values": "name"`.
enum DescribedValues {
    /// The values in order; `nil` if there is no such list.
    static func named(_ name: String) -> [String]? {
        switch name {
        case "account_kind": LedgerAccount.Kind.allCases.map(\.rawValue)
        case "account_state": AccountBalance.State.allCases.map(\.rawValue)
        case "attempt_state": AttemptState.allCases.map(\.rawValue)
        case "bill_refusal": BillAnswers.Reason.allCases.map(\.rawValue)
        case "bill_side": HolderBillsAPI.Side.allCases.map(\.rawValue)
        case "bill_state": Bill.State.allCases.map(\.rawValue)
        case "blame": unique(RefusalReason.allCases.map(\.blame.rawValue))
        case "card_funding": CardFact.fundings
        case "certainty": Certainty.allCases.map(\.rawValue)
        case "currency": Currency.all.map(\.code)
        case "claim": Claim.Name.allCases.map(\.rawValue)
        case "code_contact": Challenge.ContactKind.allCases.map(\.rawValue)
        case "code_delivery": HolderView.Delivery.allCases.map(\.rawValue)
        case "code_purpose": CodeWish.purposes.map(\.rawValue)
        case "code_purpose_told": Challenge.Purpose.allCases.map(\.rawValue)
        case "country": NumberingPlan.builtIn.countries.map(\.code)
        case "daily_limit_owner": DailyLimitName.Owner.allCases.map(\.rawValue)
        case "daily_limit_operation": DailyLimits.operations.map(\.rawValue)
        case "daily_limit_measure": WalletLimit.Measure.allCases.map(\.rawValue)
        case "delivery_state": Delivery.State.allCases.map(\.rawValue)
        case "discrepancy_kind": DiscrepancyKind.allCases.map(\.rawValue)
        case "dispute_state": Dispute.State.allCases.map(\.rawValue)
        case "environment": PayEnvironment.allCases.map(\.rawValue)
        case "event_type": EventTypes.known
        case "evidence_source": Evidence.Source.allCases.map(\.rawValue)
        case "evidence_strength": Evidence.Strength.allCases.map(\.rawValue)
        case "failure_code":
            RefusalReason.allCases.map(\.rawValue) + [
                "expired_before_sending", "no_provider", "authorization_expired", "executed_otherwise",
                "not_delivered",
            ]
        case "fee_payer": TransferTerms.FeePayer.allCases.map(\.rawValue)
        case "follow_up_kind": OrderKind.allCases.filter(\.facts.hasParent).map(\.rawValue)
        case "history_category": HistoryCategory.allCases.map(\.rawValue)
        case "history_format": WalletHistoryAPI.Format.allCases.map(\.rawValue)
        case "initiator_key": Initiator.Key.allCases.map(\.rawValue)
        case "initiator_type": Initiator.Kind.allCases.map(\.rawValue)
        case "look_up_result": LookUpResult.allCases.map(\.rawValue)
        case "next_action": CustomerAction.Kind.allCases.map(\.rawValue)
        case "notice_kind": OperatorNotice.Kind.allCases.map(\.rawValue)
        case "order_kind": OrderKind.allCases.map(\.rawValue)
        case "page_language": PayLanguage.allCases.map(\.rawValue)
        case "payment_status": OrderStatus.allCases.map(\.rawValue)
        case "problem_code": ProblemCode.allCases.map(\.rawValue)
        case "problem_outcome": Problem.Outcome.allCases.map(\.rawValue)
        case "leg_kind": OrderKind.allCases.filter { TransferRole($0) != nil }.map(\.rawValue)
        case "refusal_reason": RefusalReason.allCases.map(\.rawValue)
        case "review_reason": Review.Reason.allCases.map(\.rawValue)
        case "transfer_phase": TransferPhase.allCases.map(\.rawValue)
        case "transfer_role": TransferRole.allCases.map(\.rawValue)
        case "wallet_owner": Wallet.Owner.allCases.map(\.rawValue)
        case "wallet_purpose": Wallet.Purpose.allCases.map(\.rawValue)
        default: nil
        }
    }

    private static func unique(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }
}
