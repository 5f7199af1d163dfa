import Synchronization

/// Counters and histograms in Prometheus text form.
///
/// Labels come from fixed sets and configured names, never from raw input.
package final class MetricsRegistry: Sendable {
    /// A name with labels; rendered only where somebody reads it, because every payment counts in several.
    struct Series: Hashable, Sendable {
        var name: String
        var pairs: KeyValuePairs<String, String>

        /// Rendered labels, for instance `provider="tmoney-tg",outcome="200"`.
        var labels: String { MetricsRegistry.render(pairs) }

        static func == (left: Series, right: Series) -> Bool {
            left.name == right.name && left.pairs.elementsEqual(right.pairs) { $0 == $1 }
        }

        /// By the values alone: the names of labels are the same for all series of a name.
        func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            for pair in pairs { hasher.combine(pair.value) }
        }
    }

    private struct Histogram: Sendable {
        var buckets = [Int64](repeating: 0, count: MetricsRegistry.bounds.count)
        var count: Int64 = 0
        var sum = 0.0

        mutating func add(_ seconds: Double) {
            if let bucket = MetricsRegistry.bounds.firstIndex(where: { seconds <= $0 }) { buckets[bucket] += 1 }
            count += 1
            sum += seconds
        }
    }

    private struct State: Sendable {
        var counters: [Series: Int64] = [:]
        var histograms: [Series: Histogram] = [:]
    }

    /// Upper bounds of histogram buckets, in seconds.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    private let state = Mutex(State())
    private let help: [String: String]

    package init(help: [String: String]) { self.help = help }

    package func count(_ name: String, _ labels: KeyValuePairs<String, String> = [:], by amount: Int64 = 1) {
        let series = Series(name: name, pairs: labels)
        state.withLock { $0.counters[series, default: 0] += amount }
    }

    package func observe(_ name: String, _ labels: KeyValuePairs<String, String>, seconds: Double) {
        let series = Series(name: name, pairs: labels)
        state.withLock { state in
            // In place: a copy would take its buckets along.
            state.histograms[series, default: Histogram()].add(seconds)
        }
    }

    /// The text exposition, with `gauges` measured by the caller.
    package func text(gauges: [(name: String, labels: KeyValuePairs<String, String>, value: Double)]) -> String {
        let state = state.withLock { $0 }
        var lines: [String] = []
        for (name, group) in Self.grouped(state.counters) {
            lines += header(name, "counter")
            lines += group.map { "\(name)\(Self.braced($0.0.labels)) \($0.1)" }
        }
        for (name, group) in Self.grouped(state.histograms) {
            lines += header(name, "histogram")
            for (series, histogram) in group { lines += Self.lines(series, histogram) }
        }
        var seen: Set<String> = []
        for gauge in gauges.sorted(by: { $0.name < $1.name }) {
            if seen.insert(gauge.name).inserted { lines += header(gauge.name, "gauge") }
            lines.append("\(gauge.name)\(Self.braced(Self.render(gauge.labels))) \(Self.number(gauge.value))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func header(_ name: String, _ type: String) -> [String] {
        ["# HELP \(name) \(help[name] ?? name)", "# TYPE \(name) \(type)"]
    }

    private static func grouped<Value>(_ series: [Series: Value]) -> [(String, [(Series, Value)])] {
        Dictionary(grouping: series.map { ($0.key, $0.value) }, by: \.0.name)
            .map { ($0.key, $0.value.sorted { $0.0.labels < $1.0.labels }) }
            .sorted { $0.0 < $1.0 }
    }

    private static func lines(_ series: Series, _ histogram: Histogram) -> [String] {
        let prefix = series.labels.isEmpty ? "" : series.labels + ","
        var total: Int64 = 0
        var lines = zip(bounds, histogram.buckets).map { bound, count -> String in
            total += count
            return "\(series.name)_bucket{\(prefix)le=\"\(number(bound))\"} \(total)"
        }
        lines.append("\(series.name)_bucket{\(prefix)le=\"+Inf\"} \(histogram.count)")
        lines.append("\(series.name)_sum\(braced(series.labels)) \(number(histogram.sum))")
        lines.append("\(series.name)_count\(braced(series.labels)) \(histogram.count)")
        return lines
    }

    private static func braced(_ labels: String) -> String { labels.isEmpty ? "" : "{\(labels)}" }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func render(_ labels: KeyValuePairs<String, String>) -> String {
        var text = ""
        for (name, value) in labels {
            text += text.isEmpty ? "" : ","
            text += name
            text += "=\""
            text += escaped(value)
            text += "\""
        }
        return text
    }

    private static func escaped(_ value: String) -> String {
        let special: (UInt8) -> Bool = {
            $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
        }
        guard value.utf8.contains(where: special) else { return value }
        return value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
