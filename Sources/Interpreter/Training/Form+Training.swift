import Syntax

/// The imperative words.
extension Form {
  static let training: [Form] = [
    Form(
      name: "backward", parameters: ["loss"], optional: 0, takesGroup: false,
      sentence: "adds the derivatives of the loss to .grad of each param it was computed with",
      example: "param w = 1; backward((w*3 - 5)^2); w.grad",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.backward(arguments[0], at: span)
        return .nothing
      }),
    Form(
      name: "zero_grad", parameters: [], optional: 0, takesGroup: false,
      sentence: "makes .grad of every param 0, which backward adds to",
      example: "param w = 1; backward(w^2); zero_grad(); w.grad",
      evaluate: { session, _, _ throws(Diagnostic) in
        session.zeroGradients()
        return .nothing
      }),
    Form(
      name: "step", parameters: ["opt"], optional: 0, takesGroup: false,
      sentence: "moves every param that has a .grad by one step of the optimizer",
      example: "param w = 1; opt = sgd(lr=0.1); backward(w^2); step(opt); w",
      evaluate: { session, arguments, span throws(Diagnostic) in
        try session.step(arguments[0], at: span)
      }),
  ]
}
