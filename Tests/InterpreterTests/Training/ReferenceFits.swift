import TestSupport

/// The nonlinear problems of NIST's Statistical Reference Datasets, from `Tests/Problems/nist.txt`.
enum ReferenceFits {
  struct Problem: Sendable {
    let name: String
    /// `y ~ b1*x`.
    let model: String
    /// By what its line begins with: starts, certified values, columns of data.
    let numbers: [String: [String]]

    subscript(key: String) -> [String] { numbers[key] ?? [] }

    /// A script that fits the problem from a start.
    func script(from start: String) -> String {
      var lines: [String] = []
      for column in ["x", "x1", "x2", "y"] where numbers[column] != nil {
        lines.append("\(column) = [\(self[column].joined(separator: ", "))]")
      }
      let names = self[start].indices.map { "b\($0 + 1)" }
      for (name, value) in zip(names, self[start]) { lines.append("param \(name) = \(value)") }
      lines.append("fit \(model) over \(names.joined(separator: ", "))")
      return lines.joined(separator: "\n") + "\n"
    }
  }

  static let all: [Problem] = {
    let text = Golden.read("\(Golden.root)/Tests/Problems/nist.txt") ?? ""
    return text.split(separator: "\nname ").dropFirst().map { section in
      let lines = section.split(separator: "\n")
      var model = ""
      var numbers: [String: [String]] = [:]
      for line in lines.dropFirst() {
        let words = line.split(separator: " ")
        if words[0] == "model" {
          model = words.dropFirst().joined(separator: " ")
        } else {
          numbers[String(words[0]), default: []] += words.dropFirst().map(String.init)
        }
      }
      return Problem(name: String(lines[0]), model: model, numbers: numbers)
    }
  }()
}
