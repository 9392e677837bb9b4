import Syntax

/// Forms that read and write files.
extension Form {
  static let data: [Form] = [
    Form(
      name: "load_csv",
      parameters: ["file", "skip", "missing", "header", "columns", "decimal"], optional: 5,
      takesGroup: false,
      sentence:
        "the columns of a CSV file; skip=1 leaves out rows with mistakes, missing=nan fills "
        + "gaps, header=2 finds the names in line 2 and header=0 none, columns=\"x,y\" reads those, "
        + "decimal=\",\" reads 1,5",
      example: "d = load_csv(\"points.csv\"); d.x",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.loadCSV(arguments, at: span)
      }),
    Form(
      name: "save_csv", parameters: ["file", "x", "names"], optional: 1, takesGroup: false,
      sentence: "writes a table or an array as CSV, under names such as \"x,y\"",
      example: "save_csv(\"out.csv\", [[1, 2], [3, 4]], \"x,y\")",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.saveCSV(arguments, at: span)
        return .nothing
      }),
    Form(
      name: "load_npy", parameters: ["file", "skip"], optional: 1, takesGroup: false,
      sentence:
        "the array in a file of NumPy's; of several, in an .npz or as fields, a table; skip=1 "
        + "leaves out what is no numbers",
      example: "X = load_npy(\"X.npy\")",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.loadNumPy(arguments, at: span)
      }),
    Form(
      name: "save_npy", parameters: ["file", "x"], optional: 0, takesGroup: false,
      sentence: "writes an array for NumPy, as doubles", example: "save_npy(\"w.npy\", [1, 2])",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.saveNumPy(arguments, at: span)
        return .nothing
      }),
  ]
}
