import Syntax
import Testing

@Suite struct NameTableTests {
  @Test func equalNamesHaveEqualIdentities() {
    var names = NameTable()
    let first = names.intern("alpha")
    #expect(names.intern("alpha") == first)
    #expect(names.intern("beta") != first)
    #expect(names.find("alpha") == first)
    #expect(names.find("gamma") == nil)
    #expect(names.text(of: first) == "alpha")
  }

  @Test func identitiesAreDense() {
    var names = NameTable()
    let start = names.count
    #expect(start == Keyword.allCases.count)
    for index in 0..<10_000 {
      #expect(names.intern("name\(index)").index == start + index)
    }
    #expect(names.count == start + 10_000)
    #expect(names.text(of: NameID(index: start + 4321)) == "name4321")
    #expect(names.find("name9999")?.index == start + 9999)
  }

  @Test(arguments: [1, 2, 6, 7, 8, 9, 15, 16, 17, 31, 64, 1000])
  func namesOfAnyLengthDifferInEveryPlace(length: Int) {
    var names = NameTable()
    let plain = [UInt8](repeating: UInt8(ascii: "a"), count: length)
    let first = names.intern(String(decoding: plain, as: UTF8.self))
    for place in 0..<length {
      var other = plain
      other[place] = UInt8(ascii: "b")
      let name = names.intern(String(decoding: other, as: UTF8.self))
      #expect(name != first)
      #expect(names.text(of: name).utf8.elementsEqual(other))
    }
    #expect(names.intern(String(decoding: plain, as: UTF8.self)) == first)
    #expect(names.intern(String(decoding: plain + plain, as: UTF8.self)) != first)
  }

  @Test(arguments: [
    ("x1", "x₁"), ("x₁₂", "x12"), ("β₀", "β0"), ("é", "e\u{301}"), ("Å", "A\u{30A}"),
    ("pi", "π"), ("\u{212B}", "Å"), ("K", "\u{212A}"),
  ])
  func spellingsOfOneName(first: String, second: String) {
    var names = NameTable()
    let name = names.intern(first)
    #expect(names.intern(second) == name)
    #expect(names.find(second) == name)
    #expect(names.text(of: name).unicodeScalars.elementsEqual(first.unicodeScalars))
    var text = NameTable()
    let other = text.intern(second)
    #expect(text.intern(first) == other)
    #expect(text.text(of: other).unicodeScalars.elementsEqual(second.unicodeScalars))
  }

  @Test func namesThatOnlyLookAlikeDiffer() {
    var names = NameTable()
    #expect(names.intern("µ") != names.intern("μ"))
    #expect(names.intern("x") != names.intern("х"))
    #expect(names.intern("π1") != names.intern("pi1"))
  }

  @Test func parserAndStringsAgree() {
    let reading = Reading("x₁ + abcdefgh + abcdefghi + β + x1 + é + e\u{301}")
    let names = reading.parser.names
    let found = ["x1", "abcdefgh", "abcdefghi", "β", "é"].map { names.find($0)?.index }
    #expect(found == found.map { $0 ?? -1 })
    #expect(reading.streams == ["x₁ abcdefgh + abcdefghi + β + x₁ + é + é +"])
    #expect(names.count == Reading("").parser.names.count + 5)
  }
}
