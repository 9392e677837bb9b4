/// The findings of a lesson: lines and tables of values, with no word on how they are to look.
package struct Report: Sendable {
  package enum Part: Sendable {
    case line(String)
    case table(Table)
  }

  package struct Table: Sendable {
    package var columns: [Column]
    package var rows: [[Cell]] = []

    package init(columns: [Column]) { self.columns = columns }
  }

  package struct Column: Sendable {
    package let title: String
    package let isNumeric: Bool

    package static func words(_ title: String) -> Column { Column(title: title, isNumeric: false) }

    package static func numbers(_ title: String) -> Column { Column(title: title, isNumeric: true) }
  }

  package enum Cell: Sendable {
    case text(String)
    case number(Double)
    /// A judgement, and whether it is a good one.
    case verdict(String, isGood: Bool)
    case empty
  }

  /// The words of the statement.
  package let statement: String
  package let line: Int
  package var parts: [Part] = []
  /// Whether something turned out to be wrong: a script then ends with a status that says so.
  package var isFailure = false
  /// How a statement that trains has ended.
  package var status: Training.Status?

  package init(statement: String, line: Int) { (self.statement, self.line) = (statement, line) }

  package mutating func say(_ line: String) { parts.append(.line(line)) }

  package mutating func show(_ table: Table) { parts.append(.table(table)) }
}
