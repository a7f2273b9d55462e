import Foundation
import Social
import Testing
import Wire

struct MediaFileTests {
    private static let key = "0f8fad5b-d9cb-469f-a165-70867728950e"

    @Test("An address is read as it is written")
    func reads() throws {
        for size in MediaFile.Size.allCases {
            for kind in MediaFile.Kind.allCases {
                let file = MediaFile(try #require(UUID(uuidString: Self.key)), size, kind)
                let parts = file.path.split(separator: "/").map(String.init)
                #expect(parts.first == "media" && parts.count == 3)
                #expect(MediaFile(key: parts[1], name: parts[2]) == file)
            }
        }
    }

    @Test(
        "Every other spelling is none",
        arguments: [
            (key.uppercased(), "original.jpg"), (key, "original.jpeg"), (key, "Original.jpg"), (key, "original"), (key, ""),
            (key, "large.jpg"), (key, "original.jpg/"), ("..", "original.jpg"), ("", "preview.webp"), ("{\(key)}", "original.jpg"),
        ])
    func others(key: String, name: String) {
        #expect(MediaFile(key: key, name: name) == nil)
    }

    @Test("What is said of a picture has bounds")
    func changes() {
        func fields(_ change: MediaChange) -> [String] {
            do { try change.checked() } catch { return error.errors.map(\.field) }
            return []
        }
        #expect(fields(MediaChange(description: String(repeating: "a", count: 1500), focus: .init(x: -1, y: 1))) == [])
        #expect(fields(MediaChange(description: String(repeating: "a", count: 1501))) == ["description"])
        #expect(fields(MediaChange(description: "a\u{0}")) == ["description"])
        for (x, y) in [(1.1, 0), (0, -1.1), (.nan, 0), (0, .infinity)] {
            #expect(fields(MediaChange(focus: .init(x: x, y: y))) == ["focus"])
        }
    }
}
