import Testing

@Suite struct DemoTests {
    @Test func demonstrationShowsFourStoriesAndVerifiedExchanges() async throws {
        let folder = Cleanup.makeFolder("demo")
        let result = try await Program.run(["demo", "--data", folder, "--port", "\(try FreePorts.next(2))"])
        Cleanup.remove(folder: folder)

        #expect(result.ending == .success, "\(result.output)\n\(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect((1...4).allSatisfy { story in lines.count { $0.hasPrefix("\(story). ") } == 1 })
        let exchanges = lines.filter { $0.contains(" -> ") }
        #expect(exchanges.count >= 10)
        for line in exchanges {
            #expect(line.contains("signature verified"))
            #expect(line.split(separator: " ").contains("202"))
        }
        #expect(lines.contains { $0.hasPrefix("Both sides agree on all four sessions") })
    }
}
