import Glibc

/// Times small pieces of work: warm first, then many batches, of which the median counts.
struct Stopwatch {
    /// What a piece of work takes.
    struct Figure {
        let name: String
        /// Nanoseconds, the median of the batches.
        let median: Double
        /// How far the slowest tenth and the fastest tenth of the batches are apart, as a share of the median.
        let spread: Double
    }

    /// How many batches, and how long each, in nanoseconds.
    let batches: Int
    let nanoseconds: Double

    private static let warmingNanoseconds = 50_000_000.0

    /// Times one piece of work.
    func time<Value>(_ name: String, _ body: () throws -> Value) rethrows -> Figure {
        var (count, taken) = (1, 0.0)
        // Doubled until it takes long enough to tell how many fill a batch; that warms it up, too.
        while taken < Self.warmingNanoseconds {
            count *= 2
            taken = try run(count, body)
        }
        let each = max(1, Int(nanoseconds / taken * Double(count)))
        var results: [Double] = []
        for _ in 0..<batches { results.append(try run(each, body) / Double(each)) }
        results.sort()
        let median = results[batches / 2]
        return Figure(name: name, median: median, spread: (results[batches * 9 / 10] - results[batches / 10]) / median)
    }

    private func run<Value>(_ count: Int, _ body: () throws -> Value) rethrows -> Double {
        let start = Self.now
        for _ in 0..<count { keep(try body()) }
        return Self.now - start
    }

    /// The process's own time, so that others on the machine count less.
    private static var now: Double {
        var value = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &value)
        return Double(value.tv_sec) * 1e9 + Double(value.tv_nsec)
    }
}

/// Keeps the compiler from leaving work out whose result nobody reads.
@inline(never)
func keep<Value>(_ value: Value) {}
