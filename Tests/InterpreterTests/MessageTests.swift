import Display
import Interpreter
import Syntax
import TestSupport
import Testing

/// Every message that a source file writes is seen in a transcript of `Tests/Transcripts/errors`.
@Suite struct MessageTests {
  /// What cannot be typed into a transcript, or takes too long there; each has a test below.
  private static let elsewhere = [
    "is not UTF-8", "looks like UTF-16", "the graph has grown past", "stopped",
    "files cannot be used here",
  ]

  @Test func everyMessageIsSeen() throws {
    let seen = try Self.messagesInTranscripts()
    #expect(seen.count > 200)
    for (file, message) in try Self.messagesInSources() {
      guard !Self.elsewhere.contains(where: { message.joined().contains($0) }) else { continue }
      #expect(
        seen.contains { Self.holds($0, message) },
        "\(file): no transcript in Tests/Transcripts/errors shows \"\(message.joined(separator: "…"))\""
      )
    }
  }

  @Test(arguments: [
    ("shapes", ["do not broadcast"]), ("inner sizes", ["the inner sizes", "differ"]),
    ("no matrices", ["a matrix product takes vectors and matrices"]),
    ("index", ["index ", " is out of range for axis "]),
    ("indices", [" indices for ", ", which has "]), ("number", [" is a number and has no entries"]),
    ("ragged", ["row ", " has ", " entries, expected "]),
    ("row", [" is a number, expected "]), ("empty", ["an array needs at least one entry"]),
    ("modulo", ["modulo by zero"]),
  ])
  func isSeen(_ name: String, _ pieces: [String]) throws {
    let seen = try Self.messagesInTranscripts()
    #expect(seen.contains { Self.holds($0, pieces) })
  }

  /// A message makes one line, starts in lower case or with what was typed, ends without full stop.
  @Test func everyMessageHasOneForm() throws {
    for message in try Self.messagesInTranscripts() {
      #expect(!message.hasSuffix("."), "\(message)")
      #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      #expect(message.count < 200, "\(message)")
    }
  }

  private static func messagesInTranscripts() throws -> [String] {
    var messages: [String] = []
    for file in Golden.files(below: "Tests/Transcripts/errors", ending: ".txt") {
      let text = try #require(Golden.read("\(Golden.root)/\(file)"))
      for line in text.split(separator: "\n") {
        for sign in ["error: ", "note: "] where !line.hasPrefix(">") {
          guard let place = line.firstRange(of: sign) else { continue }
          messages.append(String(line[place.upperBound...]))
          break
        }
      }
    }
    return messages
  }

  /// The first text after every call that makes a message, without what is put into it.
  private static func messagesInSources() throws -> [(file: String, pieces: [String])] {
    var messages: [(String, [String])] = []
    let folders = ["Sources/Syntax", "Sources/Interpreter"]
    for file in folders.flatMap({ Golden.files(below: $0, ending: ".swift") }) {
      let text = try #require(Golden.read("\(Golden.root)/\(file)"))
      for call in [" Diagnostic(", " unexpected(", "expected: "] {
        for place in text.ranges(of: call) {
          let rest = text[place.upperBound...].drop { $0.isWhitespace }
          guard rest.first == "\"" else { continue }
          messages.append((file, pieces(of: rest.dropFirst())))
        }
      }
    }
    return messages.filter { !$0.1.joined().isEmpty }
  }

  /// The parts of a string literal between its interpolations.
  private static func pieces(of literal: Substring) -> [String] {
    var pieces = [""]
    var depth = 0
    var isEscape = false
    for character in literal {
      if depth > 0 {
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if depth == 1, character == ")" { depth = 0 }
        continue
      }
      if isEscape {
        isEscape = false
        if character == "(" {
          depth = 2
          pieces.append("")
        } else {
          pieces[pieces.count - 1].append(character)
        }
      } else if character == "\\" {
        isEscape = true
      } else if character == "\"" {
        break
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    return pieces
  }

  /// Whether the pieces stand in a text in their order.
  private static func holds(_ text: String, _ pieces: [String]) -> Bool {
    var rest = text[...]
    for piece in pieces where !piece.isEmpty {
      guard let place = rest.firstRange(of: piece) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }
}

/// Faults of texts that no transcript can hold, and of runs that none should wait for.
@Suite struct FaultTests {
  private func play(
    _ bytes: [UInt8], change: (inout Session.Options) -> Void = { _ in }
  ) -> (output: String, faults: [String]) {
    var options = Session.Options()
    change(&options)
    var session = Session(options: options)
    var display = DisplayOptions()
    display.format = .value
    var renderer = Renderer(options: display)
    var faults: [String] = []
    session.feed(bytes, name: "-")
    while let outcome = session.next() {
      if case .failure(let fault) = outcome { faults.append(fault.diagnostic.message) }
      renderer.render(outcome, of: &session)
    }
    return (String(decoding: renderer.output.bytes, as: UTF8.self), faults)
  }

  @Test func namesAByteThatIsNotUTF8() {
    let played = play(Array("x = 1\n1+".utf8) + [0xFF] + Array("1\n2\n".utf8))
    #expect(played.faults == ["byte \\xff at offset 8 is not UTF-8"])
    #expect(played.output == "2\n")
  }

  @Test(arguments: [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]])
  func refusesOverlongSurrogateAndCutBytes(_ bytes: [Int]) {
    let played = play(Array("1 + ".utf8) + bytes.map(UInt8.init) + Array("\n".utf8))
    #expect(played.faults.count == 1)
    #expect(played.faults.first?.hasSuffix("is not UTF-8") == true)
    #expect(played.output == "")
  }

  @Test(arguments: [true, false]) func tellsUTF16(_ isLittleEndian: Bool) {
    var bytes: [UInt8] = []
    for unit in "\u{FEFF}1 + 1\n".utf16 {
      let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      bytes += isLittleEndian ? pair : pair.reversed()
    }
    let played = play(bytes)
    #expect(played.faults.first == "looks like UTF-16, expected UTF-8")
    #expect(played.output == "")
  }

  @Test func skipsAByteOrderMarkAtTheStart() {
    let played = play([0xEF, 0xBB, 0xBF] + Array("1 + 1\n".utf8))
    #expect(played.faults == [])
    #expect(played.output == "2\n")
  }

  @Test func readsCarriageReturnsAsLineEnds() {
    #expect(play(Array("x = 2\r\nx*3\r\n".utf8)).output == "6\n")
    #expect(play(Array("x = 2\rx*3\r".utf8)).output == "6\n")
    #expect(play(Array("x = 2\r\n\r\nx*3".utf8)).output == "6\n")
  }

  @Test func stopsAGraphThatGrowsWithoutEnd() {
    let played = play(Array("x = 1\nwhile 1 { x = sin(x) }\n2\n".utf8)) { $0.nodeLimit = 10_000 }
    #expect(played.faults == ["the graph has grown past 10000 nodes"])
    #expect(played.output == "2\n")
  }

  @Test func stopsWhenItIsAskedTo() throws {
    let played = play(Array("n = 0; while 1 { n = 5 }\nn\n".utf8)) { $0.isInterrupted = { true } }
    #expect(played.faults.count == 1)
    #expect(played.faults.first?.hasPrefix("stopped") == true)
    // What the loop had done when it was stopped stays.
    #expect(played.output == "5\n")
  }

  @Test func aFailedStatementChangesNothing() {
    let played = play(
      Array("x = 1; y = 2\nif 1 { x = 5; y = 6; z = nosuchname }\nx + y\nz\n".utf8))
    #expect(played.faults == ["unknown name 'nosuchname'", "unknown name 'z'"])
    #expect(played.output == "3\n")
  }

  @Test func aFailedUpdateInALoopChangesNothing() {
    let played = play(
      Array("param w = 1\nfor i in [1, 2, 0] { w -= 1 % i }\nw\nw -= 1\nw\n".utf8))
    #expect(played.faults == ["modulo by zero"])
    #expect(played.output == "1\n0\n")
  }
}
