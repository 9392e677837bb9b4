import TestSupport
import Testing

/// The Chinese guide shows the sessions of the English one, and is written as Chinese is.
@Suite struct TranslationTests {
  private static let folder = "docs/guide/zh"
  static let pages = Golden.files(below: folder, ending: ".md")

  /// The English page of a Chinese one.
  private func original(of path: String) -> String {
    path.replacing("\(Self.folder)/", with: "docs/guide/")
  }

  @Test func everyChapterIsTranslated() {
    let chapters = Golden.files(below: "docs/guide", ending: ".md")
    #expect(Self.pages.map(original) == chapters.filter { !$0.hasPrefix(Self.folder) })
  }

  @Test(arguments: pages) func showsTheSameSessions(_ path: String) throws {
    let page = try #require(Page(path))
    let original = try #require(Page(original(of: path)))
    let (blocks, expected) = (page.blocks, original.blocks)
    #expect(blocks.count == expected.count, "\(path)")
    for (block, wanted) in zip(blocks, expected) where block != wanted {
      Issue.record("\(path): \(Golden.difference(wanted, block))")
    }
  }

  @Test(arguments: pages) func linksToItsOriginalAndBack(_ path: String) throws {
    let page = try #require(Page(path))
    let original = try #require(Page(original(of: path)))
    #expect(page.links.first == original.path)
    #expect(original.links.first == path)
  }

  /// Behind a Chinese character, punctuation is full-width.
  @Test(arguments: pages) func punctuationIsFullWidth(_ path: String) throws {
    let page = try #require(Page(path))
    for line in page.prose {
      let characters = Array(line)
      for (character, next) in zip(characters, characters.dropFirst())
      where Self.isHan(character) && ",;:?!()".contains(next) {
        Issue.record("\(path): \(character)\(next) in \(line)")
      }
    }
  }

  private static func isHan(_ character: Character) -> Bool {
    character.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }
}
