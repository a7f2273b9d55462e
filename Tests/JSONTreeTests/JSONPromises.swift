import CorpusTesting
import JSONTree

/// What reading and writing promise for every text.
enum JSONPromises {
    static func check(_ input: [UInt8]) throws {
        let json: JSON
        do throws(JSONError) {
            json = try JSON.parse(input)
        } catch {
            try expect((0...input.count).contains(error.offset), "an error at \(error.offset)")
            return
        }
        let written = json.serialized()
        let again = try? JSON.parse(written)
        try expect(again == json, "written as \(String(decoding: written, as: UTF8.self)), which is read otherwise")
        try expect(again?.serialized() == written, "written in two ways")
        try expect(written.count <= input.count, "what is written is longer")

        // RFC 8785: one form, which is its own.
        guard let canonical = json.canonical() else { return }
        let reread = try? JSON.parse(canonical)
        try expect(reread?.canonical() == canonical, "two canonical forms")
    }

    static func checkEffort(_ input: [UInt8]) throws {
        try Effort.check(input) { try check($0) }
    }
}
