import Glibc
package import Logging
package import Router

/// Writes one JSON object per line, to standard error unless told otherwise.
package struct JSONLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let time: any TimeSource
    private let sink: Sink

    /// Takes whole lines.
    package typealias Sink = @Sendable ([UInt8]) -> Void

    /// Standard error, a line at a time.
    package static let standardError: Sink = { line in
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    package init(label: String, level: Logger.Level, time: any TimeSource, sink: @escaping Sink = standardError) {
        self.label = label
        self.time = time
        self.sink = sink
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var object = JSONObject([
            .init("at", .string(time.now.description)), .init("level", .string(event.level.rawValue)),
            .init("logger", .string(label)), .init("message", .string("\(event.message)")),
        ])
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) where object[key] == nil {
            let text = "\(value)"
            // A last net: whatever slipped into a message, a card number does not reach the log.
            object[key] = .string(CardNumbers.contains(text) && !Self.isIdentifier(text) ? "[card number]" : text)
        }
        var line = JSONValue.object(object).serialized()
        line.append(0x0A)
        sink(line)
    }

    private static func isIdentifier(_ text: String) -> Bool { text.contains("_") }
}
