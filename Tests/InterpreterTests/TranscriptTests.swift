import TestSupport
import Testing

/// Every transcript in `Tests/Transcripts` is played and compared.
@Suite struct TranscriptTests {
  static let files = Golden.files(below: "Tests/Transcripts", ending: ".txt")

  @Test(arguments: files) func isAnsweredAsWritten(_ file: String) throws {
    let path = "\(Golden.root)/\(file)"
    let expected = try #require(Golden.read(path))
    let actual = Transcript(expected).replayed()
    if actual != expected, Golden.isRecording { Golden.write(actual, to: path) }
    #expect(actual == expected, "\(file): \(Golden.difference(expected, actual))")
  }
}
