import Router

extension Simulation {
    /// A rule that somebody forgot: the auditors must find out.
    enum Mistake: String, Sendable, CaseIterable {
        /// The second signature may be the first person's.
        case onePersonIsTwo
        /// A 401 is believed to come before any execution, which this operator never promised.
        case trusts401
        /// The limit on money in doubt is not looked at.
        case noExposureLimit
        /// A page counts as ended because its operator was asked to end it.
        case takesWishForEnd
        /// A send for which there was no room ends like one that an operator did not take.
        case exhaustedIsFinal
        /// A transfer is given back although nobody knows whether its recipient was paid.
        case compensatesOnUnknown
        /// The recipient is paid before the sender's money has arrived.
        case creditsBeforeDebit
        /// A transfer is paid out and given back at once.
        case twoExitsAtOnce
        /// What is set aside is free again after a while, whatever became of it.
        case holdEndsByTime
        /// A one-time code is good as often as it is typed.
        case codesWorkTwice
        /// A bill lets every payment in.
        case billsArePaidTwice
        /// What an app was linked to once is never looked at again.
        case linkOutlives

        /// Whether the store does not look at funds either: it alone would stop these.
        var ignoresFunds: Bool {
            switch self {
            case .compensatesOnUnknown, .creditsBeforeDebit, .twoExitsAtOnce, .holdEndsByTime: true
            default: false
            }
        }

        /// The rules of transfers with the mistake in them; `nil` where they are as they should be.
        var transferRules: TransferRules? {
            switch self {
            case .compensatesOnUnknown:
                TransferRules { state, now in
                    let isOpen = state.shape == .between && state.debit == .succeeded && state.credit == .open
                    return isOpen && state.compensation == nil
                        ? .startCompensation : TransferRules.standard.next(state, now)
                }
            case .creditsBeforeDebit:
                TransferRules { state, now in
                    let isEarly = state.shape == .between && state.debit == .open && state.credit == nil
                    return isEarly ? .startCredit : TransferRules.standard.next(state, now)
                }
            case .twoExitsAtOnce:
                TransferRules { state, now in
                    guard state.shape == .between, state.debit == .succeeded else {
                        return TransferRules.standard.next(state, now)
                    }
                    if state.credit == nil { return .startCredit }
                    return state.compensation == nil ? .startCompensation : TransferRules.standard.next(state, now)
                }
            default: nil
            }
        }
    }
}
