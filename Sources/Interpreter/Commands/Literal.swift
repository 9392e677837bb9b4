import Tensors

/// A number or an array as an expression that gives the same bits.
func literal(_ tensor: Tensor) -> String {
  if tensor.shape.isScalar || tensor.count > 0 { return NumberFormat.text(tensor) }
  // An array of nothing is a part of one of something.
  let sizes = tensor.shape.dimensions
  let whole = Tensor(repeating: 0, shape: Shape(sizes.map { max($0, 1) }))
  let parts = sizes.map { $0 == 0 ? "1:1" : ":" }.joined(separator: ", ")
  return "\(NumberFormat.text(whole))[\(parts)]"
}

/// A text as an expression that gives it.
func literal(_ text: String) -> String {
  var literal = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": literal += "\\\(scalar)"
    case "{", "}": literal += "\(scalar)\(scalar)"
    case "\n": literal += "\\n"
    case "\t": literal += "\\t"
    default: literal.unicodeScalars.append(scalar)
    }
  }
  return literal + "\""
}
