import Router
import Testing

/// Order numbers are compared as people read them, and case counts.
@Suite struct OrderNumberTests {
    @Test(arguments: [
        ("cart-1", "cart-1"), ("  cart-1\u{A0}", "cart-1"), ("cart  1", "cart 1"), ("cart\u{2003}\u{3000} 1", "cart 1"),
        ("caf\u{E9}", "cafe\u{301}"), ("\u{212B}-7", "A\u{30A}-7"), ("\u{2000}x", "x"), ("", "   "),
        ("\u{1E69}", "s\u{307}\u{323}"),
    ])
    func `equal numbers have equal bytes`(_ one: String, _ other: String) {
        let forms = (OrderNumber.normalised(one), OrderNumber.normalised(other))
        #expect(Array(forms.0.utf8) == Array(forms.1.utf8))
    }

    @Test(arguments: [
        ("cart-1", "Cart-1"), ("cart 1", "cart1"), ("cart-1", "cart-10"), ("cafe", "caf\u{E9}"), ("ss", "\u{DF}"),
        ("\u{FB01}x", "fix"), ("1", "\u{FF11}"), ("a\u{200B}b", "ab"),
    ])
    func `different numbers stay different`(_ one: String, _ other: String) {
        #expect(OrderNumber.normalised(one) != OrderNumber.normalised(other))
    }

    @Test func `twice is once`() {
        for text in ["  a  b ", "e\u{301} \u{301}", " \u{301}", "\u{1100}\u{1161}", "a\tb"] {
            let once = OrderNumber.normalised(text)
            #expect(Array(OrderNumber.normalised(once).utf8) == Array(once.utf8))
        }
    }
}
