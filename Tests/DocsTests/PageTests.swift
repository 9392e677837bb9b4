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
    for place in page.places {
      let headings = Page(place.path)?.headings ?? []
      #expect(headings.contains(place.heading), "\(path) links to \(place)")
    }
  }

  /// Who begins at the lists finds every page and every example.
  @Test func everythingIsListed() {
    let lists = ["README.md", "docs/README.md", "docs/examples/README.md"]
    let listed = Set(lists.compactMap(Page.init).flatMap(\.links))
    for path in Self.pages + ExampleTests.scripts where !lists.contains(path) {
      #expect(listed.contains(path), "no list names \(path)")
    }
  }

  /// A chapter ends with the way to the next.
  @Test(arguments: ["docs/guide", "docs/guide/zh"])
  func chaptersFollowEachOther(_ folder: String) throws {
    let chapters = Self.pages.filter {
      $0.split(separator: "/").dropLast().joined(separator: "/") == folder
    }
    for (path, next) in zip(chapters, chapters.dropFirst()) {
      #expect(Page(path)?.links.last == next)
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
