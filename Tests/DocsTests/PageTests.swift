import TestSupport
import Testing

/// The sessions in the documents come out as they are printed, and no link leads nowhere.
@Suite struct PageTests {
  static let pages = ["README.md"] + Golden.files(below: "docs", ending: ".md")

  @Test(.enabled(if: Shell.isReady), arguments: pages)
  func isAnsweredAsPrinted(_ path: String) throws {
    let page = try #require(Page(path))
    expectSame(page.replayed(), as: page.text, in: path)
  }

  @Test(arguments: pages) func linksLeadSomewhere(_ path: String) throws {
    let page = try #require(Page(path))
    for link in page.links {
      #expect(Golden.read("\(Golden.root)/\(link)") != nil, "\(path) links to \(link)")
    }
  }
}

/// Compares a file with what it should be, or writes it anew when recording.
func expectSame(_ actual: String, as expected: String, in path: String) {
  if actual != expected, Golden.isRecording { Golden.write(actual, to: "\(Golden.root)/\(path)") }
  let isSame = actual == expected
  #expect(
    isSame,
    """
    \(path) is out of date, run RECORD=1 swift test --filter DocsTests: \
    \(Golden.difference(expected, actual))
    """)
}
