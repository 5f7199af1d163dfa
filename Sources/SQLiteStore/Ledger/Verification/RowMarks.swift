/// Which rows were seen, as a count and a sum: two that agree saw the same rows, in whatever order.
struct RowMarks: Equatable {
    private(set) var count = 0
    private var sum: UInt64 = 0

    mutating func add(_ number: Int64) {
        count += 1
        var mixed = UInt64(bitPattern: number) &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        sum &+= mixed ^ (mixed >> 31)
    }
}
