/// A secret that an account shares with an app on its owner's phone, which makes six digits of it every 30 seconds (RFC 6238).
package struct SecondFactor: Sendable, Hashable {
    /// 160 random bits.
    package var secret: [UInt8]
    /// `nil` until its owner has typed digits of it: only then it is asked for.
    package var confirmedAt: Moment?
    /// The last step of 30 seconds whose digits were taken, so that none are taken twice.
    package var lastStep: Int64

    package init(secret: [UInt8], confirmedAt: Moment? = nil, lastStep: Int64 = 0) {
        self.secret = secret
        self.confirmedAt = confirmedAt
        self.lastStep = lastStep
    }
}
