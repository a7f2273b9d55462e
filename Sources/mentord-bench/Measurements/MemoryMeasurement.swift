/// The resident set of the server: fresh, and after many activities.
struct MemoryMeasurement {
    let stage: Stage

    /// How many activities are held signed at once.
    private static let batch = 5_000

    func measure() async throws -> Report {
        _ = try await stage.introduceWorld()
        try await stage.server.stop()
        try await stage.server.start()
        try await Task.sleep(for: .seconds(5))
        let idle = try megabytes()
        let count = stage.scale.memoryActivities
        for _ in 0..<(count / Self.batch) { _ = try await stage.sendMix(Self.batch) }
        let after = try megabytes()
        try await stage.settle()
        return Report([
            .megabytes(.memoryIdle, "memory of mentord, idle", idle),
            .megabytes(.memoryAfter, "memory of mentord, after \(count) activities", after),
        ])
    }

    private func megabytes() throws -> Double {
        guard let size = ResidentMemory.megabytes(of: stage.server.processID) else {
            throw BenchFailure.stalled("the server has ended")
        }
        return size
    }
}
