extension Int128 {
    /// The quotient, rounded down.
    func flooredQuotient(_ divisor: Int128) -> Int128 {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest != 0 && (rest < 0) != (divisor < 0) ? quotient - 1 : quotient
    }

    /// The root, rounded down; zero of what is negative.
    package var squareRoot: Int128 {
        guard self > 0 else { return 0 }
        var root: Int128 = 1 << ((128 - leadingZeroBitCount + 1) / 2)
        while true {
            let next = (root + self / root) / 2
            guard next < root else { return root }
            root = next
        }
    }
}

extension Int64 {
    /// The product, or the nearest number there is.
    package func clampedProduct(_ other: Int64) -> Int64 {
        let (product, isBeyond) = multipliedReportingOverflow(by: other)
        return isBeyond ? ((self < 0) == (other < 0) ? .max : .min) : product
    }

    /// The sum, or the nearest number there is.
    package func clampedSum(_ other: Int64) -> Int64 {
        let (sum, isBeyond) = addingReportingOverflow(other)
        return isBeyond ? (other < 0 ? .min : .max) : sum
    }
}
