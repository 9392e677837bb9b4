import Display
import Interpreter
import TestSupport
import Testing

@testable import nabla

/// The pages that are written from the tables say what the tables say.
@Suite struct ReferenceTests {
  static let pages = [
    "functions": Reference.functions(), "operators": Reference.operators(),
    "commands": Reference.commands(), "settings": Reference.settings(.all),
    "training": Reference.training(),
  ]

  @Test(arguments: pages.keys.sorted()) func isWrittenFromTheTable(_ name: String) throws {
    let page = try #require(Self.pages[name])
    let path = "docs/reference/\(name).md"
    expectSame(page, as: Golden.read("\(Golden.root)/\(path)") ?? "", in: path)
  }

  /// An example that fails would be printed as an error.
  @Test(arguments: pages.keys.sorted()) func examplesHaveValues(_ name: String) throws {
    let page = try #require(Self.pages[name])
    #expect(!page.contains("an error:"))
  }
}
