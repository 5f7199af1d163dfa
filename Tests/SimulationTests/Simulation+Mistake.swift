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
    }
}
