import Social
import Testing
import Wire

struct DomainNameTests {
    @Test(
        "One domain has one spelling (K04)",
        arguments: [("e.test", "e.test"), ("E.TEST.", "e.test"), ("xn--bcher-kva.example", "xn--bcher-kva.example"), ("test", "test")])
    func reads(text: String, name: String) {
        #expect(DomainName(text)?.description == name)
    }

    @Test(
        "What is no bare name in ASCII is refused",
        arguments: [
            "", ".", "..", "e..test", ".e.test", "e.test:443", "*.e.test", "https://e.test", "e.test/x", "bücher.example",
            "\u{212A}.test", "e\u{FF0E}test", "127.0.0.1", "[::1]", "1.2", "e.test\u{0}", "e test", "a@e.test",
        ])
    func refuses(text: String) {
        #expect(DomainName(text) == nil)
    }

    @Test("A name comes with all above it, the longest first")
    func parents() {
        #expect(DomainName(host: "a.b.test").withParents.map(\.description) == ["a.b.test", "b.test", "test"])
        #expect(DomainName(host: "localhost").withParents.map(\.description) == ["localhost"])
    }

    @Test(
        "All names below one that somebody owns are one sender (C17)",
        arguments: [
            ("e.test", "e.test"), ("h1.e.test", "e.test"), ("a.b.c.e.test", "e.test"), ("school.ac.uk", "school.ac.uk"),
            ("m.school.ac.uk", "school.ac.uk"), ("x.y.com.br", "y.com.br"), ("ana.masto.host", "ana.masto.host"),
            ("x.ana.masto.host", "ana.masto.host"), ("b.localhost", "b.localhost"), ("a.b.localhost", "b.localhost"),
            ("test", "test"), ("co.example", "co.example"), ("a.co.example", "co.example"),
        ])
    func registrable(host: String, expected: String) {
        #expect(DomainName(host: host).registrable.description == expected)
    }
}
