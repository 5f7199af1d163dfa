import Testing

@testable import Sandbox

/// The expectations were printed by Python.
@Suite struct PythonTextTests {
    @Test(
        arguments: [
            ("plain", "'plain'"),
            ("l'\u{E9}t\u{E9}", "\"l'\u{E9}t\u{E9}\""),
            ("say \"hi\"", "'say \"hi\"'"),
            ("both ' and \"", "'both \\' and \"'"),
            ("a\\b", "'a\\\\b'"),
            ("line\u{A}feed\u{9}tab\u{D}", "'line\\nfeed\\ttab\\r'"),
            ("\u{0}\u{7F}", "'\\x00\\x7f'"),
            ("nbsp\u{A0}soft\u{AD}", "'nbsp\\xa0soft\\xad'"),
            ("zero\u{200B}width", "'zero\\u200bwidth'"),
            ("\u{E44}\u{E17}\u{E22}", "'\u{E44}\u{E17}\u{E22}'"),
            ("\u{1F600}", "'\u{1F600}'"),
            ("\u{E0001}", "'\\U000e0001'"),
            ("", "''"),
        ])
    func `texts`(_ text: String, _ expected: String) {
        #expect(PythonText.repr(.text(text)) == expected)
        #expect(PythonText.str(.text(text)) == text)
    }

    @Test func `nested values`() {
        let value: JSONValue = [
            "a": 1, "b": true, "c": false, "d": nil, "e": ["x", -5, [:]], "it's": ["k": "v"], "f": [],
        ]
        let expected =
            "{'a': 1, 'b': True, 'c': False, 'd': None, 'e': ['x', -5, {}], \"it's\": {'k': 'v'}, 'f': []}"
        #expect(PythonText.str(value) == expected)
    }
}
