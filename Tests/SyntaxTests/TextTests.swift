import Syntax
import Testing

@Suite struct TextTests {
  @Test(arguments: [
    Example(#""""#, "join/0"),
    Example(#""abc""#, "'abc' join/1"),
    Example(#""a {x} b""#, "'a ' x {} ' b' join/3"),
    Example(#""{x}""#, "x {} join/1"),
    Example(#""{x:.4f}""#, "x {.4f} join/1"),
    Example(#""{x : .4f}""#, "x { .4f} join/1"),
    Example(#""{x:=5}""#, "x {=5} join/1"),
    Example(#""{a[1:3]:.2f}{b}""#, "a 1 3 slice:3 index/1 {.2f} b {} join/2"),
    Example(#""{if c then 1 else 2}""#, "c then? 1 else? 2 if {} join/1"),
    Example(#""{y at x = 1, z = 2}""#, "y 1 2 at(x,z)/2 {} join/1"),
    Example(#""{(1 + 2) * x}""#, "1 2 + x * {} join/1"),
    Example(#""{{x}}""#, "'{x}' join/1"),
    Example(#""{{{x}}}""#, "'{' x {} '}' join/3"),
    Example(#""a\n\t\"\\""#, "'a\n\t\"\\' join/1"),
    Example(#""%s%n $(rm) `rm`""#, "'%s%n $(rm) `rm`' join/1"),
    Example("\"# no comment\"", "'# no comment' join/1"),
    Example(#""é 😀 👩‍🔬""#, "'é 😀 👩‍🔬' join/1"),
    Example("“abc”", "'abc' join/1"),
    Example("“a {x} ”", "'a ' x {} ' ' join/3"),
    Example("\"a “b” c\"", "'a “b” c' join/1"),
    Example("＂a＂", "'a' join/1"),
    Example(#"f("a", "b")"#, "'a' join/1 'b' join/1 f/2"),
    Example(#""a" + "b""#, "'a' join/1 'b' join/1 +"),
    Example(#""{f("in {x}")}""#, "'in ' x {} join/2 f/1 {} join/1"),
    Example("(\"a {x}\"\n)", "'a ' x {} join/2"),
  ])
  func text(_ example: Example) {
    let reading = Reading(example.text)
    #expect(reading.failures.isEmpty)
    #expect(reading.streams == [example.stream])
  }

  @Test func spansOfPieces() {
    let nodes = Reading(#"print "a {x:.1f} b""#).parser.tree.nodes
    #expect(
      nodes.map { "\($0.kind) \($0.span.start)..\($0.span.end)" } == [
        "text 7..9", "name 10..11", "interpolation 9..16", "text 16..18", "join 6..19",
      ])
  }
}
