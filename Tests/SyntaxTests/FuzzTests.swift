import Syntax
import Testing

@Suite struct FuzzTests {
  static let programs = [
    "x1 = 2; x2 = 3\nx1*x2 + x2*4.3 + 30\ny := x1^2 - 1/(x2 + 1e-3)\nf(x, k=2) = x^k\n",
    "f(x) = {\n  y = x²\n  if y > 1 { return y } else { y = 0x1f }\n}\nf'(2) + f''(3)\n",
    "for i in 1...10 { s += i*x; }\nfor x, y in zip(xs, ys) { print x, \"v {x:.3f}\" }\n",
    "param w = 1\nrepeat 500 {\n w -= 0.1 * grad(loss, w)\n}\nassert w < 2, \"no\"\n",
    "A = [[1, 2], [3, 4]]; A[:, 0] @ A.T[1:2, ::2]\n0 < x <= 1 and not y or z\n",
    "y at x1 = 5, x2 = 7\nif a then b else c\n:help sin\nwhile x != 0 { break }\nβ₀ − π × 2\n",
    "print “a {b}”, \"{{}}\", $3, ans\nf（x，y）；x ：＝ 3\n2sin(x)(y+1) # end\nhelp exp\n",
  ]

  /// Reads a text to its end: no trap, every step forward, every span inside.
  private func read(_ bytes: [UInt8], isFinal: Bool) -> Bool {
    var parser = Parser()
    return bytes.withUnsafeBufferPointer { text in
      var offset = 0
      while true {
        switch parser.parseStatement(in: text, from: offset, isFinal: isFinal) {
        case .end:
          return true
        case .incomplete(let diagnostic):
          return !isFinal && Int(diagnostic.span.end) <= text.count
        case .statement(let statement, let next):
          guard next > offset, Int(statement.span.end) <= next, next <= text.count else {
            return false
          }
          guard parser.tree.nodes.allSatisfy({ $0.span.start <= $0.span.end }) else { return false }
          offset = next
        case .failure(let diagnostic, let next):
          guard next > offset, next <= text.count, !diagnostic.message.isEmpty,
            diagnostic.span.start <= diagnostic.span.end, Int(diagnostic.span.end) <= text.count
          else { return false }
          offset = next
        }
      }
    }
  }

  @Test func randomBytes() {
    var numbers = SeededNumbers(state: 1)
    for round in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0..<60, using: &numbers)).map { _ in
        UInt8.random(in: 0...255, using: &numbers)
      }
      #expect(read(bytes, isFinal: round.isMultiple(of: 2)), "\(bytes)")
    }
  }

  @Test func randomSigns() {
    let signs = Array(
      "()[]{},;:='\"\\.+-*/^%@<>!&|$#_ \n\r\t01e9xfaT×²−≤（］：＝“。\u{A0}".unicodeScalars)
    let words = [
      "if ", "then ", "else ", "for ", "in ", "at ", "not ", "and ", "print ", "param ", "f(",
      "...",
    ]
    var numbers = SeededNumbers(state: 2)
    for round in 0..<5_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0..<25, using: &numbers) {
        if Int.random(in: 0..<4, using: &numbers) == 0 {
          text += words.randomElement(using: &numbers) ?? ""
        } else {
          text.unicodeScalars.append(signs.randomElement(using: &numbers) ?? "x")
        }
      }
      #expect(read(Array(text.utf8), isFinal: round.isMultiple(of: 2)), "\(text)")
    }
  }

  @Test(arguments: programs)
  func mutatedPrograms(program: String) {
    let original = Array(program.utf8)
    #expect(Reading(original).failures.isEmpty)
    var numbers = SeededNumbers(state: 3)
    for round in 0..<500 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &numbers) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(original.randomElement(using: &numbers) ?? 0, at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 5))
        }
      }
      #expect(read(bytes, isFinal: round.isMultiple(of: 2)), "\(bytes)")
    }
  }

  @Test(arguments: programs)
  func programsCutAnywhere(program: String) {
    let original = Array(program.utf8)
    for length in original.indices {
      #expect(read(Array(original[..<length]), isFinal: true))
      #expect(read(Array(original[..<length]), isFinal: false))
      #expect(read(Array(original[length...]), isFinal: true))
    }
  }
}
