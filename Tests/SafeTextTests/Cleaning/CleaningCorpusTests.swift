import CorpusTesting
import Testing

/// Foreign HTML of `Tests/Corpus`.
@Suite struct CleaningCorpusTests {
    private static let corpus = Corpus("HTML")

    @Test func corpusIsThere() {
        #expect(Self.corpus.inputs.count >= 10)
    }

    @Test("What fuzzing found keeps every promise", arguments: corpus.inputs)
    func promises(input: Corpus.Input) throws {
        try CleaningPromises.check(input.bytes)
        try CleaningPromises.checkEffort(input.bytes)
    }
}
