import MentoringAPI
import Testing

struct CSVTests {
    @Test(
        "A cell is told as it is, in quotes where it must be, and is never a formula",
        arguments: [
            ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("a \"b\"", "\"a \"\"b\"\"\""), ("a\nb", "\"a\nb\""),
            ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""), ("\n=1", "\"'\n=1\""), ("＝1", "'＝1"), ("=cmd,\"x\"", "\"'=cmd,\"\"x\"\"\""),
            ("\u{0}=1", "'=1"), ("1=1", "1=1"), (" =1", " =1"),
        ])
    func cells(text: String, expected: String) {
        #expect(CSV.line([text]) == expected + "\r\n")
    }

    @Test("Cells are separated by commas, lines end as in RFC 4180")
    func lines() {
        #expect(CSV.line(["a", "", "c"]) == "a,,c\r\n")
    }
}
