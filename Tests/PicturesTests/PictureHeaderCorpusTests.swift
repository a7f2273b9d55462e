import CorpusTesting
import Testing

/// Beginnings of files of `Tests/Corpus`.
@Suite struct PictureHeaderCorpusTests {
    private static let corpus = Corpus("PictureHeader")

    @Test func corpusIsThere() {
        #expect(Self.corpus.inputs.count >= 10)
    }

    @Test("What fuzzing found keeps every promise", arguments: corpus.inputs)
    func promises(input: Corpus.Input) throws {
        try PictureHeaderPromises.check(input.bytes)
        try PictureHeaderPromises.checkEffort(input.bytes)
    }
}
