/// How the members of one object are spelled, for the keys of one type.
struct KeySpelling<Key: CodingKey> {
    private let isSnakeCase: Bool

    init(_ names: StrictDecoder.Names) {
        // A text of its own stays as it is. Whatever takes any text, takes the keys of a dictionary.
        isSnakeCase =
            names == .snakeCase && !(Key.self is any RawRepresentable<String>.Type) && Key(stringValue: "") == nil
    }

    /// The member that holds a key's value.
    func name(of key: Key) -> String { isSnakeCase ? Self.snakeCase(key.stringValue) : key.stringValue }

    /// The key whose value a member holds; `nil` if it is unknown.
    func key(named name: String) -> Key? {
        guard isSnakeCase else { return Key(stringValue: name) }
        let words = name.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        // A bound for hostile names: each further word doubles the number of spellings.
        guard let first = words.first, words.count <= 8 else { return nil }
        // Whether a word is an initialism (`url`, `URL`), only the type knows.
        let spellings = words.dropFirst().reduce([first]) { spellings, word in
            spellings.flatMap { [$0 + word.prefix(1).uppercased() + word.dropFirst(), $0 + word.uppercased()] }
        }
        return spellings.lazy.filter { Self.snakeCase($0) == name }.compactMap(Key.init(stringValue:)).first
    }

    /// `disbursementAPIUser` as `disbursement_api_user`.
    private static func snakeCase(_ name: String) -> String {
        let letters = Array(name)
        var result = ""
        for (index, letter) in letters.enumerated() {
            let startsWord =
                letter.isUppercase && index > 0
                && (!letters[index - 1].isUppercase || (index + 1 < letters.count && letters[index + 1].isLowercase))
            result += (startsWord ? "_" : "") + letter.lowercased()
        }
        return result
    }
}
