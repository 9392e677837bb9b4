/// What differs between the ways to write a formula.
protocol FormulaNotation {
  func bracketed(_ text: String) -> String
  /// A question as the number 1 or 0 that answers it.
  func answer(_ text: String) -> String
  /// How tightly the sign of a remainder binds.
  var modulo: WrittenTerm.Strength { get }
  func name(_ name: String) -> String
  func constant(_ constant: NamedConstant) -> String
  func number(_ number: Number, isDecimal: Bool) -> WrittenTerm
  /// An infix sign that is typed so.
  func sign(_ sign: String) -> String
  func quotient(_ above: WrittenTerm, _ below: WrittenTerm, isOneFactor: Bool) -> WrittenTerm
  /// Factors with the number before them, where that is not 1.
  func product(_ number: String?, _ factors: [WrittenTerm]) -> WrittenTerm
  /// A power whose exponent is not 1.
  func power(_ factor: Layout.Factor, in writer: FormulaWriter<Self>) -> WrittenTerm
  func not(_ argument: TermID, in writer: FormulaWriter<Self>) -> WrittenTerm
  func call(_ name: String, _ arguments: String) -> WrittenTerm
  func choice(
    _ condition: TermID, _ first: TermID, _ second: TermID, in writer: FormulaWriter<Self>
  ) -> WrittenTerm
}
