import Syntax

extension Form {
  /// The ways to ask for derivatives; each answers with nodes, which can be differentiated again.
  static let derivatives = [
    Form(
      name: "grad", parameters: ["y", "x"], optional: 0, takesGroup: true,
      sentence: "the derivative of y by the node x, or by an entry w[0]; [a, b] asks for each",
      example: "grad(x1*x2, x1)",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.gradient(of: arguments[0], withRespectTo: arguments[1], at: span)
      }),
    Form(
      name: "jacobian", parameters: ["y", "x"], optional: 0, takesGroup: true,
      sentence: "the derivatives of every entry of y with respect to every entry of x",
      example: "jacobian([x1*x2, x1], x1)",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.jacobian(of: arguments[0], withRespectTo: arguments[1], at: span)
      }),
    Form(
      name: "hessian", parameters: ["y", "x"], optional: 0, takesGroup: true,
      sentence: "the second derivatives of y; numbers in brackets give a matrix, arrays its blocks",
      example: "hessian(x1^2*x2, [x1, x2])",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.hessian(of: arguments[0], withRespectTo: arguments[1], at: span)
      }),
    Form(
      name: "sparse_hessian", parameters: ["y", "x"], optional: 0, takesGroup: true,
      sentence: "the entries of the Hessian that can differ from 0, as rows [i, j, value]",
      example: "sparse_hessian(x1^2 + x2^3, [x1, x2])",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.sparseHessian(of: arguments[0], withRespectTo: arguments[1], at: span)
      }),
    Form(
      name: "jvp", parameters: ["y", "x", "v"], optional: 0, takesGroup: true,
      takesDirections: true,
      sentence: "the Jacobian times v, by forward mode: how y changes when x moves along v",
      example: "jvp([x1*x2, x1], [x1, x2], [1, 0])",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.jvp(of: arguments[0], arguments[1], along: arguments[2], at: span)
      }),
    Form(
      name: "vjp", parameters: ["y", "x", "u"], optional: 0, takesGroup: true,
      sentence: "u times the Jacobian, by reverse mode: the derivative of the sum of u*y",
      example: "vjp([x1*x2, x1], x1, [1, 10])",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.vjp(of: arguments[0], arguments[1], weights: arguments[2], at: span)
      }),
    Form(
      name: "hvp", parameters: ["y", "x", "v"], optional: 0, takesGroup: true,
      takesDirections: true,
      sentence: "the Hessian times v, without the Hessian: how grad(y, x) changes along v",
      example: "hvp(x1^2*x2, [x1, x2], [1, 0])",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.hvp(of: arguments[0], arguments[1], along: arguments[2], at: span)
      }),
  ]
}
