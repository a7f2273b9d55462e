import CorpusTesting
import Testing

/// Activities and objects of `Tests/Corpus`.
@Suite struct DocumentCorpusTests {
    private static let corpus = Corpus("Activity")

    @Test func corpusIsThere() {
        #expect(Self.corpus.inputs.count >= 10)
    }

    @Test("What fuzzing found keeps every promise", arguments: corpus.inputs)
    func promises(input: Corpus.Input) throws {
        try DocumentPromises.check(input.bytes)
        try DocumentPromises.checkEffort(input.bytes)
    }
}
