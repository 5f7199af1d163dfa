import CQRCode
import Pages

/// A QR code at error-correction level M, drawn as SVG, PNG or text.
package struct QRCode: Sendable {
    private let width: Int
    private let dark: [Bool]
    /// Light modules around the code, as the standard demands.
    private static let quiet = 4

    /// Encodes UTF-8 text; `nil` if it is empty or does not fit.
    package init?(_ text: String) {
        guard !text.isEmpty, !text.utf8.contains(0), let code = text.withCString(payrouter_qr_encode) else {
            return nil
        }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        guard let data = code.pointee.data else { return nil }
        dark = (0..<width * width).map { data[$0] & 1 == 1 }
    }

    private func isDark(_ x: Int, _ y: Int) -> Bool {
        (0..<width).contains(x) && (0..<width).contains(y) && dark[y * width + x]
    }

    /// A scalable image, one path.
    package func svg() -> String { HostPage.code.rendered(model) }

    /// What `qr/code.mustache` is filled with; the path has digits and letters of this function's own.
    var model: PageModel {
        var path = ""
        for y in 0..<width {
            for x in 0..<width where isDark(x, y) { path += "M\(x + Self.quiet) \(y + Self.quiet)h1v1h-1z" }
        }
        return ["side": "\(width + 2 * Self.quiet)", "path": .verbatim(path)]
    }

    /// A picture with `scale` pixels for each module; empty if memory is short.
    package func png(scale: Int = 8) -> [UInt8] {
        let side = (width + 2 * Self.quiet) * scale
        var pixels = [UInt8](repeating: 255, count: side * side)
        for y in 0..<side {
            for x in 0..<side where isDark(x / scale - Self.quiet, y / scale - Self.quiet) { pixels[y * side + x] = 0 }
        }
        var buffer: UnsafeMutablePointer<UInt8>?
        var size = 0
        guard payrouter_png_write(pixels, UInt32(side), UInt32(side), &buffer, &size) == 1, let buffer else {
            return []
        }
        defer { free(buffer) }
        return Array(UnsafeBufferPointer(start: buffer, count: size))
    }

    /// Half-block characters, two modules high each, for a terminal with dark background.
    package func terminal() -> String {
        let range = -Self.quiet / 2..<width + Self.quiet / 2
        return stride(from: range.lowerBound, to: range.upperBound, by: 2).map { y in
            range.map { x in
                switch (isDark(x, y), isDark(x, y + 1)) {
                case (false, false): "█"
                case (false, true): "▀"
                case (true, false): "▄"
                case (true, true): " "
                }
            }.joined()
        }.joined(separator: "\n")
    }
}
