import CorpusTesting
import Testing

/// Activities of `Tests/Corpus`, as JSON.
@Suite struct JSONCorpusTests {
    private static let corpus = Corpus("Activity")

    @Test func corpusIsThere() {
        #expect(Self.corpus.inputs.count >= 10)
    }

    @Test("What fuzzing found keeps every promise", arguments: corpus.inputs)
    func promises(input: Corpus.Input) throws {
        try JSONPromises.check(input.bytes)
        try JSONPromises.checkEffort(input.bytes)
    }
}
