import Pages

/// Bars, drawn by the server; the numbers stand in a table beside it for whoever does not see them.
struct ConsoleChart: Sendable {
    var label: String
    var caption: String
    /// From left to right; a value is never negative.
    var bars: [(text: String, value: Int64)]

    private static let width = 720.0
    private static let height = 160.0

    var model: PageModel {
        let most = Double(max(1, bars.map(\.value).max() ?? 1))
        let step = Self.width / Double(max(1, bars.count))
        return [
            "label": .text(label), "caption": .text(caption),
            "bars": .list(
                bars.enumerated().map { index, bar in
                    // What is more than nothing is seen.
                    let height = bar.value > 0 ? max(1.5, Double(bar.value) / most * Self.height) : 0
                    return [
                        "x": .text(Self.number(Double(index) * step + step * 0.1)),
                        "y": .text(Self.number(Self.height - height)), "width": .text(Self.number(step * 0.8)),
                        "height": .text(Self.number(height)), "text": .text(bar.text),
                    ]
                }),
        ]
    }

    /// With one decimal, and always a point.
    private static func number(_ value: Double) -> String {
        let tenths = Int64((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
