import JSONTree
import Testing
import WebServer

struct InputTests {
    private func exchange(_ query: String = "", type: String? = nil, _ body: String = "") -> Exchange {
        Exchange(
            method: "POST", target: "/x" + (query.isEmpty ? "" : "?\(query)"), parameters: [:], query: [],
            fields: type.map { [("content-type", $0)] } ?? [], body: Array(body.utf8), grant: nil)
    }

    private static let multipart = """
        --b\r\nContent-Disposition: form-data; name="status"\r\n\r\nHi & ho\r\n\
        --b\r\ncontent-disposition: form-data; name="poll[options][]"\r\n\r\nyes\r\n\
        --b\r\nContent-Disposition: form-data; name="poll[options][]"\r\n\r\nno\r\n--b--\r\n
        """

    @Test(
        "The same parameters are read wherever they stand",
        arguments: [
            ("status=Hi+%26%20ho&poll[options][]=yes&poll%5Boptions%5D%5B%5D=no", nil, ""),
            ("", "application/x-www-form-urlencoded", "status=Hi+%26+ho&poll[options][]=yes&poll[options][]=no"),
            ("", "application/json; charset=utf-8", #"{"status":"Hi & ho","poll":{"options":["yes","no"]}}"#),
            ("status=Hi+%26+ho", "application/json", #"{"poll":{"options":["yes","no"]}}"#),
            ("", "multipart/form-data; boundary=b", multipart), ("", #"multipart/form-data; boundary="b""#, multipart),
        ] as [(String, String?, String)])
    func readsEverywhere(query: String, type: String?, body: String) throws {
        let input = try exchange(query, type: type, body).input()
        #expect(input.text("status") == "Hi & ho")
        #expect(input.nested("poll")?.texts("options") == ["yes", "no"])
    }

    @Test("What the body says counts more than the query")
    func prefersTheBody() throws {
        #expect(try exchange("a=1", type: "application/json", #"{"a":2}"#).input().text("a") == "2")
        #expect(try exchange("a=1", type: "application/x-www-form-urlencoded", "a=2").input().text("a") == "2")
    }

    @Test(
        "Only these words are false, and nothing is nothing",
        arguments: [
            ("0", false), ("f", false), ("FALSE", false), ("off", false), ("1", true), ("true", true), ("no", true),
            ("", nil),
        ] as [(String, Bool?)])
    func readsFlags(text: String, expected: Bool?) throws {
        #expect(try exchange("a=\(text)").input().flag("a") == expected)
    }

    @Test("Null is absent; numbers and booleans are texts, too")
    func readsJSON() throws {
        let input = try exchange(type: "application/json", #"{"a":null,"b":7,"c":true,"d":["1",2]}"#).input()
        #expect(input.text("a") == nil && !input.has("a"))
        #expect(input.integer("b") == 7 && input.text("b") == "7")
        #expect(input.flag("c") == true)
        #expect(input.ids("d") == [1, 2])
    }

    @Test("A list may be one value, have brackets, or have indices")
    func readsLists() throws {
        #expect(try exchange("id=5").input().ids("id") == [5])
        #expect(try exchange("id[]=5&id[]=6").input().ids("id") == [5, 6])
        #expect(try exchange("id[3]=5&id[0]=6").input().ids("id") == [5, 6])
        #expect(try exchange("id[]=x&id[]=-1&id[]=%2B2&id[]=99999999999999999999").input().ids("id") == [])
    }

    @Test("Objects in lists are told apart by their indices, or where a name comes again")
    func readsObjectsInLists() throws {
        for query in [
            "f[0][name]=a&f[0][value]=1&f[1][name]=b&f[1][value]=2", "f[][name]=a&f[][value]=1&f[][name]=b&f[][value]=2",
        ] {
            let fields = try #require(try exchange(query).input().nestedList("f"))
            #expect(fields.map { $0.text("name") } == ["a", "b"], "\(query)")
            #expect(fields.map { $0.text("value") } == ["1", "2"], "\(query)")
        }
    }

    @Test(
        "Names that fit nowhere harm nothing",
        arguments: [
            "a[=1", "a]=1", "[a]=1", "a[b=1", "a[b]c=1", "=1", "&&&", "a[][][][][][][][][]=1", "a=1&a[b]=2&a[]=3", "%",
            "%zz=%f", "a[b]=1&a=2&a[b][c]=3",
        ])
    func survives(query: String) throws {
        _ = try exchange(query).input()
    }

    @Test("A thousand parameters are read, and no more")
    func isBounded() throws {
        let query = (0..<5000).map { "a\($0)=1" }.joined(separator: "&")
        #expect(try exchange(query).input().values.count == 1000)
    }

    @Test(
        "A body that is not what it says is an error",
        arguments: [
            ("application/json", "{", 400), ("application/json", "[1]", 400), ("text/plain", "a=1", 415),
            ("multipart/form-data", "--b", 400), ("multipart/form-data; boundary=b", "--c\r\n", 400),
            ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", 400),
        ])
    func refuses(type: String, body: String, status: Int) {
        let problem = #expect(throws: Problem.self) { try exchange(type: type, body).input() }
        #expect(problem?.status == status)
    }

    @Test("Files come with their names and bytes, whatever is in them")
    func readsFiles() throws {
        let content = "\r\n--x\r\n\0--b-\r\n-"
        let body = """
            preamble\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a\\"b.png"\r\n\
            Content-Type: image/png\r\n\r\n\(content)\r\n--b \r\nContent-Disposition: form-data; name="description"\r\n\r\n\
            \r\n--b--epilogue
            """
        let input = try exchange(type: "multipart/form-data; boundary=b", body).input()
        let file = try #require(input.files["file"])
        #expect(file.name == "a\"b.png")
        #expect(file.contentType == "image/png")
        #expect(String(decoding: file.bytes, as: UTF8.self) == content)
        #expect(input.text("description") == "")
    }
}
