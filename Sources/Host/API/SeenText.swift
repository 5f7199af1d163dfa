extension Unicode.Scalar {
    /// Whether nobody sees it although it counts as a letter, a symbol or a mark: fillers that stand for what is missing.
    var isFiller: Bool {
        switch value {
        // Hangul fillers, the blank of Braille, marks and vowels without a shape.
        case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x034F, 0x17B4, 0x17B5: true
        default: false
        }
    }

    /// Whether somebody who reads a text sees anything of it.
    var isSeen: Bool {
        guard !properties.isWhitespace, !properties.isDefaultIgnorableCodePoint, !isFiller else { return false }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }
}

extension String {
    /// Whether somebody who reads it sees anything.
    var isSeen: Bool { unicodeScalars.contains(where: \.isSeen) }
}
