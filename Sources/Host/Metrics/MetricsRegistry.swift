import Synchronization

/// Counters and histograms in Prometheus text form.
///
/// Labels come from fixed sets and configured names, never from raw input.
package final class MetricsRegistry: Sendable {
    struct Series: Hashable, Sendable {
        var name: String
        /// Rendered labels, for instance `provider="tmoney-tg",outcome="200"`.
        var labels: String
    }

    private struct Histogram: Sendable {
        var buckets = [Int64](repeating: 0, count: MetricsRegistry.bounds.count)
        var count: Int64 = 0
        var sum = 0.0
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
        let series = Series(name: name, labels: Self.render(labels))
        state.withLock { $0.counters[series, default: 0] += amount }
    }

    package func observe(_ name: String, _ labels: KeyValuePairs<String, String>, seconds: Double) {
        let series = Series(name: name, labels: Self.render(labels))
        state.withLock { state in
            var histogram = state.histograms[series] ?? Histogram()
            if let bucket = Self.bounds.firstIndex(where: { seconds <= $0 }) { histogram.buckets[bucket] += 1 }
            histogram.count += 1
            histogram.sum += seconds
            state.histograms[series] = histogram
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
        let special: (UInt8) -> Bool = { [UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "\n")].contains($0) }
        guard value.utf8.contains(where: special) else { return value }
        return value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
