import Testing

@testable import Host

/// Tables that table programs open.
@Suite struct CSVTableTests {
    @Test(arguments: [
        ("rent", "rent"), ("", ""), ("=1+1", "'=1+1"), ("+228", "'+228"), ("-5", "'-5"), ("@sum", "'@sum"),
        ("  =1", "'  =1"), ("\t=1", "\"'\t=1\""), ("\u{FF1D}1", "'\u{FF1D}1"), ("a=b", "a=b"), ("a,b", "\"a,b\""),
        ("say \"no\"", "\"say \"\"no\"\"\""), ("two\nlines", "\"two\nlines\""), ("a;b", "\"a;b\""),
        ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""), ("'quoted", "'quoted"),
    ])
    func `what people wrote stays text`(_ text: String, _ cell: String) {
        var table = CSVTable(["text", "number"])
        table.add([.text(text), .number("-1.250")])
        #expect(table.text == "text,number\r\n\(cell),-1.250\r\n")
    }
}
