import CorpusTesting
import Testing

/// Field values of `Tests/Corpus`.
@Suite struct StructuredFieldCorpusTests {
    private static let corpus = Corpus("StructuredField")

    @Test func corpusIsThere() {
        #expect(Self.corpus.inputs.count >= 10)
    }

    @Test("What fuzzing found keeps every promise", arguments: corpus.inputs)
    func promises(input: Corpus.Input) throws {
        try StructuredFieldPromises.check(input.bytes)
        try StructuredFieldPromises.checkEffort(input.bytes)
    }
}
