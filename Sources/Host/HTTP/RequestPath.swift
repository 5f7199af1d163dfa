import WebText

/// The path of a request in its segments.
struct RequestPath {
    /// A segment that cannot be read; counted from 1.
    struct Unreadable: Error {
        var segment: Int
    }

    /// As they came; empty ones too, so that `//metrics` and `/metrics/` are other paths than `/metrics`, for us as for
    /// whoever guards one of them in front of us.
    let raw: [Substring]
    /// Each percent-decoded once, after the path was split: an encoded slash stays within its segment.
    let segments: [String]

    init(_ path: String) throws(Unreadable) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        // Before the first slash stands nothing; the root has no segments.
        raw = path == "/" ? [] : parts.first == "" ? Array(parts.dropFirst()) : parts
        var segments: [String] = []
        for part in raw {
            guard let text = PercentText.decoded(part, plusIsSpace: false) else {
                throw Unreadable(segment: segments.count + 1)
            }
            segments.append(text)
        }
        self.segments = segments
    }
}
